//! `accent` and `accent_dark`: the colours of a brand, which have to be readable.

use super::colour::{Colour, Tint};

/// The accents of both colour schemes.
#[derive(Debug, Clone, Copy)]
pub struct Accents {
    /// For light pages; none: the built-in one.
    pub light: Option<Colour>,
    /// For dark pages; none: one made from that of light pages.
    pub dark: Option<Colour>,
}

/// A colour scheme, and what the built-in style sheet has there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// In words.
    pub name: &'static str,
    /// The built-in accent.
    pub accent: Colour,
    /// The ground on which an accent is the hardest to read.
    pub ground: Colour,
}

/// Light pages: links stand on white cards and on paper.
pub const LIGHT: Scheme =
    Scheme { name: "light", accent: Colour::new(0x1c, 0x4c, 0xb6), ground: Colour::new(0xef, 0xf3, 0xfb) };

/// Dark pages: links stand on cards that are not as dark as the paper.
pub const DARK: Scheme =
    Scheme { name: "dark", accent: Colour::new(0x8f, 0xb2, 0xff), ground: Colour::new(0x1c, 0x29, 0x47) };

/// The contrast of text with its ground (WCAG 2.2, 1.4.3, level AA).
pub const CONTRAST: f64 = 4.5;

/// Why an accent is not taken.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "{accent} has a contrast of {found:.2} to 1 on {scheme} pages, where text needs {CONTRAST} to 1 (WCAG 2.2, AA): \
     use {nearest}, the nearest colour of its hue that has it"
)]
pub struct Unreadable {
    accent: Colour,
    found: f64,
    scheme: &'static str,
    nearest: Colour,
}

impl Accents {
    /// The tint of a scheme; none where it stays as it is.
    pub fn tint(&self, scheme: Scheme) -> Option<Tint> {
        let own = |colour| Tint::of(colour, scheme.accent);
        match scheme == DARK {
            true => self.dark.map(own).or_else(|| self.light.map(|light| Tint::of(light, LIGHT.accent))),
            false => self.light.map(own),
        }
    }

    /// The accent of a scheme that has to be just so.
    pub fn of(&self, scheme: Scheme) -> Option<Colour> {
        if scheme == DARK { self.dark } else { self.light }
    }
}

impl Scheme {
    /// Whether an accent can be read on the grounds that it makes.
    ///
    /// # Errors
    /// When it can't.
    pub(super) fn check(self, accent: Colour) -> Result<(), Unreadable> {
        let ground = Tint::of(accent, self.accent).on(self.ground);
        let found = accent.contrast(ground);
        if found >= CONTRAST {
            return Ok(());
        }
        // The nearest one makes a ground of its own, which may differ by what rounding does.
        let nearest = accent.readable_on(ground, CONTRAST + 0.03);
        Err(Unreadable { accent, found, scheme: self.name, nearest })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Colours all around the wheel, pale and strong, dark and bright.
    fn many() -> impl Iterator<Item = Colour> {
        let parts = [0, 51, 102, 153, 204, 255];
        parts.into_iter().flat_map(move |r| parts.into_iter().flat_map(move |g| parts.map(|b| Colour::new(r, g, b))))
    }

    #[test]
    fn what_is_refused_is_told_a_colour_that_is_taken() {
        for scheme in [LIGHT, DARK] {
            assert_eq!(scheme.check(scheme.accent), Ok(()));
            let (mut fine, mut refused) = (0, 0);
            for accent in many() {
                match scheme.check(accent) {
                    Ok(()) => fine += 1,
                    Err(unreadable) => {
                        refused += 1;
                        assert_eq!(scheme.check(unreadable.nearest), Ok(()), "{unreadable}");
                    }
                }
            }
            assert!(fine > 30 && refused > 30, "{}: {fine} and {refused}", scheme.name);
        }
    }

    #[test]
    fn the_dark_accent_that_is_made_can_be_read() {
        for accent in many() {
            let tint = Accents { light: Some(accent), dark: None }.tint(DARK).unwrap();
            assert_eq!(DARK.check(tint.on(DARK.accent)), Ok(()), "{accent}");
        }
    }
}
