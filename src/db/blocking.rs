//! Work on a thread that may block, and the wait for its answer.

use tokio::sync::oneshot;

use super::{Db, Error};

/// Where the answer of work arrives; nothing does when it panics, or when the runtime ends before its turn.
pub(super) type Answer<T, E> = oneshot::Receiver<std::result::Result<T, E>>;

impl Db {
    /// Waits for an answer no longer than anybody would. The work goes on, and keeps its turn until it ends.
    pub(super) async fn with_patience<T, E: From<Error>>(&self, answer: Answer<T, E>) -> std::result::Result<T, E> {
        match self.patience {
            None => answer_of(answer).await,
            Some(patience) => tokio::time::timeout(patience, answer_of(answer))
                .await
                .unwrap_or_else(|_| Err(Error::Unreachable("it did not answer in time".to_owned()).into())),
        }
    }

    /// Runs work on a thread that may block, and waits for it. It runs to its end even when nobody waits for it.
    ///
    /// # Errors
    /// Those of the work, and [`Error::Interrupted`].
    pub async fn on_blocking_thread<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Db) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answer_of(self.start(work)).await
    }

    /// Starts work on a thread that may block.
    pub(super) fn start<T, E, F>(&self, work: F) -> Answer<T, E>
    where
        F: FnOnce(&Db) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Send + 'static,
    {
        let db = self.clone();
        let (tell, answer) = oneshot::channel();
        // In a box, all work is of one type. With a type of its own for each of the 130 kinds, the program would have 2133
        // functions for tasks instead of 478.
        let boxed: Box<dyn FnOnce() + Send> = Box::new(move || {
            let done = work(&db);
            drop(db);
            // Nobody may be waiting any more.
            let _ = tell.send(done);
        });
        tokio::task::spawn_blocking(boxed);
        answer
    }
}

async fn answer_of<T, E: From<Error>>(answer: Answer<T, E>) -> std::result::Result<T, E> {
    answer.await.unwrap_or_else(|_| Err(Error::Interrupted.into()))
}
