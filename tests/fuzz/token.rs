//! Access tokens: one that is changed in any letter is none, and of those that are signed well only the right ones count.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use rocket::http::{ContentType, Header};
use rocket::local::blocking::Client;
use serde_json::{Map, Value, json};

use crate::support::in_process;
use crate::{inputs, run};

/// A server, and a token of its own making.
struct House {
    client: Client,
    token: &'static str,
    home: in_process::Home,
}

impl House {
    fn open() -> House {
        let (rocket, home) = in_process::seeded();
        let client = in_process::client(rocket);
        let body = r#"{"login":"roy","password":"roy"}"#;
        let answer = in_process::send(client.post("/api/v1/tokens").header(ContentType::JSON).body(body));
        let pair: Value = serde_json::from_str(&answer.into_string().unwrap()).unwrap();
        let token = String::leak(pair["access_token"].as_str().expect("a token").to_owned());
        House { client, token, home }
    }

    /// Whether a token is believed; anything but yes and no fails.
    fn believes(&self, token: &str) -> bool {
        let bearer = Header::new("Authorization", format!("Bearer {token}"));
        match in_process::send(self.client.get("/api/v1/me").header(bearer)).status().code {
            200 => true,
            401 => false,
            status => panic!("{status} for {token}"),
        }
    }

    /// Makes a key of ours whose secret half is known here.
    fn add_key(&self, id: &str) -> EcdsaKeyPair {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
        let public = format!("{}.{}", URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        let values = format!("'{id}', '', '{public}', '2020-01-01 00:00:00', 'ES256'");
        let columns = "id, private_key, public_key, created_at, algorithm";
        self.home.connection().execute(&format!("INSERT INTO signing_keys ({columns}) VALUES ({values})"));
        pair
    }
}

#[test]
fn a_changed_token_is_none() {
    let house = House::open();
    assert!(house.believes(house.token));
    let samples = Vec::leak(vec![house.token]);
    const PIECES: &[&str] = &[".", "..", "=", "-", "_", "+", "/", "A", "eyJhbGciOiJub25lIn0", " ", ","];
    run::fuzz(inputs::text(samples, PIECES), |token| {
        // Around a token spaces mean nothing, and no header has a line break.
        assert_eq!(house.believes(&token), token.trim() == house.token, "{token}");
    });
}

/// What stands for a claim: the right value as often as not.
#[derive(Debug, Clone)]
enum Said {
    Right,
    Nothing,
    Wrong(Value),
}

fn said() -> impl Strategy<Value = Said> {
    let far = 4_102_444_800_i64;
    let values = vec![
        json!(null),
        json!(0),
        json!(-1),
        json!(far),
        json!(far as f64 * 1e200),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(""),
        json!("x"),
        json!("vestibule "),
        json!("4102444800"),
        json!([]),
        json!(["vestibule"]),
        json!({ "a": 1 }),
        json!(true),
    ];
    prop_oneof![20 => Just(Said::Right), 1 => Just(Said::Nothing), 2 => select(values).prop_map(Said::Wrong)]
}

#[test]
fn what_is_signed_well_counts_only_when_every_claim_is_right() {
    let house = House::open();
    let key = house.add_key("known");
    let claims: Value = {
        let claims = URL_SAFE_NO_PAD.decode(house.token.split('.').nth(1).unwrap()).unwrap();
        let mut claims: Map<String, Value> = serde_json::from_slice(&claims).unwrap();
        // These are for others to read.
        claims.retain(|name, _| !["name", "preferred_username", "roles"].contains(&name.as_str()));
        claims.into()
    };
    assert_eq!(claims.as_object().unwrap().len(), 8, "{claims}");
    let header = json!({ "alg": "ES256", "typ": "at+jwt", "kid": "known" });
    let names: Vec<String> = claims.as_object().unwrap().keys().cloned().collect();
    // What no token of ours says: in the header it always counts, in the claims only what they have a name for.
    let far = 4_102_444_800_i64;
    let beside = [
        ("crit", json!(["exp"]), false, false),
        ("b64", json!(false), false, false),
        ("jwk", json!({ "kty": "OKP" }), false, false),
        ("cty", json!("JWT"), false, false),
        ("nbf", json!(far), true, false),
        ("nbf", json!("tomorrow"), true, false),
        ("nbf", json!(0), true, true),
        ("scope", json!("anything"), true, true),
    ];
    let extra = option::weighted(0.3, select(beside.to_vec()));
    let inputs = (proptest::collection::vec(said(), names.len()), proptest::collection::vec(said(), 3), extra);
    run::fuzz(inputs, |(said, said_above, extra)| {
        let mut right = true;
        let mut written = |original: &Value, said: &[Said]| {
            let mut fields = Map::new();
            for ((name, value), said) in original.as_object().unwrap().iter().zip(said) {
                match said {
                    Said::Right => _ = fields.insert(name.clone(), value.clone()),
                    Said::Nothing => right = false,
                    Said::Wrong(wrong) => {
                        right = right && is_as_good(name, wrong);
                        fields.insert(name.clone(), wrong.clone());
                    }
                }
            }
            fields
        };
        let mut header = written(&header, &said_above);
        let mut claims = written(&claims, &said);
        if let Some((name, value, is_claim, harmless)) = extra {
            if is_claim { &mut claims } else { &mut header }.insert(name.to_owned(), value);
            right = right && harmless;
        }
        let encode = |part: Map<String, Value>| URL_SAFE_NO_PAD.encode(Value::Object(part).to_string());
        let message = format!("{}.{}", encode(header), encode(claims));
        let signature = URL_SAFE_NO_PAD.encode(key.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref());
        let token = format!("{message}.{signature}");
        assert_eq!(house.believes(&token), right, "{token}");
    });
}

/// Whether a wrong value does no harm: any id of the token itself, any time of issue in the past, a later end,
/// the audience in another form.
fn is_as_good(claim: &str, value: &Value) -> bool {
    match claim {
        "jti" => value.is_string(),
        // A list with us in it (RFC 7519, 4.1.3).
        "aud" => value == &json!(["vestibule"]),
        "iat" => value.as_i64().is_some_and(|at| at <= 0),
        "exp" => value.as_i64().is_some_and(|at| at > 1_000_000_000),
        _ => false,
    }
}
