//! Light and dark follow the person's preference, and both can be read.

use serde_json::Value;

use crate::browser::{Browser, Scheme};
use crate::support::Server;

/// Text and its ground, by their names in the style sheet.
const TEXTS: [(&str, &str); 20] = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink-soft", "card"),
    ("ink", "input"),
    ("link", "card"),
    ("link", "paper"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-danger", "danger"),
    ("on-danger", "danger-strong"),
    ("ink-soft", "paper"),
    ("floor-near", "wall-ink"),
    ("wall-ink", "wall-top"),
    ("wall-ink", "wall-bottom"),
    ("wall-ink-soft", "wall-top"),
    ("error-ink", "error-paper"),
    ("error-ink", "card"),
    ("success-ink", "success-paper"),
    ("success-ink", "card"),
    ("warning-ink", "warning-paper"),
];

/// What is no text but has to be seen: the edges of fields and the ring around what has the focus.
const SHAPES: [(&str, &str); 4] =
    [("input-edge", "card"), ("accent", "card"), ("lamp", "wall-top"), ("error-edge", "card")];

#[test]
fn the_pages_are_dark_for_who_prefers_dark() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    let ground = |scheme| {
        browser.prefer(scheme);
        ["background-color", "background-image", "color"].map(|style| browser.style("body", style))
    };
    browser.open("/login");
    let [_, light, _] = ground(Scheme::Light);
    let [_, dark, _] = ground(Scheme::Dark);
    assert_ne!(light, dark, "the wall of the login page");

    browser.log_in("admin", "password");
    browser.comes_to("/");
    let [light, _, ink] = ground(Scheme::Light).map(|colour| lightness(&colour));
    assert!(light > ink, "dark on light");
    let [dark, _, ink] = ground(Scheme::Dark).map(|colour| lightness(&colour));
    assert!(dark < ink, "light on dark");
    assert!(dark < light);
}

#[test]
fn every_text_can_be_read_in_both_schemes() {
    let server = Server::empty();
    let browser = Browser::at(&server);
    browser.open("/login");
    can_be_read(&browser);
}

/// Fails when a text or a shape of the open page's style sheet has not the contrast that it needs.
pub fn can_be_read(browser: &Browser) {
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.prefer(scheme);
        for (pairs, least) in [(&TEXTS[..], 4.5), (&SHAPES[..], 3.0)] {
            for (front, ground) in pairs {
                let [a, b] = [front, ground].map(|name| luminance(&custom_colour(browser, name)));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= least, "{front} on {ground} has {contrast:.2} : 1 in {scheme:?}");
            }
        }
    }
}

#[test]
fn doors_stand_out_from_walls_and_buttons_are_read_at_a_glance() {
    let server = Server::empty();
    let browser = Browser::at(&server);
    browser.open("/login");
    let contrast = |front: &str, ground: &str| {
        let [a, b] = [front, ground].map(|name| luminance(&custom_colour(&browser, name)));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    };
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.prefer(scheme);
        for wall in ["wall-top", "wall-bottom"] {
            let door = contrast("card", wall).max(contrast("frame", wall));
            assert!(door >= 3.0, "the door on {wall} has {door:.2} : 1 in {scheme:?}");
        }
        for (front, ground, least) in [("on-accent", "accent", 7.0), ("wall-line", "wall-top", 3.5)] {
            let contrast = contrast(front, ground);
            assert!(contrast >= least, "{front} on {ground} has {contrast:.2} : 1 in {scheme:?}");
        }
    }
}

#[test]
fn high_contrast_shows_what_is_chosen_and_what_is_a_button() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.log_in("admin", "password");
    browser.comes_to("/");
    browser.open("/todos");
    browser.force_colours();
    let ground = |selector: &str| browser.style(selector, "background-color");
    assert_ne!(ground(".choice a[aria-current]"), ground(".choice a:not([aria-current])"));
    for button in [".head-button", ".small-button", ".account-logout"] {
        let edge = browser.style(button, "border-top-color");
        assert_ne!(edge, ground("body"), "{button} has no edge");
        assert_eq!(browser.style(button, "border-top-width"), "1px", "{button}");
    }
}

/// A colour that the style sheet names, as red, green and blue of 0 to 255.
fn custom_colour(browser: &Browser, name: &str) -> Vec<f64> {
    let value = format!("getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()");
    let Value::String(hex) = browser.evaluate(&value) else { panic!("--{name} has no value") };
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6);
    let digits = digits.unwrap_or_else(|| panic!("--{name} is {hex:?}, not a colour like #14203b"));
    (0..3).map(|part| f64::from(u8::from_str_radix(&digits[2 * part..2 * part + 2], 16).expect("hex"))).collect()
}

/// The relative luminance of WCAG 2.
fn luminance(colour: &[f64]) -> f64 {
    let linear = |part: f64| {
        let part = part / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

/// The luminance of a computed colour such as `rgba(13, 21, 41, 1)`; 0 of what is none.
fn lightness(computed: &str) -> f64 {
    let numbers = computed.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok());
    let colour: Vec<f64> = numbers.take(3).collect();
    if colour.len() == 3 { luminance(&colour) } else { 0.0 }
}
