//! The signs of captchas: those that are neither read nor heard as another one. `scripts/captcha-sounds` speaks them.

/// A sign: how it is called, how it looks, and how it sounds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    /// The sign itself.
    pub(super) name: char,
    /// Five columns and seven rows of it; the highest bit of five is the left one.
    pub(super) rows: [u8; 7],
    /// It is spoken: 8 bits, 8000 samples a second.
    pub(super) spoken: &'static [u8],
}

impl Sign {
    const fn new(name: char, rows: [u8; 7], spoken: &'static [u8]) -> Sign {
        Sign { name, rows, spoken }
    }

    /// Whether a point is dark, for a sign that is five wide and seven high. Between the middles of its squares the ink
    /// fades, so that slanting strokes hold together.
    pub(super) fn is_dark(&self, x: f32, y: f32) -> bool {
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right, bottom) = (x - left, y - top);
        let above = self.ink(left, top) * (1.0 - right) + self.ink(left + 1.0, top) * right;
        let below = self.ink(left, top + 1.0) * (1.0 - right) + self.ink(left + 1.0, top + 1.0) * right;
        above * (1.0 - bottom) + below * bottom > 0.4
    }

    /// The ink in a square: all or nothing.
    fn ink(&self, column: f32, row: f32) -> f32 {
        let is_inside = (0.0..5.0).contains(&column) && (0.0..7.0).contains(&row);
        let is_dark = is_inside && self.rows[row as usize] & (0b10000 >> column as usize) != 0;
        f32::from(u8::from(is_dark))
    }
}

/// All of them.
pub(super) const SIGNS: [Sign; 15] = [
    Sign::new('F', [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b10000], include_bytes!("sounds/f.pcm")),
    Sign::new('H', [0b10001, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001], include_bytes!("sounds/h.pcm")),
    Sign::new('K', [0b10001, 0b10010, 0b10100, 0b11000, 0b10100, 0b10010, 0b10001], include_bytes!("sounds/k.pcm")),
    Sign::new('L', [0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111], include_bytes!("sounds/l.pcm")),
    Sign::new('M', [0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001], include_bytes!("sounds/m.pcm")),
    Sign::new('R', [0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001], include_bytes!("sounds/r.pcm")),
    Sign::new('U', [0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110], include_bytes!("sounds/u.pcm")),
    Sign::new('W', [0b10001, 0b10001, 0b10001, 0b10101, 0b10101, 0b11011, 0b10001], include_bytes!("sounds/w.pcm")),
    Sign::new('X', [0b10001, 0b10001, 0b01010, 0b00100, 0b01010, 0b10001, 0b10001], include_bytes!("sounds/x.pcm")),
    Sign::new('Y', [0b10001, 0b10001, 0b01010, 0b00100, 0b00100, 0b00100, 0b00100], include_bytes!("sounds/y.pcm")),
    Sign::new('3', [0b11110, 0b00001, 0b00001, 0b01110, 0b00001, 0b00001, 0b11110], include_bytes!("sounds/3.pcm")),
    Sign::new('4', [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010], include_bytes!("sounds/4.pcm")),
    Sign::new('6', [0b01110, 0b10000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110], include_bytes!("sounds/6.pcm")),
    Sign::new('7', [0b11111, 0b00001, 0b00010, 0b00100, 0b00100, 0b01000, 0b01000], include_bytes!("sounds/7.pcm")),
    Sign::new('9', [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00001, 0b01110], include_bytes!("sounds/9.pcm")),
];
