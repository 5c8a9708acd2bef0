//! Colours as settings write them, how bright they are to the eye, and colours of the same hue.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::oklab;

/// A colour of sRGB, written like `#1c4cb6` or `#14b`.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour([u8; 3]);

/// Why a text is not a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has to look like #1c4cb6")]
pub struct InvalidColour;

impl Colour {
    /// A colour by its parts, red first.
    pub const fn new(red: u8, green: u8, blue: u8) -> Colour {
        Colour([red, green, blue])
    }

    /// Its relative luminance, 0 to 1 (WCAG 2.2).
    pub fn luminance(self) -> f64 {
        oklab::luminance(self.linear())
    }

    /// The contrast with another colour, 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }

    /// The colour of this luminance that is like this one in all else, as far as screens can show it.
    pub fn with_luminance(self, luminance: f64) -> Colour {
        let lab = oklab::Lab::of(self.linear());
        Colour::of_linear(oklab::shown(lab.a, lab.b, luminance))
    }

    /// The nearest colour of the same hue that has this contrast with a ground: itself when it has.
    pub fn readable_on(self, ground: Colour, contrast: f64) -> Colour {
        // Of black and white, only one can be read on a ground.
        let (edge, is_light) = (ground.luminance() + 0.05, ground.luminance() > MIDDLE);
        let mut luminance = if is_light { edge / contrast - 0.05 } else { edge * contrast - 0.05 };
        let mut nearest = self;
        // The parts of a colour are whole numbers, so the first one may be a little off.
        while nearest.contrast(ground) < contrast && (0.0..=1.0).contains(&luminance) {
            nearest = self.with_luminance(luminance);
            luminance += if is_light { -STEP } else { STEP };
        }
        nearest
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|part| oklab::to_linear(f64::from(part) / 255.0))
    }

    fn of_linear(parts: [f64; 3]) -> Colour {
        // Within 0 and 255, so nothing is cut.
        Colour(parts.map(|part| (oklab::from_linear(part.clamp(0.0, 1.0)) * 255.0).round() as u8))
    }
}

/// The luminance on which black and white have the same contrast.
const MIDDLE: f64 = 0.179;

/// Less than one step of one part of a colour changes.
const STEP: f64 = 0.0005;

/// A hue and how strong it is, by which the colours of a style sheet become those of a brand.
#[derive(Debug, Clone, Copy)]
pub struct Tint {
    /// The hue as a direction, of length 1; 0 for grey.
    direction: (f64, f64),
    strength: f64,
}

impl Tint {
    /// The strongest tint: beyond it, grounds would be as colourful as buttons.
    const STRONGEST: f64 = 1.25;

    /// The tint of a colour beside one that it takes the place of.
    pub fn of(colour: Colour, in_place_of: Colour) -> Tint {
        let (lab, former) = (oklab::Lab::of(colour.linear()), oklab::Lab::of(in_place_of.linear()));
        let chroma = lab.chroma();
        let direction = if chroma > 0.0 { (lab.a / chroma, lab.b / chroma) } else { (0.0, 0.0) };
        Tint { direction, strength: (chroma / former.chroma()).min(Tint::STRONGEST) }
    }

    /// What becomes of a colour: its luminance stays, so that its contrasts do.
    pub fn on(self, colour: Colour) -> Colour {
        let chroma = oklab::Lab::of(colour.linear()).chroma() * self.strength;
        let (a, b) = self.direction;
        Colour::of_linear(oklab::shown(a * chroma, b * chroma, colour.luminance()))
    }
}

impl TryFrom<String> for Colour {
    type Error = InvalidColour;

    fn try_from(text: String) -> Result<Self, InvalidColour> {
        let digits = text.trim().strip_prefix('#').ok_or(InvalidColour)?;
        let digits: Vec<u8> = digits
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()).ok_or(InvalidColour))
            .collect::<Result<_, _>>()?;
        match digits[..] {
            [r, g, b] => Ok(Colour([r * 17, g * 17, b * 17])),
            [r, rr, g, gg, b, bb] => Ok(Colour([r * 16 + rr, g * 16 + gg, b * 16 + bb])),
            _ => Err(InvalidColour),
        }
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> String {
        colour.to_string()
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl fmt::Debug for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::try_from(text.to_owned()).unwrap()
    }

    /// Colours all around the wheel, pale and strong, dark and bright.
    fn many() -> impl Iterator<Item = Colour> {
        let parts = [0, 51, 128, 204, 255];
        parts.into_iter().flat_map(move |r| parts.into_iter().flat_map(move |g| parts.map(|b| Colour::new(r, g, b))))
    }

    #[test]
    fn only_colours_are_read() {
        assert_eq!(colour("#1C4cb6"), Colour::new(0x1c, 0x4c, 0xb6));
        assert_eq!(colour("#fa0").to_string(), "#ffaa00");
        for bad in ["", "#", "1c4cb6", "#1c4cb", "#1c4cb6ff", "#1c4cbg", "blue", "#１c4cb6", "#1c4cb6;}"] {
            assert_eq!(Colour::try_from(bad.to_owned()), Err(InvalidColour), "{bad}");
        }
    }

    #[test]
    fn contrasts_are_those_of_wcag() {
        let rounded = |a: &str, b: &str| (colour(a).contrast(colour(b)) * 100.0).round() / 100.0;
        assert_eq!(rounded("#000", "#fff"), 21.0);
        assert_eq!(rounded("#777777", "#ffffff"), 4.48);
        assert_eq!(rounded("#ffffff", "#767676"), 4.54);
    }

    #[test]
    fn a_tint_changes_the_hue_and_keeps_the_luminance() {
        let [from, model] = ["#1c4cb6", "#2b5fd0"].map(colour);
        assert_eq!(Tint::of(from, from).on(model), model, "its own tint changes nothing");
        for accent in many() {
            let tinted = Tint::of(accent, from).on(model);
            let change = tinted.contrast(model);
            assert!(change < 1.02, "{accent}: {tinted} is {change} away");
        }
        let [red, green, blue] = Tint::of(colour("#c2185b"), from).on(model).0;
        assert!(red > green && red > blue, "it is red");
        let [red, green, blue] = Tint::of(colour("#555"), from).on(model).0;
        assert!(red == green && green == blue, "it is grey");
    }

    #[test]
    fn no_colour_of_a_hue_that_can_be_read_is_nearer_than_the_nearest() {
        let ground = colour("#ffffff");
        let distance = |a: Colour, b: Colour| oklab::Lab::of(a.linear()).distance(&oklab::Lab::of(b.linear()));
        for accent in many() {
            let nearest = accent.readable_on(ground, 4.5);
            assert!(nearest.contrast(ground) >= 4.5, "{accent}: {nearest}");
            if accent.contrast(ground) >= 4.5 {
                assert_eq!(nearest, accent);
                continue;
            }
            assert!(nearest.contrast(ground) < 4.7, "{accent}: {nearest} is darker than it has to be");
            let rivals = (1..400).map(|step| accent.with_luminance(f64::from(step) / 400.0));
            let best = rivals.filter(|rival| rival.contrast(ground) >= 4.5).map(|rival| distance(accent, rival));
            let best = best.fold(f64::MAX, f64::min);
            assert!(distance(accent, nearest) <= best + 0.01, "{accent}: {nearest}");
        }
    }
}
