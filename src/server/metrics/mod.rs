//! Numbers for monitoring, at `/metrics` on an address of their own (setting `metrics_address`), in the text that
//! Prometheus reads. Nothing that strangers reach leads there.

mod answer;
mod listener;
mod process;
mod sources;

pub use listener::MetricsListener;
pub(super) use process::Process;
pub(super) use sources::Sources;
