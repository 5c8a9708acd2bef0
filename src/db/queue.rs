//! Who waits for a connection. Waiting takes no thread, so it can't use up the threads that may block. The number of
//! those who wait is limited; whoever comes later is refused at once.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Error, Result};
use crate::metrics::Counter;

/// On whose behalf someone waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behalf {
    /// Someone who is signed in, an operator, or the program itself.
    Known,
    /// A stranger. They get half of the places: however many there are, they don't take those of people who are signed in.
    Stranger,
}

/// A queue before a number of connections, in the order of arrival.
#[derive(Debug, Clone)]
pub(super) struct Queue(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    turns: Arc<Semaphore>,
    places: Semaphore,
    /// How many places there are.
    most: usize,
    strangers: Semaphore,
    refused: Counter,
}

/// The right to use a connection, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn(#[expect(dead_code, reason = "it counts as long as it is held")] OwnedSemaphorePermit);

impl Queue {
    /// A queue for a number of connections, with a number of places to wait in.
    pub(super) fn new(connections: usize, places: usize) -> Queue {
        Queue(Arc::new(Inner {
            turns: Arc::new(Semaphore::new(connections)),
            places: Semaphore::new(places),
            most: places,
            strangers: Semaphore::new(places / 2),
            refused: Counter::default(),
        }))
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.0.most.saturating_sub(self.0.places.available_permits())
    }

    /// How many were refused at once, since the start.
    pub(super) fn refused(&self) -> u64 {
        self.0.refused.get()
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`Error::Busy`] at once when too many wait already, [`Error::Unreachable`] when the time is up.
    pub(super) async fn turn(&self, behalf: Behalf, deadline: Instant) -> Result<Turn> {
        let queue = &self.0;
        if let Ok(turn) = Arc::clone(&queue.turns).try_acquire_owned() {
            return Ok(Turn(turn));
        }
        let place = match behalf {
            Behalf::Known => Ok(None),
            Behalf::Stranger => queue.strangers.try_acquire().map(Some),
        };
        let (Ok(_place_of_stranger), Ok(_place)) = (place, queue.places.try_acquire()) else {
            queue.refused.count();
            return Err(Error::Busy);
        };
        match tokio::time::timeout_at(deadline.into(), Arc::clone(&queue.turns).acquire_owned()).await {
            Ok(Ok(turn)) => Ok(Turn(turn)),
            Ok(Err(_)) | Err(_) => Err(Error::Unreachable("no connection came free in time".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn later() -> Instant {
        Instant::now() + Duration::from_secs(60)
    }

    /// Lets every task go as far as it can.
    async fn settle() {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }

    #[test]
    fn so_many_wait_and_whoever_comes_later_is_told_at_once() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let queue = Queue::new(1, 4);
            let turn = queue.turn(Behalf::Stranger, later()).await.unwrap();
            let wait = |behalf: Behalf| {
                let queue = queue.clone();
                tokio::spawn(async move { queue.turn(behalf, later()).await.map(drop) })
            };
            let strangers: Vec<_> = (0..3).map(|_| wait(Behalf::Stranger)).collect();
            settle().await;
            let refused = strangers.iter().filter(|task| task.is_finished()).count();
            assert_eq!(refused, 1, "two of four places are for strangers");
            let known: Vec<_> = (0..3).map(|_| wait(Behalf::Known)).collect();
            settle().await;
            assert_eq!(known.iter().filter(|task| task.is_finished()).count(), 1, "the other two are for the rest");
            assert_eq!((queue.waiting(), queue.refused()), (4, 2));
            drop(turn);
            let mut answers = Vec::new();
            for task in strangers.into_iter().chain(known) {
                answers.push(task.await.unwrap().is_ok());
            }
            assert_eq!(answers, [true, true, false, true, true, false], "who waited gets a turn");
            assert!(queue.turn(Behalf::Stranger, later()).await.is_ok(), "and all places are free again");
            assert_eq!(queue.waiting(), 0);
        });
    }

    #[test]
    fn nobody_waits_past_the_deadline() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let queue = Queue::new(1, 4);
            let _turn = queue.turn(Behalf::Known, later()).await.unwrap();
            let late = queue.turn(Behalf::Known, Instant::now()).await;
            assert!(matches!(late, Err(Error::Unreachable(_))), "{late:?}");
        });
    }
}
