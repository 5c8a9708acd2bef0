//! Whose server this is, as people see it.

use super::kind::Kind;
use super::section::Group;
use super::setting::{Preset, Setting, list, unset};
use crate::config::SiteName;

pub(super) const BRANDING: Group = Group {
    title: "Branding",
    note: "docs/branding.md shows what comes of it. An accent that is hard to read on its pages stops the start, which \
           names the nearest one that isn’t. The logo stands on white in both colour schemes; one that is more than \
           twice as wide as high is taken to have the name in it, and stands alone.",
    settings: &[
        Setting::new("site_name", Kind::Text(SiteName::MAX), Preset::Text("Vestibule"))
            .says("What pages and mail call this server. Passwords that are little more than this name are refused."),
        unset("accent", Kind::Colour, "\"#0b6b50\"")
            .says("The colour of buttons and links on light pages. All other colours take its hue. Unset: blue."),
        unset("accent_dark", Kind::Colour, "\"#6fd6b4\"")
            .says("The same for people who prefer dark pages. Unset: a bright colour of the hue of `accent`."),
        unset("logo", Kind::File, "\"logo.svg\"")
            .says("An SVG or PNG of at most 256 KiB, for the head of each page and as the icon of its tab."),
        list("legal_links", LINKS)
            .says("Links at the foot of each page and letter, such as an imprint: https, or a path on this server."),
    ],
};

const LINKS: &str = "[\"Imprint <https://example.com/imprint>\", \"Privacy <https://example.com/privacy>\"]";
