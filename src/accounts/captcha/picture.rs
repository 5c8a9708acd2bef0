//! The picture of a captcha: signs of several sizes that lean and wave, crossed by lines, among dots.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use super::chance::Chance;
use super::letters::Sign;

/// In pixels.
const WIDTH: usize = 264;
const HEIGHT: usize = 88;

/// Paper and ink, as shades of grey.
const PAPER: u8 = 0xF4;

/// Where a sign stands, and how.
struct Placed {
    sign: Sign,
    x: f32,
    y: f32,
    lean: f32,
    scale: f32,
}

/// Draws signs, in PNG.
pub(super) fn draw(signs: &[Sign], chance: &mut Chance) -> Vec<u8> {
    let room = WIDTH as f32 / (signs.len() as f32 + 0.5);
    let placed: Vec<Placed> = signs
        .iter()
        .enumerate()
        .map(|(place, sign)| Placed {
            sign: *sign,
            x: room * (place as f32 + 0.75) + chance.between(-4.0, 4.0),
            y: HEIGHT as f32 / 2.0 + chance.between(-8.0, 8.0),
            lean: chance.between(-0.4, 0.4),
            scale: chance.between(6.0, 7.4),
        })
        .collect();
    let wave = (chance.between(2.0, 4.5), chance.between(0.03, 0.07), chance.between(0.0, 6.0));
    let mut pixels = vec![PAPER; WIDTH * HEIGHT];
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let waved = y as f32 + wave.0 * (x as f32 * wave.1 + wave.2).sin();
            if placed.iter().any(|placed| placed.is_dark(x as f32, waved)) {
                pixels[y * WIDTH + x] = chance.between(20.0, 90.0) as u8;
            }
        }
    }
    for _ in 0..4 {
        line(&mut pixels, chance);
    }
    for _ in 0..500 {
        let place = chance.between(0.0, (WIDTH * HEIGHT) as f32) as usize;
        pixels[place.min(WIDTH * HEIGHT - 1)] = chance.between(40.0, 240.0) as u8;
    }
    png(&pixels)
}

impl Placed {
    fn is_dark(&self, x: f32, y: f32) -> bool {
        let (across, down) = (x - self.x, y - self.y);
        let (sin, cos) = self.lean.sin_cos();
        let (across, down) = (across * cos + down * sin, down * cos - across * sin);
        self.sign.is_dark(across / self.scale + 2.5, down / self.scale + 3.5)
    }
}

/// A wavy line from side to side.
fn line(pixels: &mut [u8], chance: &mut Chance) {
    let (start, slope) = (chance.between(8.0, HEIGHT as f32 - 8.0), chance.between(-0.15, 0.15));
    let (height, speed, shade) = (chance.between(2.0, 8.0), chance.between(0.02, 0.08), chance.between(40.0, 120.0));
    for x in 0..WIDTH {
        let y = start + slope * (x as f32 - WIDTH as f32 / 2.0) + height * (x as f32 * speed).sin();
        for y in [y, y + 1.0] {
            if (0.0..HEIGHT as f32).contains(&y) {
                pixels[y as usize * WIDTH + x] = shade as u8;
            }
        }
    }
}

/// Shades of grey as PNG (ISO/IEC 15948): 8 bits each, no filter.
fn png(pixels: &[u8]) -> Vec<u8> {
    let mut lines = ZlibEncoder::new(Vec::new(), Compression::fast());
    let written = pixels.chunks(WIDTH).try_for_each(|line| lines.write_all(&[0]).and_then(|()| lines.write_all(line)));
    let data = written.and_then(|()| lines.finish()).expect("memory takes what is written to it");
    let size = [(WIDTH as u32).to_be_bytes(), (HEIGHT as u32).to_be_bytes()].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [(b"IHDR", [&size[..], &[8, 0, 0, 0, 0]].concat()), (b"IDAT", data), (b"IEND", Vec::new())] {
        let mut check = Crc::new();
        check.update(name);
        check.update(&data);
        file.extend((data.len() as u32).to_be_bytes());
        file.extend(name);
        file.extend(&data);
        file.extend(check.sum().to_be_bytes());
    }
    file
}
