//! The log, on stderr: for people, with the audit as JSON lines, or all of it as JSON lines.

use std::io::{self, Write};

use rocket::config::LogLevel;
use tracing::{Level, Metadata};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

use super::stderr::{Lines, Stderr, Style};

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
    let output = Output { lines: stderr.lines(), style: stderr.style() };
    let filter = filter_fn(move |metadata| *metadata.level() <= most(metadata.target(), level));
    let audit = json(output.clone(), false).with_filter(filter_fn(|metadata| metadata.target() == AUDIT));
    let others = match output.style {
        Style { json: true, .. } => json(output, true),
        style => text(output, style.journal),
    };
    let _ = tracing_subscriber::registry().with(others.with_filter(filter)).with(audit).try_init();
}

type Lined<S> = Box<dyn Layer<S> + Send + Sync>;

/// Lines for people. The journal has the time by itself.
fn text<S>(output: Output, without_time: bool) -> Lined<S>
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a>,
{
    let layer = tracing_subscriber::fmt::layer().with_writer(output).with_ansi(false).log_internal_errors(false);
    if without_time { layer.without_time().boxed() } else { layer.boxed() }
}

/// Lines in JSON.
fn json<S>(output: Output, says_who: bool) -> Lined<S>
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a>,
{
    let layer = tracing_subscriber::fmt::layer().json().flatten_event(true).with_target(says_who);
    layer.with_writer(output).log_internal_errors(false).boxed()
}

/// Where lines go, each with what it begins with.
#[derive(Clone)]
struct Output {
    lines: Lines,
    style: Style,
}

/// One line of one level.
struct OneLine<'a> {
    output: &'a Output,
    level: Level,
}

impl<'a> MakeWriter<'a> for Output {
    type Writer = OneLine<'a>;

    fn make_writer(&'a self) -> OneLine<'a> {
        OneLine { output: self, level: Level::INFO }
    }

    fn make_writer_for(&'a self, metadata: &Metadata<'_>) -> OneLine<'a> {
        OneLine { output: self, level: *metadata.level() }
    }
}

impl Write for OneLine<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.output.lines.push(self.output.style.prefix(self.level), line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The most detailed level at which a target is logged. Below INFO, only Vestibule's own targets are: there,
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
