//! Todos as JSON: the documents in answers and the bodies of requests.

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::body::{Body, Draft, Echo};
use crate::notation::rfc3339;
use crate::todos::{Description, Due, Edit, NewTodo, Title, Todo};

/// A todo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Todo)]
pub struct TodoDocument {
    /// A UUID, never used again.
    id: String,
    /// One line.
    title: String,
    /// Several lines.
    description: String,
    /// Whether an admin has marked it as done.
    done: bool,
    /// The day on which it is due.
    #[schema(format = Date)]
    due: String,
    /// The owner; not shown to strangers.
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<OwnerDocument>,
    /// RFC 3339.
    #[schema(format = DateTime)]
    created_at: String,
}

/// The owner of a todo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TodoOwner)]
struct OwnerDocument {
    id: String,
    username: String,
}

impl TodoDocument {
    /// The document for its owner, or for an admin.
    pub fn of(mut todo: Todo) -> TodoDocument {
        let [id, username] = [&mut todo.user_id, &mut todo.username].map(std::mem::take);
        TodoDocument { user: Some(OwnerDocument { id, username }), ..TodoDocument::of_nobody(todo) }
    }

    /// The document for strangers, without the owner.
    pub fn of_nobody(todo: Todo) -> TodoDocument {
        TodoDocument {
            id: todo.id,
            title: todo.title,
            description: todo.description,
            done: todo.done,
            due: todo.due.to_string(),
            user: None,
            created_at: rfc3339(todo.created_at),
        }
    }
}

/// A todo's fields.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the body for the document; it is read into a NewTodo")]
pub struct TodoBody {
    /// One line.
    #[schema(example = "Water the plants")]
    title: String,
    /// Several lines; empty if omitted.
    description: Option<String>,
    /// `YYYY-MM-DD` or `dd-mm-YYYY`; today in UTC if omitted.
    #[schema(example = "2030-01-31")]
    due: Option<String>,
}

/// The body of a new todo.
#[derive(Debug)]
pub struct NewBody(pub NewTodo);

impl Body for NewBody {
    const KIBIBYTES: u64 = 64;

    fn read(draft: &mut Draft) -> Option<NewBody> {
        let title = draft.required("title").and_then(|text| draft.understand("title", Title::parse(&text)));
        let Edit { description, due, .. } = description_and_due(draft);
        Some(NewBody(NewTodo {
            title: title?,
            description: description.unwrap_or_default(),
            due: due.unwrap_or_else(Due::today),
        }))
    }
}

/// A todo that is sent whole, in place of the one before.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the body for the document; it is read into Changes")]
pub struct TodoReplacement {
    /// One line.
    #[schema(min_length = 1, max_length = 200, example = "Water the plants")]
    title: String,
    /// Several lines; empty if omitted.
    #[schema(max_length = 4000)]
    description: Option<String>,
    /// `YYYY-MM-DD` or `dd-mm-YYYY`; stays if omitted.
    #[schema(example = "2030-01-31")]
    due: Option<String>,
}

/// The body of a todo that replaces another.
#[derive(Debug)]
pub struct Replacement(pub Changes);

impl Body for Replacement {
    const KIBIBYTES: u64 = 64;

    fn read(draft: &mut Draft) -> Option<Replacement> {
        let echo = Echo::read(draft, READ_ONLY);
        let title = draft.required("title").and_then(|text| draft.understand("title", Title::parse(&text)));
        let Edit { description, due, .. } = description_and_due(draft);
        let description = Some(description.unwrap_or_default());
        Some(Replacement(Changes { edit: Edit { title: Some(title?), description, due, ..Edit::default() }, echo }))
    }
}

/// The members of a todo's document that its `PUT` and `PATCH` can't change.
const READ_ONLY: &[&str] = &["id", "done", "user", "created_at"];

/// Fields to change; omitted ones stay.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the body for the document; it is read into an Edit")]
pub struct TodoChanges {
    /// The new title.
    title: Option<String>,
    /// The new description.
    description: Option<String>,
    /// The new day: `YYYY-MM-DD` or `dd-mm-YYYY`.
    #[schema(example = "2030-01-31")]
    due: Option<String>,
}

/// The body of a change to a todo.
#[derive(Debug)]
pub struct Changes {
    /// The changes.
    pub edit: Edit,
    /// Read-only members that were sent back.
    pub echo: Echo,
}

impl Body for Changes {
    const KIBIBYTES: u64 = 64;

    fn read(draft: &mut Draft) -> Option<Changes> {
        let echo = Echo::read(draft, READ_ONLY);
        let title = draft.text("title").and_then(|text| draft.understand("title", Title::parse(&text)));
        Some(Changes { edit: Edit { title, ..description_and_due(draft) }, echo })
    }
}

fn description_and_due(draft: &mut Draft) -> Edit {
    let description =
        draft.text("description").and_then(|text| draft.understand("description", Description::parse(&text)));
    let due = draft.text("due").and_then(|text| draft.understand("due", Due::parse(&text)));
    Edit { description, due, ..Edit::default() }
}
