//! Access tokens that another library (PyJWT) signs with keys of our ring: what is wrong in one thing is refused.

use serde_json::{Value, json};

use crate::support::{Server, python};

/// Prints tokens that are signed by a key of our own ring, whose secret half the test knows, and its public half. Some
/// are right; each of the others is wrong in one thing.
const SIGNING: &str = r#"
import json, sys, time, base64, hashlib, hmac, jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
given = json.load(sys.stdin)
own = given["algorithm"]
b64 = lambda part: base64.urlsafe_b64encode(part).rstrip(b"=").decode()
def generate(algorithm):
    if algorithm == "EdDSA":
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key(ec.SECP256R1()) if algorithm == "ES256" else rsa.generate_private_key(65537, 2048)
key = generate(own)
jwk = jwt.get_algorithm_by_name(own).to_jwk(key.public_key(), as_dict=True)
public = ".".join(jwk[name] for name in {"EdDSA": ["x"], "ES256": ["x", "y"], "RS256": ["n", "e"]}[own])
now = int(time.time())
right = {"iss": "vestibule", "aud": "vestibule", "sub": given["sub"], "client_id": "vestibule", "sid": given["sid"], "jti": "1", "iat": now, "exp": now + 60}
def raw(header, sign=None):
    # By hand: the library refuses to write some of these.
    part = lambda content: b64(json.dumps(content).encode())
    message = part({"typ": "at+jwt", "alg": own, "kid": "known", **header}) + "." + part(right)
    signed = sign(message.encode()) if sign else jwt.get_algorithm_by_name(own).sign(message.encode(), key)
    return message + "." + b64(signed)
def sign(changes={}, without=None, typ="at+jwt", kid="known", with_key=key, alg=own):
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
tokens["other audiences"] = sign({"aud": ["other"]})
tokens["right among other audiences"] = sign({"aud": ["other", "vestibule"]})
tokens["many issuers"] = sign({"iss": ["vestibule"]})
tokens["other client"] = sign({"client_id": "other"})
tokens["client as a list"] = sign({"client_id": ["vestibule"]})
tokens["other user"] = sign({"sub": given["other"]})
tokens["no such session"] = sign({"sid": "nobody"})
tokens["typ JWT"] = sign(typ="JWT")
tokens["kid of another key"] = sign(kid=given["kid"])
tokens["unknown kid"] = sign(kid="../../etc/passwd")
tokens["another key"] = sign(with_key=generate(own))
pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
for name, public_key in {"PEM": pem, "DER": der, "JWK": json.dumps(jwk).encode(), "text": public.encode()}.items():
    tokens["HS256 with the public key as " + name] = raw({"alg": "HS256"}, lambda message: hmac.digest(public_key, message, hashlib.sha256))
for other in {"ES256", "RS256", "EdDSA"} - {own}:
    # The key says what verifies, not the token.
    tokens["said to be " + other] = raw({"alg": other})
    tokens["of another key, " + other] = sign(with_key=generate(other), alg=other)
if own == "RS256":
    for other in ["RS512", "PS256"]:
        tokens["by the same key with " + other] = sign(alg=other)
if own == "ES256":
    tokens["zeros as the signature"] = raw({}, lambda message: bytes(64))
    tokens["a signature in DER"] = raw({}, lambda message: key.sign(message, ec.ECDSA(__import__("cryptography").hazmat.primitives.hashes.SHA256())))
tokens["none"] = sign(with_key=None, alg="none")
tokens["nbf tomorrow"] = sign({"nbf": now + 86400})
tokens["nbf as text"] = sign({"nbf": "now"})
tokens["crit"] = raw({"crit": ["exp"], "exp": now + 60})
tokens["crit of what nobody knows"] = raw({"crit": ["http://example.com/UNDEFINED"], "http://example.com/UNDEFINED": True})
tokens["empty crit"] = raw({"crit": []})
tokens["b64"] = raw({"b64": False, "crit": ["b64"]})
tokens["b64 alone"] = raw({"b64": False})
tokens["b64 as usual"] = raw({"b64": True})
tokens["a key in the token"] = raw({"jwk": jwk})
tokens["the address of a key"] = raw({"jku": "https://other.example/jwks.json"})
tokens["compressed"] = raw({"zip": "DEF"})
tokens["right by hand"] = raw({})
tokens["right with nbf"] = sign({"nbf": now - 60})
print(json.dumps({"public": public, "tokens": tokens}))
"#;

#[test]
fn a_token_that_is_signed_well_and_wrong_in_one_thing_is_refused() {
    let server = Server::seeded();
    server.client().pair("roy", "roy");
    let one = |query: &str| server.sql(query).remove(0);
    for algorithm in ["ES256", "RS256", "EdDSA"] {
        let given = json!({
            "algorithm": algorithm,
            "sub": one("SELECT id FROM users WHERE username = 'roy'"),
            "other": one("SELECT id FROM users WHERE username = 'admin'"),
            "sid": one("SELECT id FROM sessions"),
            "kid": one("SELECT id FROM signing_keys WHERE id <> 'known'"),
        });
        let made: Value = serde_json::from_str(&python::run(SIGNING, &given.to_string())).unwrap();
        let public = made["public"].as_str().unwrap();
        server.execute(&format!(
            "INSERT INTO signing_keys (id, private_key, public_key, created_at, algorithm) \
             VALUES ('known', '', '{public}', '2020-01-01 00:00:00', '{algorithm}')"
        ));
        let tokens = made["tokens"].as_object().unwrap();
        assert!(tokens.len() > 40, "{}", tokens.len());
        let unexpected = tokens.iter().filter_map(|(what, token)| {
            let status = server.client().bearing(token.as_str().unwrap()).get("/api/v1/me").status;
            (status != if what.starts_with("right") { 200 } else { 401 }).then_some((what, status))
        });
        assert_eq!(unexpected.collect::<Vec<_>>(), [], "{algorithm}");
        server.execute("DELETE FROM signing_keys WHERE id = 'known'");
    }
}
