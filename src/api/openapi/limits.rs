//! The limits of fields and parameters: their length, their characters, and the words to choose from. They come from
//! the constants that the checks themselves use.

use serde_json::Value;
use utoipa::Modify;
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::{Object, OpenApi, RefOr, Schema};

use crate::accounts::audit::filter::{MAX_EVENT, MAX_SHORT};
use crate::accounts::forgot::LONGEST_NAME;
use crate::accounts::invitation::Note;
use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::one_time_link::LinkToken;
use crate::accounts::password::NewPassword;
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{self, MAX_QUERY};
use crate::todos::{Description, Due, Order, Sort, Title};

/// The limit of a text.
pub(super) enum Limit {
    /// The least and the most characters.
    Length(usize, usize),
    /// The same, with a pattern of the allowed characters.
    Pattern(usize, usize, &'static str),
    /// One of these words.
    Words(&'static [&'static str]),
}

const USERNAME: Limit = Limit::Pattern(Username::MIN, Username::MAX, Username::PATTERN);
const NAME: Limit = Limit::Length(1, DisplayName::MAX);
const EMAIL: Limit = Limit::Pattern(3, EmailAddress::MAX, EmailAddress::PATTERN);
const DUE: Limit = Limit::Pattern(Due::LENGTH, Due::LENGTH, Due::PATTERN);
const NEW_PASSWORD: Limit = Limit::Length(NewPassword::MIN, NewPassword::MAX);
const NOT_EMPTY: Limit = Limit::Length(1, usize::MAX);
const ROLE: Limit = Limit::Pattern(1, RoleName::MAX, RoleName::PATTERN);
const NOTE: Limit = Limit::Length(0, Note::MAX);
const TOKEN: Limit = Limit::Length(LinkToken::LENGTH, LinkToken::LENGTH);
const TITLE: Limit = Limit::Length(1, Title::MAX);
const DESCRIPTION: Limit = Limit::Length(0, Description::MAX);

/// The fields of bodies: schema, field, limit.
pub(super) const FIELDS: &[(&str, &str, Limit)] = &[
    ("Credentials", "login", NOT_EMPTY),
    ("Credentials", "username", NOT_EMPTY),
    ("Credentials", "email", NOT_EMPTY),
    ("Credentials", "password", NOT_EMPTY),
    ("Refresh", "refresh_token", NOT_EMPTY),
    ("Revocation", "token", NOT_EMPTY),
    ("PasswordReset", "login", Limit::Length(1, LONGEST_NAME)),
    ("SignUp", "username", USERNAME),
    ("SignUp", "name", NAME),
    ("SignUp", "email", EMAIL),
    ("SignUp", "password", NEW_PASSWORD),
    ("SignUp", "invitation", TOKEN),
    ("NewInvitation", "note", NOTE),
    ("NewInvitation", "email", EMAIL),
    ("UserChanges", "username", USERNAME),
    ("UserChanges", "name", NAME),
    ("UserChanges", "email", EMAIL),
    ("OwnChanges", "name", NAME),
    ("OwnChanges", "email", EMAIL),
    ("OwnDeletion", "current_password", NOT_EMPTY),
    ("PasswordChange", "current_password", NOT_EMPTY),
    ("PasswordChange", "new_password", NEW_PASSWORD),
    ("TodoBody", "title", TITLE),
    ("TodoBody", "description", DESCRIPTION),
    ("TodoBody", "due", DUE),
    ("TodoReplacement", "title", TITLE),
    ("TodoReplacement", "description", DESCRIPTION),
    ("TodoReplacement", "due", DUE),
    ("TodoChanges", "title", TITLE),
    ("TodoChanges", "description", DESCRIPTION),
    ("TodoChanges", "due", DUE),
];

/// The parameters: operation, name, limit.
pub(super) const PARAMETERS: &[(&str, &str, Limit)] = &[
    ("listTodos", "sort", Limit::Words(Sort::WORDS)),
    ("listTodos", "order", Limit::Words(Order::WORDS)),
    ("listUsers", "query", Limit::Length(0, MAX_QUERY)),
    ("listUsers", "state", Limit::Words(user::State::WORDS)),
    ("listAuditEvents", "event", Limit::Length(0, MAX_EVENT)),
    ("listAuditEvents", "user", Limit::Length(0, MAX_QUERY)),
    ("listAuditEvents", "address", Limit::Length(0, MAX_SHORT)),
    ("listAuditEvents", "from", Limit::Length(0, MAX_SHORT)),
    ("listAuditEvents", "until", Limit::Length(0, MAX_SHORT)),
    ("addRole", "role", ROLE),
    ("removeRole", "role", ROLE),
];

/// Adds the limits to the document.
pub(super) struct Limits;

impl Modify for Limits {
    fn modify(&self, document: &mut OpenApi) {
        let schemas = &mut document.components.get_or_insert_default().schemas;
        for (schema, field, limit) in FIELDS {
            if let Some(RefOr::T(Schema::Object(schema))) = schemas.get_mut(*schema)
                && let Some(RefOr::T(Schema::Object(field))) = schema.properties.get_mut(*field)
            {
                limit.put_on(field);
            }
        }
        for item in document.paths.paths.values_mut() {
            for operation in [&mut item.get, &mut item.put, &mut item.delete].into_iter().flatten() {
                limit_parameters(operation);
            }
        }
    }
}

fn limit_parameters(operation: &mut Operation) {
    let id = operation.operation_id.as_deref();
    let ours = PARAMETERS.iter().filter(|(operation, ..)| Some(*operation) == id);
    for (_, name, limit) in ours {
        let parameters = operation.parameters.iter_mut().flatten();
        for parameter in parameters {
            if let RefOr::T(Parameter { name: known, schema: Some(RefOr::T(Schema::Object(object))), .. }) = parameter
                && known == name
            {
                limit.put_on(object);
            }
        }
    }
}

impl Limit {
    fn put_on(&self, object: &mut Object) {
        let (min, max) = match self {
            Limit::Length(min, max) | Limit::Pattern(min, max, _) => (*min, *max),
            Limit::Words(words) => {
                object.enum_values = Some(words.iter().copied().map(Value::from).collect());
                return;
            }
        };
        object.min_length = Some(min).filter(|min| *min > 0);
        object.max_length = Some(max).filter(|max| *max < usize::MAX);
        if let Limit::Pattern(_, _, pattern) = self {
            object.pattern = Some((*pattern).to_owned());
        }
    }
}
