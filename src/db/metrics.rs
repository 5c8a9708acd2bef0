//! How busy the connections are, for monitoring.

use diesel::r2d2::Pool;

use super::Db;
use super::manager::Manager;
use super::queue::Queue;

/// How busy the connections of one kind are.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// What they are for: `read` or `write`.
    pub purpose: &'static str,
    /// How many there may be.
    pub most: u32,
    /// How many are at work.
    pub in_use: u32,
    /// How many requests wait for one.
    pub waiting: usize,
    /// How many requests were turned away, because too many waited already.
    pub refused: u64,
}

impl Db {
    /// How busy the connections are. It takes none itself.
    pub fn usage(&self) -> [Usage; 2] {
        [Usage::of("read", &self.readers, &self.to_read), Usage::of("write", &self.writer, &self.to_write)]
    }
}

impl Usage {
    fn of(purpose: &'static str, pool: &Pool<Manager>, queue: &Queue) -> Usage {
        let state = pool.state();
        Usage {
            purpose,
            most: pool.max_size(),
            in_use: state.connections.saturating_sub(state.idle_connections),
            waiting: queue.waiting(),
            refused: queue.refused(),
        }
    }
}
