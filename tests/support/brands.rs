//! Three invented brands, for tests of what a server looks like that is somebody's own.

use std::io::Write;

use super::Server;

/// A brand. Its logo has the name of its file, which says how it is written.
pub struct Brand {
    pub key: &'static str,
    pub name: &'static str,
    pub accent: &'static str,
    pub accent_dark: Option<&'static str>,
    pub logo: (&'static str, Vec<u8>),
    pub links: &'static str,
}

const HELP: &str = "Call the help desk: 555-0100.\nOr ask at the desk on floor 2 & bring <your> badge.";

/// A short name with a mark in SVG.
pub fn nordlicht() -> Brand {
    let mark = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 48'><title>Nordlicht</title>\
                <defs><linearGradient id='sky' x2='0' y2='1'><stop stop-color='#0b6b50'/><stop offset='1' stop-color='#57d9a3'/></linearGradient></defs>\
                <circle cx='24' cy='24' r='23' fill='url(#sky)'/>\
                <path d='M8 33c6-14 9 3 15-9s9 4 17-9' fill='none' stroke='#fff' stroke-width='4' stroke-linecap='round'/></svg>";
    Brand {
        key: "nordlicht",
        name: "Nordlicht",
        accent: "#0b6b50",
        accent_dark: None,
        logo: ("mark.svg", mark.into()),
        links: r#"["Impressum <https://nordlicht.example/impressum>", "Datenschutz <https://nordlicht.example/datenschutz>"]"#,
    }
}

/// A name as long as one can be, in letters of two directions, with a mark in PNG and a dark accent of its own.
pub fn fishmongers() -> Brand {
    Brand {
        key: "fishmongers",
        name: "“Zoë” & Söhne <Fishmongers> 🐟 שלום, since 1887, of Old Harbour",
        accent: "#b0123f",
        accent_dark: Some("#ffb3c1"),
        logo: (
            "fish.png",
            png(64, 64, |x, y| {
                let (x, y) = (f64::from(x) - 32.0, f64::from(y) - 32.0);
                let is_body = (x + 4.0).powi(2) / 484.0 + y.powi(2) / 169.0 < 1.0;
                let is_tail = x > 12.0 && y.abs() < x - 10.0 && x < 28.0;
                if is_body || is_tail { [0xb0, 0x12, 0x3f, 0xff] } else { [0, 0, 0, 0] }
            }),
        ),
        links: r#"["Imprint </imprint>"]"#,
    }
}

/// A logo with the name in it.
pub fn orbital() -> Brand {
    let word = "<svg xmlns='http://www.w3.org/2000/svg' width='240px' height='60px'>\
                <g fill='none' stroke='#3b2a8c' stroke-width='7'><circle cx='32' cy='30' r='20'/><path d='M76 52V10h14a11 11 0 0 1 0 22H76m16 0 12 20M124 10v42h14a10 10 0 0 0 0-21h-14 12a10 10 0 0 0 0-21zM168 8v46M184 12h32m-16 0v42'/></g>\
                <circle cx='32' cy='30' r='8' fill='#f0562f'/></svg>";
    Brand {
        key: "orbital",
        name: "Orbit",
        accent: "#3b2a8c",
        accent_dark: Some("#c3b6ff"),
        logo: ("word.svg", word.into()),
        links: "[]",
    }
}

impl Server {
    /// With what a brand has, its logo as a file beside it.
    pub fn branded(self, brand: &Brand) -> Server {
        let (file, picture) = &brand.logo;
        std::fs::write(self.folder().join(file), picture).expect("the logo is written");
        let server = self
            .with("VESTIBULE_SITE_NAME", brand.name)
            .with("VESTIBULE_ACCENT", brand.accent)
            .with("VESTIBULE_LOGO", file)
            .with("VESTIBULE_LEGAL_LINKS", brand.links)
            .with("VESTIBULE_HELP_TEXT", HELP);
        match brand.accent_dark {
            Some(dark) => server.with("VESTIBULE_ACCENT_DARK", dark),
            None => server,
        }
    }
}

/// A PNG of red, green, blue and opacity.
pub fn png(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let mut rows = Vec::new();
    for y in 0..height {
        // No filter.
        rows.push(0);
        rows.extend((0..width).flat_map(|x| pixel(x, y)));
    }
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&rows).expect("in memory");
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, b"IHDR", &[&size[..], &[8, 6, 0, 0, 0]].concat());
    chunk(&mut png, b"IDAT", &packed.finish().expect("in memory"));
    chunk(&mut png, b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).expect("it is short").to_be_bytes());
    let checked = [&kind[..], data].concat();
    let mut crc = flate2::Crc::new();
    crc.update(&checked);
    png.extend(checked);
    png.extend(crc.sum().to_be_bytes());
}
