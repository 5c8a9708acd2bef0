//! Assembles Rocket: state, fairings, mounts. The map of the site.

mod catcher;
mod documentation;
mod sweeper;

use rocket::figment::providers::Serialized;
use rocket::shield::Shield;
use rocket::{Build, Rocket};

use crate::accounts::Accounts;
use crate::config::{Config, Invalid, SecretKey};
use crate::http::{Site, arrival, cors, headers};
use crate::{api, web};

/// The server, ready to be launched.
///
/// # Errors
/// When the folder that it needs can't be made.
pub fn build(config: &Config, accounts: Accounts, key: &SecretKey) -> Result<Rocket<Build>, Invalid> {
    let data_dir = config.settings.data_dir();
    let templates = web::templates::folder(&data_dir)
        .map_err(|error| Invalid(format!("the data folder {} can't be used: {error}", data_dir.display())))?;
    let figment = config
        .figment
        .clone()
        .merge(Serialized::global("secret_key", key.to_base64()))
        .merge(Serialized::global("template_dir", templates));
    let rocket = rocket::custom(figment)
        .manage(Site::new(config))
        .manage(accounts)
        .attach(Shield::new())
        .attach(arrival::Arrivals)
        .attach(headers::SecurityHeaders)
        .attach(cors::Cors)
        .attach(web::templates::fairing(config.settings.templates()))
        .attach(sweeper::Sweeper)
        .mount("/", arrival::routes())
        .mount("/", api::routes())
        .mount("/", web::routes())
        .mount("/", documentation::routes())
        .register("/", catcher::catchers());
    Ok(rocket)
}
