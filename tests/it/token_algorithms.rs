//! What access tokens are signed with: a key has one algorithm, and the setting `token_algorithm` decides that of the
//! next one.

use serde_json::{Value, json};

use crate::support::{Server, python};

fn with_algorithm(name: &str) -> Server {
    Server::prepare().with("VESTIBULE_TOKEN_ALGORITHM", name).and_seed().and_start()
}

fn token(server: &Server) -> String {
    server.client().pair("roy", "roy")["access_token"].as_str().unwrap().to_owned()
}

fn me(server: &Server, token: &str) -> u16 {
    server.client().bearing(token).get("/api/v1/me").status
}

/// Algorithm and state of each key, the newest first.
fn keys(server: &Server) -> Vec<String> {
    let listed: Value = serde_json::from_str(&server.cli(&["key", "list", "--json"]).stdout).unwrap();
    let text = |key: &Value| format!("{} {}", key["algorithm"].as_str().unwrap(), key["state"].as_str().unwrap());
    listed.as_array().unwrap().iter().map(text).collect()
}

/// The algorithms of the public keys, the newest first.
fn published(server: &Server) -> Vec<String> {
    let set = server.client().get("/.well-known/jwks.json").json();
    set["keys"].as_array().unwrap().iter().map(|key| key["alg"].as_str().unwrap().to_owned()).collect()
}

/// Verifies a token as each library's own documentation says, and prints what came of it.
const LIBRARIES: &str = r#"
import json, sys
given = json.load(sys.stdin)
token, keys, alg, audience = given["token"], given["keys"], given["algorithm"], given["audience"]

def pyjwt():
    import jwt
    key = next(key for key in jwt.PyJWKSet.from_dict(keys).keys if key.key_id == jwt.get_unverified_header(token)["kid"])
    return jwt.decode(token, key, algorithms=[alg], audience=audience, issuer="vestibule",
                      options={"require": ["iss", "aud", "sub", "client_id", "sid", "jti", "iat", "exp"]})

def python_jose():
    from jose import jwt
    return jwt.decode(token, keys, algorithms=[alg], audience=audience, issuer="vestibule")

def authlib():
    # Its validator of RFC 9068, which looks at the type and at every claim that has to be there.
    from authlib.oauth2.rfc9068 import JWTBearerTokenValidator
    class Validator(JWTBearerTokenValidator):
        def get_jwks(self):
            return keys
    validator = Validator(issuer="vestibule", resource_server=audience)
    claims = validator.authenticate_token(token)
    validator.validate_token(claims, [], None)
    validator.validate_token(claims, [], None, roles=["sailor"])
    return claims

def joserfc():
    from joserfc import jwt
    from joserfc.jwk import KeySet
    # Without a list of algorithms: those that it takes by default.
    found = jwt.decode(token, KeySet.import_key_set(keys))
    jwt.JWTClaimsRegistry(iss={"essential": True, "value": "vestibule"}, aud={"essential": True, "value": audience}).validate(found.claims)
    return found.claims

def jwcrypto():
    from jwcrypto import jwk, jwt
    found = jwt.JWT(jwt=token, key=jwk.JWKSet.from_json(json.dumps(keys)), algs=[alg], expected_type="JWS",
                    check_claims={"iss": "vestibule", "exp": None, "sub": None})
    return json.loads(found.claims)

for library in [pyjwt, python_jose, authlib, joserfc, jwcrypto]:
    try:
        claims = library()
        said = "verifies" if claims["sub"] == given["sub"] else "says something else"
    except Exception as error:
        said = type(error).__name__
    print(library.__name__, said)
"#;

