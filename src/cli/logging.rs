//! The log, on stderr: the audit as JSON lines, everything else as text.

use rocket::config::LogLevel;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::stderr::Stderr;

/// The target of audit events.
const AUDIT: &str = "audit";

/// Starts logging at the configured level: `off`, `critical` (warnings), `normal` or `debug`.
pub(super) fn start(level: LogLevel, stderr: &Stderr) {
    let level = match level {
        LogLevel::Off => return silence(),
        LogLevel::Critical => LevelFilter::WARN,
        LogLevel::Normal => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let filter = filter_fn(move |metadata| *metadata.level() <= most(metadata.target(), level));
    let (text_lines, audit_lines) = (stderr.lines(), stderr.lines());
    let text = tracing_subscriber::fmt::layer()
        .with_writer(move || text_lines.clone())
        .with_ansi(false)
        .log_internal_errors(false)
        .with_filter(filter);
    let audit = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_target(false)
        .with_writer(move || audit_lines.clone())
        .log_internal_errors(false)
        .with_filter(filter_fn(|metadata| metadata.target() == AUDIT));
    let _ = tracing_subscriber::registry().with(text).with(audit).try_init();
}

/// The most detailed level at which a target is logged as text. Below INFO, only Vestibule's own targets are: there,
/// Rocket logs whole requests and responses with their cookies, and other crates might log anything. Lines of Rocket
/// about requests are off at every level: they contain the whole address with the query (`http::request_log` logs what
/// is safe), and its generated code, which logs as `…::_`, logs the values of parameters.
fn most(target: &str, level: LevelFilter) -> LevelFilter {
    if target == AUDIT {
        LevelFilter::OFF
    } else if target.starts_with("rocket_dyn_templates") {
        // These lines say what is wrong with a template.
        LevelFilter::WARN
    } else if target.starts_with("rocket::server") || target.starts_with("vestibule") && target.ends_with("::_") {
        LevelFilter::OFF
    } else if target.starts_with("rocket") || target.ends_with("::_") {
        // These lines say what Rocket starts, and with which settings.
        if level == LevelFilter::DEBUG { LevelFilter::INFO } else { LevelFilter::OFF }
    } else if target.starts_with("vestibule") {
        level
    } else {
        level.min(LevelFilter::INFO)
    }
}

/// Replaces Rocket's own logger, which writes to stdout and panics when that is closed.
fn silence() {
    let _ = tracing_subscriber::registry().try_init();
}
