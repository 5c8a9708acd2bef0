//! What those who run the server want to see first, for people and for programs: how many log in, who waits, what mail
//! does, and what deserves a look.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Finding, glance};
use crate::accounts::Accounts;
use crate::accounts::audit::days::Day;
use crate::accounts::overview::{self, Mail, Overview, Person};
use crate::config::Config;
use crate::db;
use crate::notation::rfc3339;

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// All of it: what the database has, and what was found at a glance.
///
/// # Errors
/// When the database does not answer.
pub async fn read(accounts: &Accounts, config: &Config) -> db::Result<(Overview, Vec<Finding>)> {
    Ok((overview::read(accounts).await?, glance::look(accounts, config).await?))
}

/// The same for programs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Overview)]
pub struct OverviewDocument {
    /// The version of Vestibule.
    version: &'static str,
    waiting: WaitingPart,
    /// Null: no mail is sent.
    mail: Option<MailPart>,
    /// What somebody should look at, as far as a running server can tell at once; `vestibule check` looks at the rest.
    findings: Vec<FindingPart>,
    /// The last 30 days, today at the end.
    days: Vec<DayPart>,
}

/// The accounts that wait for approval.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OverviewWaiting)]
pub struct WaitingPart {
    /// How many there are; 1000 means that many or more.
    accounts: usize,
    /// A few of them, by username.
    first: Vec<PersonPart>,
}

/// An account that waits for approval.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OverviewPerson)]
pub struct PersonPart {
    /// The id of the account.
    id: String,
    /// The name to log in with.
    username: String,
    /// The name to show.
    name: String,
}

/// The mail queue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OverviewMail)]
pub struct MailPart {
    /// Letters that wait to be sent; 1000 means that many or more.
    waiting: usize,
    /// When the oldest of these was written; RFC 3339.
    oldest_at: Option<String>,
    /// Letters that were given up and are kept for a look; 1000 means that many or more.
    given_up: usize,
}

/// A sentence about one subject.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OverviewFinding)]
pub struct FindingPart {
    /// The subject, such as `backups`.
    about: &'static str,
    /// `wrong`: something has to be done; `note`: that is for you to judge.
    state: &'static str,
    says: String,
}

/// A day, and how many logins there were on it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OverviewDay)]
pub struct DayPart {
    /// The day (UTC), such as `2030-01-31`.
    day: String,
    /// Logins with the right password.
    logins: i64,
    /// Logins that failed or were refused.
    failures: i64,
}

impl OverviewDocument {
    /// Reads it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read(accounts: &Accounts, config: &Config) -> db::Result<OverviewDocument> {
        let (overview, findings) = read(accounts, config).await?;
        let person = |Person { id, username, name }| PersonPart { id, username, name };
        let first = overview.first_waiting.into_iter().map(person).collect();
        Ok(OverviewDocument {
            version: VERSION,
            waiting: WaitingPart { accounts: overview.waiting, first },
            mail: overview.mail.map(MailPart::of),
            findings: findings.into_iter().map(FindingPart::of).collect(),
            days: overview.days.iter().map(DayPart::of).collect(),
        })
    }
}

impl MailPart {
    fn of(mail: Mail) -> MailPart {
        MailPart { waiting: mail.waiting, oldest_at: mail.oldest.map(rfc3339), given_up: mail.given_up }
    }
}

impl FindingPart {
    fn of(finding: Finding) -> FindingPart {
        FindingPart { about: finding.about, state: finding.state.as_str(), says: finding.says }
    }
}

impl DayPart {
    fn of(day: &Day) -> DayPart {
        DayPart { day: day.day.to_string(), logins: day.logins, failures: day.failures }
    }
}
