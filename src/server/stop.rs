//! What tells the server to stop: Ctrl-C and signals, as the settings below `shutdown` say.

use rocket::config::{Shutdown, Sig};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::config::Invalid;

/// The signals that are listened for. From the moment this is made none of them ends the process by itself.
pub(super) struct Signals(Vec<Signal>);

impl Signals {
    /// Listens for the signals of the settings.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn new(settings: &Shutdown) -> Result<Signals, Invalid> {
        let ctrl_c = settings.ctrlc.then(SignalKind::interrupt);
        let kinds = settings.signals.iter().map(kind).chain(ctrl_c);
        let signals = kinds.map(signal).collect::<Result<_, _>>();
        signals
            .map(Signals)
            .map_err(|error| Invalid(format!("the signals of `shutdown` can't be listened for: {error}")))
    }

    /// Waits for the first of them; forever when the settings name none.
    pub(super) async fn heard(&mut self) {
        std::future::poll_fn(|context| {
            let heard = self.0.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
            if heard { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
    }
}

fn kind(signal: &Sig) -> SignalKind {
    match signal {
        Sig::Alrm => SignalKind::alarm(),
        Sig::Chld => SignalKind::child(),
        Sig::Hup => SignalKind::hangup(),
        Sig::Int => SignalKind::interrupt(),
        Sig::Io => SignalKind::io(),
        Sig::Pipe => SignalKind::pipe(),
        Sig::Quit => SignalKind::quit(),
        Sig::Term => SignalKind::terminate(),
        Sig::Usr1 => SignalKind::user_defined1(),
        Sig::Usr2 => SignalKind::user_defined2(),
    }
}
