//! `GET /api/v1/todos`: todos in pages, and the latest few for strangers.

use std::fmt::Display;
use std::str::FromStr;

use rocket::{Route, State, get, routes};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::document::TodoDocument;
use crate::accounts::Accounts;
use crate::api::error::{Error, ProblemDocument};
use crate::api::paging::{Limit, Paged};
use crate::http::who::MaybeBearer;
use crate::todos::{self, Cursor, Limits, Query, Viewer};

/// One page of todos.
#[derive(Debug, Serialize, ToSchema)]
pub struct TodoList {
    todos: Vec<TodoDocument>,
    /// What to send as `after` for the next page; null on the last one, and for strangers.
    next: Option<String>,
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "names the parameters for the document")]
struct ListParameters {
    /// `due` (the default) or `created`
    sort: Option<String>,
    /// `asc` (the default) or `desc`
    order: Option<String>,
    /// Only todos that are done, or only those that are open
    done: Option<bool>,
    /// The `next` of the previous page, with the same `sort`
    after: Option<String>,
    /// How many per page: 1 to 100; 50 if omitted
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List todos: your own; for admins, everyone's; for strangers, the latest, as many as the setting `public_todos` allows.
#[utoipa::path(get, path = "/api/v1/todos",
    operation_id = "listTodos", tag = "Todos", security((), ("bearer" = [])), params(ListParameters),
    responses((status = 200, description = "A page of todos", body = TodoList, headers(("Link" = String, description = "The next page, if there is one (RFC 8288)"))),
        (status = 401, description = "Log in to see todos", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A parameter can't be used", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/todos?<sort>&<order>&<done>&<after>&<limit>")]
#[expect(clippy::too_many_arguments, reason = "the route has to name what its query may hold")]
pub async fn index(
    bearer: MaybeBearer<'_>,
    sort: Option<&str>,
    order: Option<&str>,
    done: Option<&str>,
    after: Option<&str>,
    limit: Limit,
    accounts: &State<Accounts>,
    limits: &State<Limits>,
) -> Result<Paged<TodoList>, Error> {
    let query = Asked { sort, order, done, after, limit }.understand()?;
    let (todos, next) = match bearer {
        MaybeBearer::Bearer(bearer) => {
            let page = todos::list(accounts, Viewer::of(bearer.identity), query).await?;
            (page.todos.into_iter().map(TodoDocument::of).collect(), page.next)
        }
        MaybeBearer::Stranger => {
            let latest = todos::latest(accounts, **limits, query).await?;
            (latest.into_iter().map(TodoDocument::of_nobody).collect(), None)
        }
    };
    let next = next.map(|cursor| cursor.to_text());
    Ok(Paged { next: next.clone(), page: TodoList { todos, next } })
}

/// The parameters, as they were sent.
#[derive(Debug)]
struct Asked<'r> {
    sort: Option<&'r str>,
    order: Option<&'r str>,
    done: Option<&'r str>,
    after: Option<&'r str>,
    limit: Limit,
}

impl Asked<'_> {
    fn understand(&self) -> Result<Query, Error> {
        let sort = understand("sort", self.sort)?.unwrap_or_default();
        let after = self.after.map(|text| Cursor::parse(text, sort)).transpose();
        Ok(Query {
            sort,
            order: understand("order", self.order)?.unwrap_or_default(),
            done: understand_flag("done", self.done)?,
            after: after.map_err(|error| Error::invalid("after", &error.to_string()))?,
            limit: self.limit.get()?.unsigned_abs().try_into().unwrap_or(u32::MAX),
        })
    }
}

fn understand<T: FromStr<Err: Display>>(name: &str, text: Option<&str>) -> Result<Option<T>, Error> {
    text.map(T::from_str).transpose().map_err(|error| Error::invalid(name, &error.to_string()))
}

fn understand_flag(name: &str, text: Option<&str>) -> Result<Option<bool>, Error> {
    match text {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(_) => Err(Error::invalid(name, "This has to be true or false.")),
    }
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![index]
}
