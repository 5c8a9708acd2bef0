//! Who gets a place, and who is turned away.

use std::net::{IpAddr, Ipv4Addr};

use super::*;

/// Twenty places: two cores, a quarter of a second for each hash of a thousand units, and two and a half seconds.
fn gate() -> Gate {
    let gate = Gate::new(2, Duration::from_millis(2500), 2);
    gate.0.unit_nanos.store(250_000, Ordering::Relaxed);
    assert_eq!(gate.places(1000), 20);
    gate
}

fn enter(gate: &Gate, who: Who) -> Result<Place, Full> {
    gate.enter(who, 1, 1000)
}

fn stranger(number: u8) -> Who {
    Who::Stranger(Some(Network::from(IpAddr::from(Ipv4Addr::new(192, 0, 2, number)))))
}

fn known(name: &str) -> Who {
    Who::Known(name.to_owned(), None)
}

#[test]
fn strangers_leave_a_quarter_to_known_devices() {
    let gate = gate();
    let taken: Vec<Place> = (0..15).map(|number| enter(&gate, stranger(number)).unwrap()).collect();
    assert!(enter(&gate, stranger(99)).is_err() && enter(&gate, Who::Stranger(None)).is_err());
    let owner = enter(&gate, known("anna")).unwrap();
    drop(taken);
    assert!(enter(&gate, stranger(99)).is_ok(), "places are given back");
    drop(owner);
    assert!(gate.taken().accounts.is_empty() && gate.taken().networks.is_empty() && gate.taken().places == 0);
}

#[test]
fn one_account_does_not_take_all_that_is_kept() {
    let gate = gate();
    let _strangers: Vec<Place> = (0..15).map(|number| enter(&gate, stranger(number)).unwrap()).collect();
    let mut attacker: Vec<Place> = (0..25).filter_map(|_| enter(&gate, known("attacker")).ok()).collect();
    assert_eq!(attacker.len(), 2);
    let _owner = enter(&gate, known("owner")).unwrap();
    attacker.pop();
    assert!(enter(&gate, known("attacker")).is_ok(), "one for each that ends");
}

#[test]
fn many_accounts_of_one_network_do_not_either() {
    let gate = gate();
    let network = || Some(Network::from(IpAddr::from(Ipv4Addr::new(203, 0, 113, 1))));
    let _strangers: Vec<Place> = (0..15).map(|number| enter(&gate, stranger(number)).unwrap()).collect();
    let crowd = (0..10).filter_map(|number| enter(&gate, Who::Known(number.to_string(), network())).ok());
    assert_eq!(crowd.collect::<Vec<_>>().len(), 2);
}

#[test]
fn two_hashes_take_two_places() {
    let gate = gate();
    let _twice: Vec<Place> = (0..7).map(|number| gate.enter(stranger(number), 2, 1000).unwrap()).collect();
    let _once = enter(&gate, stranger(8)).unwrap();
    assert!(enter(&gate, stranger(9)).is_err());
}

#[test]
fn one_network_or_account_fills_half_and_no_more() {
    for who in [stranger(1), known("anna")] {
        let gate = gate();
        let class: Vec<Place> = std::iter::from_fn(|| enter(&gate, who.clone()).ok()).take(30).collect();
        assert_eq!(class.len(), 10, "{who:?}");
        let _others: Vec<Place> = [2, 2, 3].map(|number| enter(&gate, stranger(number)).unwrap()).into();
        assert!(enter(&gate, stranger(2)).is_err(), "two of a network, once half of all are taken");
    }
}

#[test]
fn dear_hashes_leave_some_places_and_cheap_ones_not_too_many() {
    let gate = gate();
    assert_eq!(gate.places(100_000), 4);
    assert_eq!(gate.places(0), MOST);
    assert_eq!(gate.places(u64::MAX), 4);
}

#[test]
fn a_slower_machine_has_fewer_places() {
    let gate = gate();
    (0..100).for_each(|_| gate.learn(1000, Duration::from_millis(500)));
    assert_eq!(gate.places(1000), 10);
    gate.learn(0, Duration::MAX);
    assert_eq!(gate.places(1000), 6, "one sample does not close the gate, and nothing overflows");
}
