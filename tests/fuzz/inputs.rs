//! Made-up input: what a reader knows in an order that nobody would write, samples with a few changes, and noise.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Characters that readers stumble over: controls, spaces of all kinds, what Unicode's normal forms and case rules
/// change, what has no width or turns the direction, and the last ones.
const ODD: &[char] = &[
    '\0',
    '\t',
    '\n',
    '\r',
    '\u{1B}',
    '\u{7F}',
    '\u{85}',
    '\u{A0}',
    '\u{AD}',
    'ß',
    'ü',
    'İ',
    'ı',
    'ſ',
    '\u{301}',
    '\u{308}',
    '\u{345}',
    '½',
    '\u{61C}',
    '\u{1160}',
    '\u{200B}',
    '\u{200D}',
    '\u{2028}',
    '\u{202E}',
    '\u{2066}',
    '\u{212A}',
    '℃',
    '\u{3000}',
    '。',
    'ﬁ',
    '\u{FE0F}',
    '\u{FEFF}',
    '！',
    '％',
    '．',
    '／',
    '０',
    '：',
    '＠',
    'Ａ',
    'ａ',
    '＼',
    '\u{FFFD}',
    '\u{FFFF}',
    '😀',
    '\u{E0041}',
    '\u{10FFFF}',
];

/// Text for a reader that knows these pieces and understands these samples.
pub fn text(samples: &'static [&'static str], pieces: &'static [&'static str]) -> BoxedStrategy<String> {
    let built = vec(piece(pieces), 0..20).prop_map(|pieces| pieces.concat());
    let changed = (select(samples), vec(change(pieces), 0..5)).prop_map(|(sample, changes)| {
        let changed = changes.into_iter().fold(sample.chars().collect(), Change::apply);
        changed.into_iter().collect()
    });
    let long = (piece(pieces), 1..3000_usize).prop_map(|(piece, times)| piece.repeat(times));
    prop_oneof![5 => built, 5 => changed, 1 => any::<String>(), 1 => long].boxed()
}

/// The same in bytes, some of which are no text.
pub fn bytes(samples: &'static [&'static str], pieces: &'static [&'static str]) -> BoxedStrategy<Vec<u8>> {
    let flips = prop_oneof![3 => Just(Vec::new()), 1 => vec(any::<(Index, u8)>(), 1..4)];
    let flip = |(text, flips): (String, Vec<(Index, u8)>)| {
        let mut bytes = text.into_bytes();
        for (place, byte) in flips {
            if !bytes.is_empty() {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
        }
        bytes
    };
    (text(samples, pieces), flips).prop_map(flip).boxed()
}

fn piece(pieces: &'static [&'static str]) -> BoxedStrategy<String> {
    prop_oneof![
        6 => select(pieces).prop_map(str::to_owned),
        2 => proptest::char::range(' ', '~').prop_map(String::from),
        1 => select(ODD).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ]
    .boxed()
}

/// A small change to a text.
#[derive(Debug, Clone)]
enum Change {
    Insert(Index, String),
    Remove(Index, usize),
    Repeat(Index, usize),
    Cut(Index),
}

fn change(pieces: &'static [&'static str]) -> impl Strategy<Value = Change> {
    let place = any::<Index>;
    prop_oneof![
        4 => (place(), piece(pieces)).prop_map(|(place, piece)| Change::Insert(place, piece)),
        2 => (place(), 1..4_usize).prop_map(|(place, length)| Change::Remove(place, length)),
        1 => (place(), 1..30_usize).prop_map(|(place, length)| Change::Repeat(place, length)),
        1 => place().prop_map(Change::Cut),
    ]
}

impl Change {
    fn apply(mut text: Vec<char>, change: Change) -> Vec<char> {
        let place = |index: Index| index.index(text.len() + 1);
        match change {
            Change::Insert(index, piece) => {
                let place = place(index);
                text.splice(place..place, piece.chars());
            }
            Change::Remove(index, length) => {
                let place = place(index);
                text.drain(place..(place + length).min(text.len()));
            }
            Change::Repeat(index, length) => {
                let place = place(index);
                let part = text[place..(place + length).min(text.len())].to_vec();
                text.splice(place..place, part);
            }
            Change::Cut(index) => text.truncate(place(index)),
        }
        text
    }
}
