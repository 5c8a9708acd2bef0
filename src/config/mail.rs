//! What mail needs, put together from its settings. What is missing or would betray a password stops the start.

use rocket::figment::Figment;

use super::branding::LegalLink;
use super::{Branding, HelpText, Invalid, MailTransport, Origins, Settings, check};
use crate::mail::{Brand, Link, Mail, Security, Sender, Server, SmtpUrl, Texts, Transport, Trust};
use crate::texts::Catalogue;

/// Whom mail in the log is from when nobody said.
const NOBODY: &str = "vestibule@localhost";

/// Mail, unless it is off.
pub(super) fn mail(
    figment: &Figment,
    settings: &Settings,
    origins: &Origins,
    branding: &Branding,
    catalogue: &Catalogue,
) -> Result<Option<Mail>, Invalid> {
    // Looked at even when mail is off: a mistake in it is found as early as any other.
    let url = settings.smtp_url.as_deref().map(str::parse::<SmtpUrl>).transpose();
    let url = url.map_err(|_| check::unusable(figment, "vestibule.smtp_url"))?;
    let transport = match settings.mail_transport {
        MailTransport::Off => return Ok(None),
        MailTransport::Log => Transport::Log,
        MailTransport::Smtp => Transport::Smtp(Box::new(server(settings, origins, url)?)),
    };
    let sender = match &settings.mail_from {
        Some(sender) => sender.clone(),
        None if settings.mail_transport == MailTransport::Log => {
            Sender::try_from(NOBODY.to_owned()).map_err(|error| Invalid(error.to_string()))?
        }
        None => {
            return Err(Invalid(
                "`vestibule.mail_transport` is smtp, but nobody is said to send: set `vestibule.mail_from` \
                 (VESTIBULE_MAIL_FROM) to an address such as login@example.com"
                    .to_owned(),
            ));
        }
    };
    let sender = sender.named(branding.name.as_str());
    let texts = Texts::load(settings.templates().as_deref(), catalogue.clone(), brand(branding));
    let texts = texts.map_err(|error| Invalid(format!("a template of mail can't be used: {error}")))?;
    Ok(Some(Mail { sender, transport, texts }))
}

/// What letters say of whose server it is.
fn brand(branding: &Branding) -> Brand {
    let link = |link: &LegalLink| Link { text: link.text().to_owned(), address: link.address().to_owned() };
    Brand {
        name: branding.name.as_str().to_owned(),
        help: branding.help.iter().flat_map(HelpText::lines).map(str::to_owned).collect(),
        legal_links: branding.legal_links.iter().map(link).collect(),
    }
}

fn server(settings: &Settings, origins: &Origins, url: Option<SmtpUrl>) -> Result<Server, Invalid> {
    let url = url.ok_or_else(|| {
        Invalid(
            "`vestibule.mail_transport` is smtp, but there is no server: set `vestibule.smtp_url` (VESTIBULE_SMTP_URL, \
             or VESTIBULE_SMTP_URL_FILE for the path of a file) to one such as smtps://NAME:PASSWORD@mail.example.com"
                .to_owned(),
        )
    })?;
    let url = url.with_password(settings.smtp_password.clone());
    if url.lacks_half_a_login() {
        return Err(Invalid(
            "`vestibule.smtp_url` has a user without a password, or there is a password without a user: write \
             smtps://NAME:PASSWORD@HOST, or smtps://NAME@HOST and set `vestibule.smtp_password`"
                .to_owned(),
        ));
    }
    if url.security == Security::Plain && !url.is_loopback() && !settings.allow_insecure_smtp {
        return Err(Invalid(format!(
            "`vestibule.smtp_url` is {url} with tls=none, so mail and its password would cross the network in the clear: \
             use smtps:// or smtp:// without tls=none, or insist with `vestibule.allow_insecure_smtp = true`"
        )));
    }
    let trust = match settings.smtp_ca() {
        None => Trust::default(),
        Some(path) => Trust::with_file(&path)
            .map_err(|error| Invalid(format!("the file {} of `vestibule.smtp_ca` {error}", path.display())))?,
    };
    Ok(Server { url, trust, own_name: origins.public_name() })
}
