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

/// Prints tokens that are signed by a key of our own ring, whose secret half the test knows, and its `x`. Some are
/// right; each of the others is wrong in one thing.
const SIGNING: &str = r#"
import json, sys, time, base64, jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
given = json.load(sys.stdin)
key = Ed25519PrivateKey.generate()
x = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
now = int(time.time())
right = {"iss": "vestibule", "aud": "vestibule", "sub": given["sub"], "sid": given["sid"], "jti": "1", "iat": now, "exp": now + 60}
def raw(header):
    # By hand: the library refuses to write some of these.
    b64 = lambda part: base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
    message = b64({"typ": "at+jwt", "alg": "EdDSA", "kid": "known", **header}) + b"." + b64(right)
    return (message + b"." + base64.urlsafe_b64encode(key.sign(message)).rstrip(b"=")).decode()
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
tokens["nbf tomorrow"] = sign({"nbf": now + 86400})
tokens["nbf as text"] = sign({"nbf": "now"})
tokens["crit"] = raw({"crit": ["exp"], "exp": now + 60})
tokens["crit of what nobody knows"] = raw({"crit": ["http://example.com/UNDEFINED"], "http://example.com/UNDEFINED": True})
tokens["empty crit"] = raw({"crit": []})
tokens["b64"] = raw({"b64": False, "crit": ["b64"]})
tokens["b64 alone"] = raw({"b64": False})
tokens["b64 as usual"] = raw({"b64": True})
tokens["a key in the token"] = raw({"jwk": {"kty": "OKP", "crv": "Ed25519", "x": x}})
tokens["compressed"] = raw({"zip": "DEF"})
tokens["right by hand"] = raw({})
tokens["right with nbf"] = sign({"nbf": now - 60})
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
    let tokens = made["tokens"].as_object().unwrap().iter();
    let unexpected = tokens.filter_map(|(what, token)| {
        let status = server.client().bearing(token.as_str().unwrap()).get("/api/v1/me").status;
        (status != if what.starts_with("right") { 200 } else { 401 }).then_some((what, status))
    });
    assert_eq!(unexpected.collect::<Vec<_>>(), []);
}
