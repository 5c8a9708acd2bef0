//! Assembles Rocket: state, fairings and mounts.

mod backup;
mod catcher;
mod certificate;
mod documentation;
mod listener;
mod metrics;
mod stop;
mod supervisor;
mod sweeper;

use std::time::Duration;

use rocket::error::ErrorKind;
use rocket::figment::providers::Serialized;
use rocket::local::asynchronous::Client;
use rocket::shield::Shield;
use rocket::{Build, Rocket};

use crate::accounts::{Accounts, forgot, mail_queue};
use crate::config::{Config, Invalid, SecretKey};
use crate::http::metrics::Requests;
use crate::http::reach::{self, Reach};
use crate::http::{Site, arrival, cors, headers, request_log};
use crate::{api, todos, web};
pub use certificate::{Certificate, Validity};
pub use listener::{Bound, connections_allowed};
pub use metrics::MetricsListener;

/// How long the server waits at its end for a letter that it is sending.
const LAST_LETTER: Duration = Duration::from_secs(5);

/// Serves at an address until the process is told to stop, and numbers for monitoring at another one if there is one.
/// Calls `ready` with the port once connections are accepted.
///
/// # Errors
/// When a part of the server can't be started.
pub async fn run(
    bound: Bound,
    metrics: Option<MetricsListener>,
    config: &Config,
    accounts: Accounts,
    key: &SecretKey,
    ready: impl FnOnce(u16),
) -> Result<(), Invalid> {
    let settings: rocket::Config = config.figment.extract().map_err(|error| Invalid(error.to_string()))?;
    let mut stop = stop::Signals::new(&settings.shutdown)?;
    let process = metrics::Process::starts();
    // The system chose a port where the setting is 0; links and the check of origins need to know it.
    let figment = config.figment.clone().merge(Serialized::global("port", bound.port()));
    let port = bound.port();
    accounts.listens_on(port);
    let mut rocket = build(&Config { figment, ..config.clone() }, accounts.clone(), key)?;
    // Nothing is counted of requests unless somebody reads it.
    let requests = Requests::of(rocket.routes());
    if metrics.is_some() {
        rocket = rocket.attach(requests.clone());
    }
    // Rocket's own loop is not used: see `listener`.
    let client = Client::untracked(rocket).await.map_err(|error| explain(&error))?;
    let (shutdown, told) = (client.rocket().shutdown(), client.rocket().shutdown());
    tokio::spawn(forgot::answer(accounts.clone(), client.rocket().shutdown()));
    let mail = tokio::spawn(mail_queue::deliver(accounts.clone(), told));
    tokio::spawn(async move {
        stop.heard().await;
        supervisor::stopping();
        shutdown.notify();
    });
    let listener = bound.listen()?;
    if let Some(metrics) = metrics {
        let (config, connections) = (config.clone(), listener.numbers());
        // As the listener, it reads the file at the start only.
        let certificate = Certificate::read(&settings).ok().flatten();
        let certificate_expires = certificate.and_then(|read| Some(read.expires_at()?.and_utc().timestamp()));
        let sources = metrics::Sources { config, accounts, requests, connections, certificate_expires, process };
        tokio::spawn(metrics.serve(sources, client.rocket().shutdown()));
    }
    ready(port);
    supervisor::ready();
    listener.serve(client, config).await;
    // A letter that is being handed over would otherwise be sent once more at the next start.
    let _ = tokio::time::timeout(LAST_LETTER, mail).await;
    Ok(())
}

/// A sentence for an error of Rocket's. Reading the error also keeps it from panicking when it is dropped.
fn explain(error: &rocket::Error) -> Invalid {
    Invalid(match error.kind() {
        ErrorKind::FailedFairings(failed) if failed.iter().any(|fairing| fairing.name == "Templating") => {
            "a template can't be used; the lines above say which".into()
        }
        _ => error.to_string(),
    })
}

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
    let assets = web::assets::Assets::of(&config.branding);
    let renderer = web::renderer::Renderer::new(web::branding::for_templates(&config.branding), config.texts.clone());
    let rocket = rocket::custom(figment)
        .manage(Site::new(config))
        .manage(Reach::new(key))
        .manage(accounts)
        .manage(config.clone())
        .manage(todos::Limits::new(&config.settings))
        .manage(assets.clone())
        .manage(renderer.clone())
        .manage(web::rendered_once::RenderedPages::default())
        .manage(api::openapi::PackedDocument::default())
        .attach(Shield::new())
        .attach(arrival::Arrivals::default())
        .attach(request_log::RequestLog::default())
        .attach(headers::LengthForHead)
        .attach(cors::Cors)
        .attach(web::templates::fairing(config.settings.templates(), assets, renderer))
        .attach(sweeper::Sweeper)
        .attach(backup::Timer::new(config, key))
        .mount("/", arrival::routes())
        .mount("/", reach::routes())
        .mount("/", api::routes())
        .mount("/", web::routes())
        .mount("/", documentation::routes())
        .register("/", catcher::catchers());
    Ok(rocket)
}
