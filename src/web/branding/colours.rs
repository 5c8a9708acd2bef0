//! The colours of the style sheet and of the icon, in the hue of an accent.

use crate::config::branding::{Accents, Colour, DARK, LIGHT, Scheme};

/// Where the colours of dark pages begin in the style sheet, and where both end.
const SCHEMES: [&str; 2] = ["@media (prefers-color-scheme: dark)", "/* ---------- Ground"];

/// The colours that take the hue of the accent. Those that warn, and the light of the lamp, stay as they are.
const TINTED: &[&str] = &[
    "wall-top",
    "wall-bottom",
    "wall-line",
    "wall-ink",
    "wall-ink-soft",
    "floor-near",
    "floor-far",
    "floor-light",
    "frame",
    "frame-edge",
    "paper",
    "card",
    "ink",
    "ink-soft",
    "hairline",
    "pane",
    "pane-deep",
    "input",
    "input-edge",
    "accent",
    "accent-strong",
    "on-accent",
    "link",
];

/// The colour of the wall at its top in each scheme, which browsers take for their own frame.
const WALLS: [Colour; 2] = [Colour::new(0x2b, 0x5f, 0xd0), Colour::new(0x13, 0x23, 0x4a)];

/// The colour of the built-in icon.
const DOOR: Colour = Colour::new(0x2f, 0x66, 0xdc);

/// The colours of the wall in the light and in the dark scheme.
pub(super) fn walls(accents: &Accents) -> [Colour; 2] {
    let [light, dark] = WALLS;
    [(LIGHT, light), (DARK, dark)].map(|(scheme, wall)| accents.tint(scheme).map_or(wall, |tint| tint.on(wall)))
}

/// The style sheet in the colours of the accents.
pub fn recolour_sheet(sheet: &str, accents: &Accents) -> String {
    let [dark, end] = SCHEMES.map(|mark| sheet.find(mark).unwrap_or(sheet.len()));
    let schemes = [(0..dark, LIGHT), (dark..end, DARK)].map(|(part, scheme)| in_scheme(&sheet[part], accents, scheme));
    schemes.concat() + &sheet[end..]
}

/// The icon in the colours of the accents.
pub fn recolour_icon(icon: &str, accents: &Accents) -> String {
    let colour = accents.tint(LIGHT).map_or(DOOR, |tint| tint.on(DOOR));
    icon.replace(&DOOR.to_string(), &colour.to_string())
}

/// The part of a sheet that names the colours of a scheme.
fn in_scheme(part: &str, accents: &Accents, scheme: Scheme) -> String {
    let Some(tint) = accents.tint(scheme) else { return part.to_owned() };
    let recoloured = |line: &str| {
        let (name, rest) = line.trim_start().strip_prefix("--")?.split_once(": ")?;
        let (value, after) = rest.split_once(';')?;
        let former = Colour::try_from(value.to_owned()).ok().filter(|_| TINTED.contains(&name))?;
        let colour = match (name, accents.of(scheme)) {
            ("accent" | "link", Some(accent)) => accent,
            ("accent-strong", Some(accent)) => as_much_stronger(accent, scheme.accent, former),
            _ => tint.on(former),
        };
        let before = &line[..line.find("--")?];
        Some(format!("{before}--{name}: {colour};{after}"))
    };
    part.split_inclusive('\n').map(|line| recoloured(line).unwrap_or_else(|| line.to_owned())).collect()
}

