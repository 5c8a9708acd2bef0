//! What the pages about todos send.

use rocket::http::Status;
use serde_json::{Map, Value, json};

use super::view::{LIST, place, remembering};
use crate::http::local_path::LocalPath;
use crate::texts::Worded;
use crate::todos::{Description, Due, NewTodo, Title};
use crate::web::flash::Flash;
use crate::web::form::{ActsAsSession, Fields, PostedForm};
use crate::web::page::{Layout, Page};

/// A todo, as it was typed.
#[derive(Debug)]
pub struct TodoForm {
    pub title: String,
    pub description: String,
    pub due: String,
    pub next: LocalPath,
}

impl PostedForm for TodoForm {
    const FIELDS: &'static [&'static str] = &["title", "description", "due", "next"];
    const KIBIBYTES: u64 = 64;

    fn read(fields: &mut Fields) -> TodoForm {
        TodoForm {
            title: fields.take("title").unwrap_or_default(),
            description: fields.take("description").unwrap_or_default(),
            due: fields.take("due").unwrap_or_default(),
            next: place(fields.take("next").as_deref()),
        }
    }
}

impl ActsAsSession for TodoForm {
    const KEPT: &'static [&'static str] = &["title", "description", "due"];

    fn stands_at(&self, sent_to: &str) -> LocalPath {
        if sent_to == LIST { local("/todos/new") } else { local(&remembering(&format!("{sent_to}/edit"), &self.next)) }
    }
}

/// A path of ours; the list, when it is too long to be one.
fn local(path: &str) -> LocalPath {
    LocalPath::parse(path).unwrap_or_else(|| place(None))
}

/// What is wrong with each field.
pub type Errors = Map<String, Value>;

impl TodoForm {
    /// Makes a todo of it. `otherwise` is the day when none was typed; without one, a day is needed.
    pub fn understand(&self, otherwise: Option<Due>) -> Result<NewTodo, Errors> {
        let mut errors = Errors::new();
        let mut note = |field: &str, error: &dyn Worded| {
            errors.insert(field.to_owned(), error.words().into());
        };
        let title = Title::parse(&self.title).map_err(|error| note("title", &error)).ok();
        let description = Description::parse(&self.description).map_err(|error| note("description", &error)).ok();
        let due = match otherwise {
            Some(day) if self.due.trim().is_empty() => Some(day),
            _ => Due::parse(&self.due).map_err(|error| note("due", &error)).ok(),
        };
        match (title, description, due) {
            (Some(title), Some(description), Some(due)) => Ok(NewTodo { title, description, due }),
            _ => Err(errors),
        }
    }

    /// The form for a page. A date field can't show a text that is not a date, so such a text gets a text field.
    pub fn view(&self) -> Value {
        let due = Due::parse(&self.due);
        let is_date = self.due.trim().is_empty() || due.is_ok();
        json!({
            "title": self.title,
            "description": self.description,
            "due": due.map_or_else(|_| self.due.clone(), |due| due.to_string()),
            "due_type": if is_date { "date" } else { "text" },
            "next": self.next.as_str(),
        })
    }

    /// The page as someone opens it: with what they sent from it after their session had ended, else with this.
    pub fn opened(self, layout: &Layout<'_>, template: &'static str, mut context: Value) -> Page {
        let Some(unsaved) = layout.take_unsaved() else {
            return self.page(layout, template, context, Errors::new());
        };
        let flash = unsaved.flash();
        let form = match unsaved.into_fields() {
            Some(mut typed) => TodoForm { next: self.next, ..TodoForm::read(&mut typed) },
            None => self,
        };
        context["form"] = form.view();
        context["errors"] = json!({});
        layout.page_with(template, context, Some(&flash))
    }

    /// The page with what was typed and what is wrong with it.
    pub fn page(&self, layout: &Layout<'_>, template: &'static str, mut context: Value, errors: Errors) -> Page {
        let status = if errors.is_empty() { Status::Ok } else { Status::UnprocessableEntity };
        context["form"] = self.view();
        context["errors"] = errors.into();
        layout.page(template, context).with_status(status)
    }

    /// The page of a new todo with what was typed, for someone who already has as many todos as allowed.
    pub fn page_of_too_many(&self, layout: &Layout<'_>, most: u32) -> Page {
        let context = json!({ "form": self.view(), "errors": {} });
        let page = layout.page_with("todos/new", context, Some(&Flash::TooManyTodos { most }));
        page.with_status(Status::Conflict)
    }
}

/// A button: all it sends is where to go back to.
#[derive(Debug)]
pub struct ButtonForm {
    pub next: LocalPath,
}

impl PostedForm for ButtonForm {
    const FIELDS: &'static [&'static str] = &["next"];

    fn read(fields: &mut Fields) -> ButtonForm {
        ButtonForm { next: place(fields.take("next").as_deref()) }
    }
}

impl ActsAsSession for ButtonForm {
    /// Deleting is asked about on a page of its own; the other buttons stand in the list.
    fn stands_at(&self, sent_to: &str) -> LocalPath {
        if sent_to.ends_with("/delete") { local(&remembering(sent_to, &self.next)) } else { self.next.clone() }
    }
}
