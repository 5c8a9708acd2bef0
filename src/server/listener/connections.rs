//! The connections that are open, by network: when there are too many, the one that has been silent for longest is
//! closed, and a new one is never refused.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::Notify;

use super::activity::Activity;
use super::numbers::Numbers;
use crate::accounts::throttle::Network;

/// Those of each network, in the order in which they came; of trusted proxies without one.
type ByNetwork = HashMap<Option<Network>, Vec<Arc<Activity>>>;

/// All open connections. Clones share them.
#[derive(Clone)]
pub(super) struct Connections {
    most: usize,
    most_of_a_network: usize,
    open: Arc<Mutex<ByNetwork>>,
    began: Instant,
    ended: Arc<Notify>,
    numbers: Arc<Numbers>,
}

/// An open connection, until it is dropped: by its own task, and by those of its requests that are still answered.
pub(super) struct Open {
    connections: Connections,
    network: Option<Network>,
    activity: Arc<Activity>,
}

impl Connections {
    /// With a limit for all, and one for each network. What is closed is counted.
    pub(super) fn new(most: usize, most_of_a_network: usize, numbers: Arc<Numbers>) -> Connections {
        Connections {
            most,
            most_of_a_network,
            open: Arc::default(),
            began: Instant::now(),
            ended: Arc::new(Notify::new()),
            numbers,
        }
    }

    /// Takes in a new connection of a network, and closes another one where there are too many. A connection without
    /// a network, such as that of a trusted proxy, counts only among all.
    pub(super) fn add(&self, network: Option<Network>) -> Open {
        let activity = Arc::new(Activity::new(self.began));
        let mut open = self.lock();
        if network.is_some() && open.get(&network).is_some_and(|of_network| of_network.len() >= self.most_of_a_network)
        {
            close_longest_silent(&mut open, &network);
            self.numbers.network.count();
        }
        if open.values().map(Vec::len).sum::<usize>() >= self.most {
            close_of_the_fullest(&mut open);
            self.numbers.all.count();
        }
        open.entry(network).or_default().push(Arc::clone(&activity));
        drop(open);
        Open { connections: self.clone(), network, activity }
    }

    /// Closes a connection, when the process can open no more files.
    pub(super) fn close_one(&self) {
        self.numbers.system.count();
        close_of_the_fullest(&mut self.lock());
    }

    /// Closes all connections, whatever they are doing.
    pub(super) fn close_all(&self) {
        self.lock().values().flatten().for_each(|activity| activity.close());
    }

    /// Waits until no connection is open.
    pub(super) async fn ended(&self) {
        loop {
            let ended = self.ended.notified();
            if self.lock().is_empty() {
                return;
            }
            ended.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, ByNetwork> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Those of the network that has most: whoever holds many connections loses one, not whoever came first.
fn close_of_the_fullest(open: &mut ByNetwork) {
    let fullest = open.iter().filter(|(network, _)| network.is_some()).max_by_key(|(_, of_network)| of_network.len());
    let fullest = fullest.or_else(|| open.iter().next()).map(|(network, _)| *network);
    if let Some(network) = fullest {
        close_longest_silent(open, &network);
    }
}

/// One whose request is being answered is left alone: such requests end by themselves.
fn close_longest_silent(open: &mut ByNetwork, network: &Option<Network>) {
    let Some(of_network) = open.get_mut(network) else { return };
    let silent = of_network.iter().enumerate().filter(|(_, activity)| !activity.is_answering());
    if let Some((place, _)) = silent.min_by_key(|(_, activity)| activity.last()) {
        // It no longer counts, although its task needs a moment to end.
        of_network.remove(place).close();
    }
}

impl Open {
    /// What it does.
    pub(super) fn activity(&self) -> &Arc<Activity> {
        &self.activity
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut open = self.connections.lock();
        if let Some(of_network) = open.get_mut(&self.network) {
            of_network.retain(|activity| !Arc::ptr_eq(activity, &self.activity));
            if of_network.is_empty() {
                open.remove(&self.network);
            }
        }
        if open.is_empty() {
            self.connections.ended.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn network(number: u8) -> Option<Network> {
        Some(Network::from(std::net::IpAddr::from([192, 0, 2, number])))
    }

    async fn is_closed(open: &Open) -> bool {
        let hour = Duration::from_secs(3600);
        tokio::time::timeout(Duration::ZERO, open.activity().closed(hour, hour)).await.is_ok()
    }

    #[tokio::test]
    async fn at_the_most_of_a_network_the_longest_silent_one_gives_way() {
        let connections = Connections::new(100, 3, Arc::default());
        let mut open: Vec<Open> = (0..3).map(|_| connections.add(network(1))).collect();
        // The first one is the one that speaks again later than the others.
        tokio::time::sleep(Duration::from_millis(5)).await;
        open[0].activity.received();
        let _answering = open[1].activity.answering();
        let neighbour = connections.add(network(2));
        let newest = connections.add(network(1));
        assert!(is_closed(&open[2]).await, "the longest silent of those that no request runs on");
        for kept in [&open[0], &open[1], &neighbour, &newest] {
            assert!(!is_closed(kept).await);
        }
        drop(_answering);
        open.clear();
        assert_eq!(connections.lock().len(), 2);
    }

    #[tokio::test]
    async fn at_the_most_of_all_the_network_with_most_gives_way() {
        let connections = Connections::new(4, 100, Arc::default());
        let few = connections.add(network(1));
        let many: Vec<Open> = (0..3).map(|_| connections.add(network(2))).collect();
        let newest = connections.add(network(3));
        assert!(!is_closed(&few).await && !is_closed(&newest).await);
        assert!(is_closed(&many[0]).await);
    }
}
