//! `vestibule invite`: invitations to sign up.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Context;
use super::error::Error;
use super::list::{Column, Format, List, PAGE, Page};
use super::output::{minute, moment, print, print_json, say};
use crate::accounts::audit::Source;
use crate::accounts::invitation::{self, Days, Invitation, NewInvitation, Note, Uses};
use crate::accounts::names::EmailAddress;
use crate::accounts::user::role::RoleName;
use crate::notation::rfc3339;

/// Invite people to sign up, whoever else may.
#[derive(Debug, Subcommand)]
pub(super) enum Invite {
    /// Make an invitation, and print its link
    Create(Create),
    /// List the invitations that have not expired, the latest first
    List {
        #[command(flatten)]
        format: Format,
    },
    /// Make an invitation worthless; accounts that were made with it stay
    Revoke {
        /// The id of the invitation, from `invite list`
        id: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// How many accounts may be made with it
    #[arg(long, value_name = "NUMBER", default_value = "1")]
    uses: Uses,
    /// For how many days it works
    #[arg(long, value_name = "NUMBER", default_value = "7")]
    days: Days,
    /// A role that it gives; repeat it for more
    #[arg(long)]
    role: Vec<RoleName>,
    /// The only email address that may sign up with it
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// What it is for, such as whom
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    note: Note,
    /// Print the invitation and its link as JSON
    #[arg(long)]
    json: bool,
}

impl Invite {
    pub(super) async fn run(self) -> Result<(), Error> {
        match self {
            Invite::Create(create) => create.run().await,
            Invite::List { format } => list(format).await,
            Invite::Revoke { id } => revoke(id).await,
        }
    }
}

impl Create {
    async fn run(self) -> Result<(), Error> {
        let email = self.email.as_deref().map(EmailAddress::parse_new).transpose();
        let email = email.map_err(|error| Error::Usage(error.to_string()))?;
        let context = Context::open()?;
        let links = context.links()?;
        let new = NewInvitation { note: self.note, roles: self.role, email, uses: self.uses, days: self.days };
        let (invitation, token) = invitation::create(&context.accounts, &Source::operator(), new).await?;
        let link = links.invitation(&token);
        if self.json {
            return print_json(&json!({ "invitation": as_json(&invitation), "link": link }));
        }
        let accounts =
            if invitation.uses == 1 { "one account".into() } else { format!("{} accounts", invitation.uses) };
        say(&format!("An invitation for {accounts}, until {}:", moment(invitation.expires_at)));
        print(&link)
    }
}

const COLUMNS: &[Column] = &[
    Column::whole("ID", 36),
    Column::whole("USED", 11),
    Column::whole("UNTIL (UTC)", 16),
    Column::cut("NOTE"),
    Column::cut("ROLES").only_wide(),
    Column::cut("EMAIL").only_wide(),
    Column::whole("MADE (UTC)", 16).only_wide(),
    Column::whole("MADE BY", 36).only_wide(),
];

async fn list(format: Format) -> Result<(), Error> {
    let context = Context::open()?;
    let mut list = List::new(format, COLUMNS);
    let mut after = None;
    loop {
        let rows = invitation::list(&context.accounts, after, PAGE).await?;
        after = list.print(Page::of(rows, |invitation| invitation.id.clone()), as_json, cells)?;
        if after.is_none() {
            return Ok(());
        }
    }
}

fn cells(invitation: &Invitation) -> Vec<String> {
    vec![
        invitation.id.clone(),
        format!("{}/{}", invitation.used, invitation.uses),
        minute(invitation.expires_at),
        invitation.note.clone(),
        invitation.roles().join(","),
        invitation.email.clone().unwrap_or_default(),
        minute(invitation.created_at),
        invitation.made_by.clone().unwrap_or_else(|| "operator".to_owned()),
    ]
}

fn as_json(invitation: &Invitation) -> Value {
    json!({
        "id": invitation.id,
        "note": invitation.note,
        "roles": invitation.roles(),
        "email": invitation.email,
        "uses": invitation.uses,
        "used": invitation.used,
        "made_by": invitation.made_by,
        "created_at": rfc3339(invitation.created_at),
        "expires_at": rfc3339(invitation.expires_at),
    })
}

async fn revoke(id: String) -> Result<(), Error> {
    let context = Context::open()?;
    if !invitation::revoke(&context.accounts, &Source::operator(), id.clone()).await? {
        return Err(Error::NotFound(format!("No invitation {id:?}: see `vestibule invite list`.")));
    }
    say("The invitation no longer works.");
    Ok(())
}
