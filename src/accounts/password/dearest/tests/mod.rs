//! What failures cost, after which hashes.

use super::*;

const PBKDF2: &str = "$pbkdf2-sha256$60000$rnWOEUJISWmNcS6ldM7Z.w$X3RAaYyQ/6VZ.Jdfr37van5qqSGZYpw/5QkTDWqCdAE";

/// A hash of a cost, as the bcrypt library writes it. Its digest is of no password.
fn bcrypt(cost: u32) -> String {
    format!("$2b${cost:02}$n5.ViJwSqgSoXT8RJpeFhehBw2oTXNVa8cxWmdSFZxLf5Jru6YhgO")
}

fn survey(dearest: &Dearest, hashes: &[&str]) -> Survey {
    let mut survey = Survey::default();
    hashes.iter().for_each(|hash| dearest.look_at(&mut survey, "zoe", hash));
    dearest.learn(&survey);
    survey
}

#[test]
fn failures_cost_as_much_as_the_dearest_hash_whoever_made_it() {
    let own = "$bcrypt-sha256$v=2,t=2b,r=9$g/g4FmLsrfJ.1v4czGDDxu$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.e";
    let passlib = "$bcrypt-sha256$2b,11$wD9NENvdIcoFCu8W7NBCJe$ZB5CKBwMIzC/pocy/q087n2R2.V9OZ6";
    let django = format!("bcrypt_sha256${}", bcrypt(12));
    let dearest = Dearest::new(8);
    for (hashes, cost) in [
        (vec![], 8),
        (vec!["", "$2b$13$", bcrypt(7).as_str()], 8),
        (vec![own], 9),
        (vec![own, &bcrypt(10)], 10),
        (vec![passlib, own], 11),
        (vec![&django, own], 12),
        (vec![own, &bcrypt(14)], 14),
        (vec![own], 9),
    ] {
        survey(&dearest, &hashes);
        assert_eq!(dearest.full(""), units(cost), "{hashes:?}");
    }
}

#[test]
fn a_dearer_hash_that_was_stored_since_counts_from_its_first_check_on() {
    let dearest = Dearest::new(4);
    assert_eq!(dearest.full_with(&bcrypt(6), ""), units(6));
    assert_eq!(dearest.full_with(&bcrypt(5), ""), units(6));
    assert_eq!(dearest.full(""), units(6), "for everyone");
    assert_eq!(dearest.full_with(&bcrypt(15), ""), units(6), "but not what is above the limit");
}

#[test]
fn rounds_are_measured_once_for_each_function_and_whatever_their_number() {
    let dearest = Dearest::new(4);
    let cost = dearest.full_with(PBKDF2, "");
    assert!(cost > units(4), "60,000 rounds take longer than the cheapest bcrypt: {cost}");
    let of_many = u64::from(MANY_SHARES) * units(13) / 3;
    dearest.measured.lock().unwrap().values_mut().for_each(|costs| *costs = [of_many; 3]);
    for (number, cost) in [("60000", units(13)), ("60001", units(13) + 1), ("120000", units(14))] {
        let hash = PBKDF2.replace("60000", number).replace("rnWO", "snWO");
        survey(&dearest, &[&hash]);
        assert_eq!(dearest.full(""), cost, "{number}");
    }
    assert_eq!(dearest.measured.lock().unwrap().len(), 1);
}

#[test]
fn what_has_no_such_rounds_is_measured_once_for_all_hashes_with_the_same_parameters() {
    let argon2 = "$argon2id$v=19$m=64,t=2,p=1$ZjcYfEbydCXaDhqZJ4OxjQ$YeR+Qg8yhmPAiz6WND2QYAeYleUXb+P49UP0xZxSajo";
    let dearest = Dearest::new(4);
    dearest.full_with(argon2, "");
    dearest.measured.lock().unwrap().values_mut().for_each(|costs| *costs = [units(13); 3]);
    assert_eq!(dearest.full_with(&argon2.replace("ZjcY", "ZjcZ"), ""), units(13), "another salt");
    dearest.full_with(&argon2.replace("t=2", "t=3"), "");
    assert_eq!(dearest.measured.lock().unwrap().len(), 2);
    survey(&dearest, &[argon2]);
    assert_eq!(dearest.full(""), units(13));
}

