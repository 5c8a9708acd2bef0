//! `vestibule mail`: tests the mail settings, and manages the mail that waits to be sent.

mod queue;
mod test;

use clap::Subcommand;

use super::error::Error;
pub(super) use test::{Sent, recipient, send};

/// Try out the settings of mail, and look after what waits to be sent.
#[derive(Debug, Subcommand)]
pub(super) enum Mail {
    /// Send a test message now, and say what goes wrong
    Test {
        /// Where to send it
        address: String,
    },
    /// List, retry and drop mail that waits or could not be delivered
    #[command(subcommand)]
    Queue(queue::Queue),
}

impl Mail {
    pub(super) async fn run(self) -> Result<(), Error> {
        match self {
            Mail::Test { address } => test::run(&address).await,
            Mail::Queue(queue) => queue.run().await,
        }
    }
}
