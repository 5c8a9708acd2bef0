//! CSV with a heading, as spreadsheets and databases write it: separated by commas, semicolons or tabs.

use csv::{ByteRecord, ReaderBuilder};

use super::columns::{Column, Columns};
use super::feed::{Feed, Read, Stop};
use super::filling::Filling;
use super::input::Input;
use crate::accounts::user::import::Wrong;
use crate::cli::user::cell;

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

pub(super) fn read(input: Input, columns: &mut Columns, feed: &mut Feed) -> Result<(), Stop> {
    let separator = separator(&input.beginning);
    let (rows, place) = input.into_rows_ahead();
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(rows);
    let broken = |error: csv::Error, line: u64| Stop::Broken(format!("line {line}: {error}"));
    let mut record = ByteRecord::new();
    if !reader.read_byte_record(&mut record).map_err(|error| broken(error, 1))? {
        return Ok(());
    }
    let names = fields(&record, 1).map_err(|wrong| Stop::Broken(wrong.to_string()))?;
    let is_ours = cell::is_ours(&names);
    let heading = columns.heading(&names).map_err(Stop::Broken)?;
    loop {
        place.begin_row();
        let next = place.line_of(reader.position().byte());
        if !reader.read_byte_record(&mut record).map_err(|error| broken(error, next))? {
            return Ok(());
        }
        // The reader skips empty lines, so where it was before does not tell where the row begins. Where it is now is
        // certain: the last byte of the row is just before that.
        let last = place.line_of(reader.position().byte().saturating_sub(1));
        let inside = record.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
        let line = last.saturating_sub(inside).max(1);
        feed.push(row(&record, &heading, is_ours, line))?;
    }
}

fn row(record: &ByteRecord, heading: &[Option<Column>], is_ours: bool, line: u64) -> Read {
    if record.len() != heading.len() {
        let (fields, expected) = (record.len(), heading.len());
        return Err(Wrong::new(line, format!("it has {fields} fields, and the heading has {expected}")));
    }
    let mut filling = Filling::at(line);
    for (column, text) in heading.iter().zip(fields(record, line)?) {
        if let Some(column) = column {
            filling.text(*column, if is_ours { cell::read(&text) } else { text });
        }
    }
    Ok(filling.done())
}

fn fields(record: &ByteRecord, line: u64) -> Result<Vec<String>, Wrong> {
    let fields = record.iter().map(|field| String::from_utf8(field.to_vec()));
    let fields: Result<Vec<String>, _> = fields.collect();
    let mut fields = fields.map_err(|_| {
        Wrong::new(line, "it is not in UTF-8: convert the file first, such as with `iconv -f LATIN1 -t UTF-8`")
    })?;
    // Spreadsheets put this byte order mark before the heading.
    if let Some(first) = fields.first_mut().filter(|first| line == 1 && first.starts_with('\u{FEFF}')) {
        first.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(fields)
}

/// The separator that is most frequent in the heading.
fn separator(beginning: &[u8]) -> u8 {
    let heading = beginning.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| heading.iter().filter(|byte| **byte == separator).count();
    // If several are equally frequent, the first one wins, which is the comma.
    SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}
