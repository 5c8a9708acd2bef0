//! Access tokens and another library (PyJWT): it verifies ours, and what it signs wrongly is refused.

use serde_json::{Value, json};

use crate::support::{Server, python};

#[test]
fn a_token_verifies_with_another_library_from_the_public_keys() {
    let server = Server::seeded();
    let pair = server.client().pair("roy", "roy");
    let keys = server.client().get("/.well-known/jwks.json").body;
    let script = r#"
import json, sys, jwt
given = json.load(sys.stdin)
token = given["token"]
keys = jwt.PyJWKSet.from_dict(json.loads(given["keys"]))
kid = jwt.get_unverified_header(token)["kid"]
key = next(key for key in keys.keys if key.key_id == kid)
claims = jwt.decode(token, key, algorithms=["EdDSA"], audience="vestibule", issuer="vestibule",
                    options={"require": ["iss", "aud", "sub", "sid", "jti", "iat", "exp"]})
print(claims["sub"])
"#;
    let said = python::run(script, &json!({ "token": pair["access_token"], "keys": keys }).to_string());
    assert_eq!(said.trim(), server.sql("SELECT id FROM users WHERE username = 'roy'")[0]);
}

/// Prints tokens that are signed by a key of our own ring, whose secret half the test knows, and its `x`. The
/// first is right; each of the others is wrong in one thing.
const SIGNING: &str = r#"
import json, sys, time, base64, jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
given = json.load(sys.stdin)
key = Ed25519PrivateKey.generate()
x = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
now = int(time.time())
right = {"iss": "vestibule", "aud": "vestibule", "sub": given["sub"], "sid": given["sid"], "jti": "1", "iat": now, "exp": now + 60}
def sign(changes={}, without=None, typ="at+jwt", kid="known", with_key=key, alg="EdDSA"):
    claims = {name: value for name, value in {**right, **changes}.items() if name != without}
    return jwt.api_jws.encode(json.dumps(claims).encode(), with_key, algorithm=alg, headers={"typ": typ, "kid": kid})
tokens = {"right": sign()}
for claim in right:
    tokens["without " + claim] = sign(without=claim)
tokens["exp as text"] = sign({"exp": str(now + 60)})
tokens["exp as a float far away"] = sign({"exp": 1e300})
tokens["expired"] = sign({"exp": now - 6})
tokens["iat tomorrow"] = sign({"iat": now + 86400, "exp": now + 90000})
tokens["other issuer"] = sign({"iss": "https://other.example"})
tokens["other audience"] = sign({"aud": "https://other.example"})
tokens["many audiences"] = sign({"aud": ["other"]})
tokens["other user"] = sign({"sub": given["other"]})
tokens["no such session"] = sign({"sid": "nobody"})
tokens["typ JWT"] = sign(typ="JWT")
tokens["kid of another key"] = sign(kid=given["kid"])
tokens["unknown kid"] = sign(kid="../../etc/passwd")
tokens["another key"] = sign(with_key=Ed25519PrivateKey.generate())
tokens["HS256 with the public key"] = sign(with_key=key.public_key().public_bytes_raw(), alg="HS256")
tokens["none"] = sign(with_key=None, alg="none")
print(json.dumps({"x": x, "tokens": tokens}))
"#;

#[test]
fn a_token_that_is_signed_well_and_wrong_in_one_thing_is_refused() {
    let server = Server::seeded();
    server.client().pair("roy", "roy");
    let one = |query: &str| server.sql(query).remove(0);
    let given = json!({
        "sub": one("SELECT id FROM users WHERE username = 'roy'"),
        "other": one("SELECT id FROM users WHERE username = 'admin'"),
        "sid": one("SELECT id FROM sessions"),
        "kid": one("SELECT id FROM signing_keys"),
    });
    let made: Value = serde_json::from_str(&python::run(SIGNING, &given.to_string())).unwrap();
    let x = made["x"].as_str().unwrap();
    server.execute(&format!(
        "INSERT INTO signing_keys (id, private_key, public_key, created_at) VALUES ('known', '', '{x}', '2020-01-01 00:00:00')"
    ));
    for (what, token) in made["tokens"].as_object().unwrap() {
        let status = server.client().bearing(token.as_str().unwrap()).get("/api/v1/me").status;
        assert_eq!(status, if what == "right" { 200 } else { 401 }, "{what}");
    }
}