/// What is to an accent as the built-in strong one is to the built-in one.
fn as_much_stronger(accent: Colour, built_in: Colour, strong: Colour) -> Colour {
    let contrast = (strong.luminance() + 0.05) / (built_in.luminance() + 0.05);
    accent.with_luminance(((accent.luminance() + 0.05) * contrast - 0.05).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const BUILT_IN: &str = include_str!("../../../static/style.css");

    /// The colours of both schemes by their names.
    fn colours(sheet: &str) -> [BTreeMap<&str, Colour>; 2] {
        let [dark, end] = SCHEMES.map(|mark| sheet.find(mark).expect("it is in the sheet"));
        [&sheet[..dark], &sheet[dark..end]].map(|part| {
            let named =
                part.lines().filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "));
            named.filter_map(|(name, value)| Some((name, Colour::try_from(value.to_owned()).ok()?))).collect()
        })
    }

    fn accents(light: &str, dark: Option<&str>) -> Accents {
        let colour = |text: &str| Colour::try_from(text.to_owned()).unwrap();
        Accents { light: Some(colour(light)), dark: dark.map(colour) }
    }

    #[test]
    fn what_is_known_of_the_sheet_and_the_icon_is_true() {
        let schemes = colours(BUILT_IN);
        for (scheme, colours, (ground, wall)) in
            [(LIGHT, &schemes[0], ("paper", WALLS[0])), (DARK, &schemes[1], ("card", WALLS[1]))]
        {
            assert_eq!((colours["accent"], colours[ground], colours["wall-top"]), (scheme.accent, scheme.ground, wall));
            let hardest = ["paper", "card", "input"].map(|ground| scheme.accent.contrast(colours[ground]));
            assert!(hardest.iter().all(|contrast| *contrast >= scheme.accent.contrast(scheme.ground)), "{hardest:?}");
            for name in TINTED {
                assert!(colours.contains_key(name) || scheme == DARK, "--{name} is not in the sheet");
            }
        }
        assert!(include_str!("../../../static/favicon.svg").contains(&DOOR.to_string()));
    }

    #[test]
    fn without_an_accent_nothing_changes_and_with_the_built_in_one_hardly_anything() {
        assert_eq!(recolour_sheet(BUILT_IN, &Accents { light: None, dark: None }), BUILT_IN);
        let ours = recolour_sheet(BUILT_IN, &accents("#1c4cb6", Some("#8fb2ff")));
        for (before, after) in colours(BUILT_IN).iter().zip(colours(&ours)) {
            // The built-in links of dark pages are a little brighter than the accent.
            for (name, colour) in before.iter().filter(|(name, _)| **name != "link") {
                assert!(colour.contrast(after[name]) < 1.1, "--{name}: {colour} became {}", after[name]);
            }
        }
    }

    #[test]
    fn every_text_can_be_read_whatever_the_accent() {
        let before = colours(BUILT_IN);
        let pairs = [
            ("ink", "paper"),
            ("ink", "card"),
            ("ink", "input"),
            ("ink-soft", "card"),
            ("ink-soft", "paper"),
            ("floor-near", "wall-ink"),
            ("floor-near", "wall-ink-soft"),
            ("wall-ink", "wall-top"),
            ("wall-ink", "wall-bottom"),
            ("wall-ink-soft", "wall-top"),
            ("error-ink", "card"),
            ("success-ink", "card"),
            ("danger", "card"),
            ("wall-ink", "floor-near"),
            ("wall-ink", "floor-far"),
        ];
        let of_accents = [("link", "paper"), ("link", "card"), ("on-accent", "accent"), ("on-accent", "accent-strong")];
        for (light, dark) in [
            ("#0b6b50", None),
            ("#b3261e", None),
            ("#9a3412", None),
            ("#6d5a00", None),
            ("#7c1fa8", None),
            ("#b0126b", None),
            ("#333333", None),
            ("#000000", None),
            ("#00616b", Some("#ffe600")),
            ("#4a5a00", Some("#ffffff")),
            ("#0000ff", Some("#00ff00")),
            ("#800000", Some("#ffb0a0")),
        ] {
            let sheet = recolour_sheet(BUILT_IN, &accents(light, dark));
            for (scheme, (before, after)) in ["light", "dark"].iter().zip(before.iter().zip(colours(&sheet))) {
                for (front, ground) in pairs {
                    let (then, now) = (before[front].contrast(before[ground]), after[front].contrast(after[ground]));
                    assert!(
                        now > then * 0.97 && (now >= 4.5 || then < 4.5),
                        "{light}, {scheme}: {front} on {ground}: {then} became {now}"
                    );
                }
                for (front, ground) in of_accents {
                    let now = after[front].contrast(*after.get(ground).unwrap_or(&Colour::new(255, 255, 255)));
                    assert!(now >= 4.5, "{light}, {scheme}: {front} on {ground} has {now}");
                }
            }
            assert!(sheet.contains(&format!("--accent: {light};")), "the accent is just what was asked for");
            assert!(sheet.contains(&format!("--accent: {};", dark.unwrap_or("#"))) == dark.is_some());
            assert_eq!(sheet.lines().count(), BUILT_IN.lines().count());
        }
    }
}
