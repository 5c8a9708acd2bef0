//! What pages show of whose server this is: `brand` in templates, and the colours of the style sheet and the icon.
//!
//! Settings can't change while the server runs, so pages that were rendered once stay true.

mod colours;

use serde_json::{Value, json};

use crate::config::Branding;
use crate::config::branding::{Format, LIGHT, Logo};

pub(super) use colours::{recolour_icon, recolour_sheet};

/// The style sheet, in which colours have names.
pub(super) const SHEET: &str = "style.css";

/// The icon for browsers' tabs, unless the logo is one.
pub(super) const ICON: &str = "favicon.svg";

/// The variable `brand` of templates.
pub fn for_templates(branding: &Branding) -> Value {
    let [wall, dark_wall] = colours::walls(&branding.accents).map(|wall| wall.to_string());
    let links = branding.legal_links.iter().map(|link| json!({ "text": link.text(), "address": link.address() }));
    json!({
        "name": branding.name,
        "name_is_long": branding.name.as_str().chars().count() > LONG,
        "logo": branding.logo.as_ref().map(|logo| json!({
            "file": file_of(logo),
            "width": (logo.ratio * HEIGHT).round(),
            "height": HEIGHT,
            "has_name": logo.has_name(),
        })),
        "icon": icon(branding),
        "touch_icon": touch_icon(branding),
        "wall": wall,
        "dark_wall": dark_wall,
        "help": branding.help.iter().flat_map(|help| help.lines()).collect::<Vec<_>>(),
        "legal_links": links.collect::<Vec<_>>(),
    })
}

/// Longer names are set smaller.
const LONG: usize = 20;

/// How many CSS pixels high a logo is.
const HEIGHT: f64 = 40.0;

/// The name of a logo among the static files.
pub(super) fn file_of(logo: &Logo) -> &'static str {
    match logo.format {
        Format::Svg => "logo.svg",
        Format::Png => "logo.png",
    }
}

/// The file of the icon for browsers' tabs. A logo with a name in it is too wide for one.
fn icon(branding: &Branding) -> Value {
    let logo = branding.logo.as_ref().filter(|logo| !logo.has_name());
    let content_type = if logo.is_some_and(|logo| logo.format == Format::Png) { "image/png" } else { "image/svg+xml" };
    json!({ "file": logo.map_or(ICON, file_of), "type": content_type })
}

/// The file of the icon for the screens of phones, which take PNG alone. The built-in one has the built-in colours.
fn touch_icon(branding: &Branding) -> Option<&'static str> {
    match &branding.logo {
        Some(logo) => (logo.format == Format::Png && !logo.has_name()).then(|| file_of(logo)),
        None => branding.accents.tint(LIGHT).is_none().then_some("touch-icon.png"),
    }
}

/// The icon that is answered to who asks for one at a fixed address.
pub(super) fn any_icon(branding: &Branding) -> &'static str {
    touch_icon(branding).unwrap_or(match &branding.logo {
        Some(logo) if !logo.has_name() => file_of(logo),
        _ => ICON,
    })
}