#[test]
fn what_is_above_the_limit_is_counted_and_does_not_slow_everyone_down() {
    let dearest = Dearest::new(4);
    let found = survey(&dearest, &[&bcrypt(15), &bcrypt(6), &bcrypt(16), &bcrypt(15), &bcrypt(15)]);
    assert_eq!((found.above.count, found.above.names.len()), (4, MOST_NAMES));
    assert_eq!(dearest.full(""), units(6));
    assert_eq!(survey(&Dearest::new(16), &[&bcrypt(15)]).above.count, 0, "new hashes cost more");
}

#[test]
fn a_hash_that_is_above_the_limit_for_one_kind_of_password_does_not_show_with_the_others() {
    let dearest = Dearest::new(4);
    let wordpress = format!("$wp{}", bcrypt(14));
    assert_eq!(survey(&dearest, &[&wordpress]).above.count, 1);
    let full = |password: &str| dearest.full(password);
    assert_eq!([full("password"), full("it's")], [units(14), units(4)]);
    assert_eq!(Dearest::new(4).full_with(&wordpress, "password"), units(14), "from its first check on");

    let phpass = "$P$5WuJyqqZhcuIyph3whK30XVakqLjzG.";
    survey(&dearest, &[phpass]);
    // 2^7 rounds of 2^14 in a share
    let of_many = |cost: u64| cost * u64::from(MANY_SHARES) * (1 << 7);
    let costs = [10, units(14), units(14) + 1];
    dearest.measured.lock().unwrap().values_mut().for_each(|measured| *measured = costs.map(of_many));
    assert_eq!(survey(&dearest, &[phpass]).above.count, 1);
    let long = ["x".repeat(90), "x".repeat(250)];
    assert_eq!([full("x"), full(&long[0]), full(&long[1]), full("'")], [10, units(14), units(4), 30]);
}

#[test]
fn what_can_not_be_verified_is_counted() {
    let dearest = Dearest::new(4);
    let found = survey(&dearest, &["!", &bcrypt(17), &bcrypt(5), "$2b$05$cut"]);
    assert_eq!((found.useless.to_string().as_str(), found.above.count), ("3 (zoe, zoe, zoe)", 0));
}

#[test]
fn what_grows_with_the_password_is_measured_for_some_lengths() {
    let sha_crypt = "$5$rounds=10000$XbxHb0mUinJXsc2p$331HPidg/bFlk3dh3ioxpRhq3pnXOVdUQouVK3lVz.4";
    let dearest = Dearest::new(4);
    let costs = dearest.cost_of(sha_crypt).unwrap();
    assert!(costs[0] < costs[1] && costs[1] < costs[2], "{costs:?}");
    assert_eq!(costs[..3], costs[3..], "quotes make no difference");
    let full = |password: &str| dearest.full_with(sha_crypt, password);
    assert_eq!([full("short"), full(&"x".repeat(300))], [costs[0].max(units(4)), costs[2]]);
}

#[test]
fn what_wordpress_would_have_changed_costs_each_try() {
    let dearest = Dearest::new(4);
    let wordpress = format!("$wp{}", bcrypt(6));
    survey(&dearest, &[&wordpress]);
    let full = |password: &str| dearest.full(password);
    assert_eq!([full("password"), full("it's"), full(" between")], [units(6), 2 * units(6), 2 * units(6)]);
    survey(&dearest, &["$P$5WuJyqqZhcuIyph3whK30XVakqLjzG."]);
    // 2^7 rounds of 2^14 in a share
    let of_many = |cost: u64| cost * u64::from(MANY_SHARES) * (1 << 7);
    dearest.measured.lock().unwrap().values_mut().for_each(|costs| *costs = [10, 20, 30].map(of_many));
    survey(&dearest, &["$P$5WuJyqqZhcuIyph3whK30XVakqLjzG."]);
    assert_eq!([full("password"), full("it's"), full(&"'".repeat(50))], [10, 30, 60], "three tries");
}
