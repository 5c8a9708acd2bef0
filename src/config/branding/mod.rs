//! Whose server this is, as people see it: its name, colours, logo and links.

mod accent;
mod colour;
mod legal_link;
mod logo;
mod oklab;
mod png;
mod site_name;
mod svg;

use rocket::figment::Figment;

use super::{HelpText, Invalid, Settings, check};

pub use accent::{Accents, DARK, LIGHT, Scheme, Unreadable};
pub use colour::{Colour, Tint};
pub use legal_link::LegalLink;
pub use logo::{Format, Logo};
pub use site_name::SiteName;

/// All of it, checked.
#[derive(Debug, Clone)]
pub struct Branding {
    /// What pages and mail call this server.
    pub name: SiteName,
    /// The colours of buttons and links.
    pub accents: Accents,
    /// The picture beside the name.
    pub logo: Option<Logo>,
    /// What people read who can't log in.
    pub help: Option<HelpText>,
    /// The links at the foot of each page.
    pub legal_links: Vec<LegalLink>,
}

impl Branding {
    /// What the settings say.
    ///
    /// # Errors
    /// When an accent can't be read on its ground, the logo can't be used, or there are too many links.
    pub(super) fn new(figment: &Figment, settings: &Settings) -> Result<Branding, Invalid> {
        let unusable = |key: &str, why: &str| check::unusable_because(figment, &format!("vestibule.{key}"), why);
        let accents = Accents { light: settings.accent, dark: settings.accent_dark };
        for (key, scheme, accent) in [("accent", LIGHT, accents.light), ("accent_dark", DARK, accents.dark)] {
            let checked = accent.map_or(Ok(()), |accent| scheme.check(accent));
            checked.map_err(|unreadable| unusable(key, &unreadable.to_string()))?;
        }
        let logo = settings.logo().map(|path| {
            Logo::read(&path).map_err(|why| unusable("logo", &format!("the file {} {why}", path.display())))
        });
        let links = settings.legal_links.len();
        if links > LegalLink::MOST {
            return Err(unusable("legal_links", &format!("it has {links} links, and at most {} fit", LegalLink::MOST)));
        }
        Ok(Branding {
            name: settings.site_name.clone(),
            accents,
            logo: logo.transpose()?,
            help: settings.help_text.clone(),
            legal_links: settings.legal_links.clone(),
        })
    }
}
