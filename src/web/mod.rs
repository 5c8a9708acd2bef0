//! The pages. Each module is one feature: its routes, its handlers and its texts.

pub mod account;
pub mod admin;
pub mod assets;
pub mod branding;
pub mod captcha;
pub mod confirm;
pub mod email_change;
pub mod error;
pub mod flash;
pub mod forgot;
pub mod form;
pub mod home;
pub mod invitation;
pub mod login;
pub mod logout;
pub mod not_me;
pub mod one_time_link;
pub mod page;
pub mod rendered_once;
pub mod renderer;
pub mod reset;
pub mod security_txt;
pub mod see_other;
pub mod setup;
pub mod sign_up;
pub mod templates;
pub mod todos;
pub mod unsaved;

use rocket::Route;

use crate::http::features::routes_of;

/// All routes of the pages.
pub fn routes() -> Vec<Route> {
    routes_of(&[
        home::routes,
        login::routes,
        logout::routes,
        sign_up::routes,
        invitation::routes,
        setup::routes,
        forgot::routes,
        reset::routes,
        not_me::routes,
        captcha::routes,
        confirm::routes,
        account::routes,
        email_change::routes,
        todos::routes,
        admin::routes,
        assets::routes,
        security_txt::routes,
    ])
}