#[test]
fn libraries_of_python_verify_tokens_of_the_algorithms_that_they_know() {
    for (setting, algorithm, but) in [
        (None, "ES256", &[][..]),
        (Some("RS256"), "RS256", &[]),
        (Some("EdDSA"), "EdDSA", &["python_jose", "joserfc", "authlib"]),
    ] {
        let server = Server::prepare().with("VESTIBULE_AUDIENCE", r#"["https://api.example.com"]"#).and_seed();
        server.cli(&["user", "role", "add", "roy", "sailor"]);
        let server = match setting {
            Some(name) => server.with("VESTIBULE_TOKEN_ALGORITHM", name).and_start(),
            None => server.and_start(),
        };
        let given = json!({
            "token": token(&server),
            "keys": server.client().get("/.well-known/jwks.json").json(),
            "algorithm": algorithm,
            "audience": "https://api.example.com",
            "sub": server.sql("SELECT id FROM users WHERE username = 'roy'")[0],
        });
        let said = python::run(LIBRARIES, &given.to_string());
        assert_eq!(said.lines().count(), 5, "{said}");
        for line in said.lines() {
            let library = line.split(' ').next().unwrap();
            assert_eq!(line.ends_with(" verifies"), !but.contains(&library), "{algorithm}: {line}");
        }
    }
}

#[test]
fn a_public_key_has_the_members_of_its_type() {
    for (algorithm, kty, members) in [
        ("ES256", "EC", &["alg", "crv", "kid", "kty", "use", "x", "y"][..]),
        ("RS256", "RSA", &["alg", "e", "kid", "kty", "n", "use"]),
        ("EdDSA", "OKP", &["alg", "crv", "kid", "kty", "use", "x"]),
    ] {
        let server = with_algorithm(algorithm);
        let answer = server.client().get("/.well-known/jwks.json");
        assert_eq!(answer.header("cache-control"), Some("public, max-age=60"));
        let set = answer.json();
        let key = set["keys"][0].as_object().unwrap();
        assert_eq!(key.keys().collect::<Vec<_>>(), members);
        assert_eq!(
            (key["kty"].as_str(), key["alg"].as_str(), key["use"].as_str()),
            (Some(kty), Some(algorithm), Some("sig"))
        );
    }
}

#[test]
fn the_start_makes_a_key_of_the_algorithm_that_is_set_and_what_is_out_stays_valid() {
    let mut server = with_algorithm("EdDSA");
    let old = token(&server);
    assert_eq!((keys(&server), published(&server)), (vec!["EdDSA signs".to_owned()], vec!["EdDSA".to_owned()]));
    assert_eq!(server.terminate(), 0);
    let mut server = server.with("VESTIBULE_TOKEN_ALGORITHM", "RS256").and_start();
    let new = token(&server);
    assert_eq!(keys(&server), ["RS256 signs", "EdDSA verifies"]);
    assert_eq!(published(&server), ["RS256", "EdDSA"]);
    assert_eq!((me(&server, &old), me(&server, &new)), (200, 200));
    let rotated = "SELECT actor FROM audit_events WHERE event = 'key.rotated'";
    assert_eq!(server.sql(rotated), ["system"]);
    assert_eq!(server.terminate(), 0);
    server.start(&["serve"]);
    assert_eq!(keys(&server).len(), 2, "nothing to do");
}

#[test]
fn an_operator_rotates_to_another_algorithm_and_is_told_that_the_start_undoes_it() {
    let mut server = Server::seeded();
    let old = token(&server);
    let rotated = server.cli(&["key", "rotate", "--algorithm", "rs256"]);
    assert_eq!(rotated.code, 0, "{}", rotated.stderr);
    let said = rotated.stdout + &rotated.stderr;
    assert!(said.contains("by RS256.") && said.contains("VESTIBULE_TOKEN_ALGORITHM"), "{said}");
    let new = token(&server);
    assert_eq!((me(&server, &old), me(&server, &new)), (200, 200));
    assert_eq!(keys(&server), ["RS256 signs", "ES256 verifies"]);
    let table = server.cli(&["key", "list"]).stdout;
    assert!(table.starts_with("ID ") && table.contains("ALGORITHM") && table.contains("RS256"), "{table}");
    assert_eq!(server.terminate(), 0);
    server.start(&["serve"]);
    assert_eq!(keys(&server), ["ES256 signs", "RS256 verifies", "ES256 verifies"]);
    let plain = server.cli(&["key", "rotate"]);
    assert!(!(plain.stdout + &plain.stderr).contains("VESTIBULE_TOKEN_ALGORITHM"));
    assert_eq!(keys(&server)[0], "ES256 signs");
    let refused = server.cli(&["key", "rotate", "--algorithm", "HS256"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("use ES256, RS256 or EdDSA"), "{}", refused.stderr);
}

/// Takes the database back to before keys had algorithms.
fn as_before(server: &Server) {
    server.execute("ALTER TABLE signing_keys DROP COLUMN algorithm");
    server.execute("DELETE FROM __diesel_schema_migrations WHERE version = '20261128000020'");
}

#[test]
fn an_upgrade_signs_with_a_new_key_and_verifies_what_the_first_one_signed() {
    for algorithm in ["ES256", "EdDSA"] {
        let mut server = with_algorithm("EdDSA");
        let old = token(&server);
        assert_eq!(server.terminate(), 0);
        as_before(&server);
        let server = server.with("VESTIBULE_TOKEN_ALGORITHM", algorithm).and_start();
        assert_eq!(keys(&server), [&format!("{algorithm} signs"), "EdDSA verifies"]);
        assert_eq!((me(&server, &old), me(&server, &token(&server))), (200, 200));
    }
}

/// Prints a token as the version before signed it, by a key whose secret half the test knows, and the key's `x`.
const FIRST: &str = r#"
import json, sys, time, base64, jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
given = json.load(sys.stdin)
key = Ed25519PrivateKey.generate()
now = int(time.time())
claims = {"iss": "vestibule", "aud": "vestibule", "sub": given["sub"], "sid": given["sid"], "jti": "1", "iat": now, "exp": now + 60}
x = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
print(json.dumps({"x": x, "token": jwt.encode(claims, key, algorithm="EdDSA", headers={"typ": "at+jwt", "kid": "known"})}))
"#;

#[test]
fn only_tokens_of_the_first_keys_may_name_no_client() {
    let server = Server::seeded();
    server.client().pair("roy", "roy");
    let one = |query: &str| server.sql(query).remove(0);
    let given = json!({
        "sub": one("SELECT id FROM users WHERE username = 'roy'"),
        "sid": one("SELECT id FROM sessions"),
    });
    let made: Value = serde_json::from_str(&python::run(FIRST, &given.to_string())).unwrap();
    let (x, old) = (made["x"].as_str().unwrap(), made["token"].as_str().unwrap());
    server.execute(&format!(
        "INSERT INTO signing_keys (id, private_key, public_key, created_at) VALUES ('known', '', '{x}', '2020-01-01 00:00:00')"
    ));
    assert_eq!(me(&server, old), 200);
    server.execute("UPDATE signing_keys SET algorithm = 'EdDSA' WHERE id = 'known'");
    server.let_a_second_pass();
    assert_eq!(me(&server, old), 401);
}
