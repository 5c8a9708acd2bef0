//! `GET /admin/audit.csv` and `/admin/audit.jsonl`: what the filters leave of the audit, as a file. Whoever only found a
//! browser unattended does not get it.

use std::io;

use rocket::futures::stream::{self, Stream};
use rocket::http::{ContentType, Status};
use rocket::{Route, State, get, routes};

use super::asked::Filters;
use crate::accounts::Accounts;
use crate::accounts::audit::export::{Export, Format};
use crate::db;
use crate::http::streamed::Streamed;
use crate::http::who::RecentAdmin;
use crate::web::error::Error;

#[get("/admin/audit.csv?<filters..>")]
async fn csv(
    _admin: RecentAdmin<'_>,
    filters: Filters,
    accounts: &State<Accounts>,
) -> Result<Streamed<impl Stream<Item = io::Result<Vec<u8>>> + Send + use<>>, Error> {
    file(accounts, &filters, Format::Csv, ContentType::CSV).await
}

#[get("/admin/audit.jsonl?<filters..>")]
async fn json_lines(
    _admin: RecentAdmin<'_>,
    filters: Filters,
    accounts: &State<Accounts>,
) -> Result<Streamed<impl Stream<Item = io::Result<Vec<u8>>> + Send + use<>>, Error> {
    file(accounts, &filters, Format::JsonLines, ContentType::new("application", "jsonl")).await
}

/// Filters that can't be used are a 422: the page tells more of them.
async fn file(
    accounts: &Accounts,
    filters: &Filters,
    format: Format,
    content_type: ContentType,
) -> Result<Streamed<impl Stream<Item = io::Result<Vec<u8>>> + Send + use<>>, Error> {
    let filter = filters.asked().read().map_err(|_| Error::Status(Status::UnprocessableEntity))?;
    let (export, beginning) = Export::begin(accounts, filter, format).await?;
    let name = format!("vestibule-audit-{}.{}", db::now().date(), format.ending());
    Ok(Streamed { name, content_type, parts: parts(export, beginning) })
}

/// Each part is read once the one before it has been sent.
fn parts(export: Export, beginning: Vec<u8>) -> impl Stream<Item = io::Result<Vec<u8>>> + Send + use<> {
    stream::unfold((Some(export), Some(beginning)), |(export, beginning)| async move {
        if let Some(beginning) = beginning {
            return Some((Ok(beginning), (export, None)));
        }
        let mut export = export?;
        match export.next().await {
            Ok(part) => part.map(|part| (Ok(part), (Some(export), None))),
            Err(error) => {
                tracing::warn!(%error, "an export of the audit was broken off");
                Some((Err(io::Error::other("the database does not answer")), (None, None)))
            }
        }
    })
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![csv, json_lines]
}
