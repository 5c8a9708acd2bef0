"""Verifies an access token with each library, as its documentation says, and prints which could.

Reads {"token", "algorithm", "issuer", "audience", "jwks_url"} as JSON; prints {library: null or what went wrong}.
"""

import json
import sys
import urllib.request

given = json.load(sys.stdin)
token, algorithm, issuer, audience = (given[name] for name in ["token", "algorithm", "issuer", "audience"])
keys = json.load(urllib.request.urlopen(given["jwks_url"]))


def pyjwt():
    import jwt

    key = jwt.PyJWKClient(given["jwks_url"]).get_signing_key_from_jwt(token)
    return jwt.decode(token, key, algorithms=[algorithm], issuer=issuer, audience=audience)


def python_jose():
    from jose import jwt

    return jwt.decode(token, keys, algorithms=[algorithm], issuer=issuer, audience=audience)


def authlib():
    from authlib.oauth2.rfc9068 import JWTBearerTokenValidator

    class Validator(JWTBearerTokenValidator):
        def get_jwks(self):
            return keys

    validator = Validator(issuer, resource_server=audience)
    claims = validator.authenticate_token(token)
    validator.validate_token(claims, [], None)
    return claims


def joserfc():
    from joserfc import jwt
    from joserfc.jwk import KeySet

    # Without a list of algorithms: those that it recommends.
    claims = jwt.decode(token, KeySet.import_key_set(keys)).claims
    wanted = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": audience}}
    jwt.JWTClaimsRegistry(**wanted).validate(claims)
    return claims


def jwcrypto():
    from jwcrypto import jwk, jwt

    ours = jwk.JWKSet.from_json(json.dumps(keys))
    verified = jwt.JWT(jwt=token, key=ours, algs=[algorithm], check_claims={"iss": issuer, "aud": audience})
    return json.loads(verified.claims)


found = {}
libraries = {"PyJWT": pyjwt, "python-jose": python_jose, "Authlib (RFC 9068)": authlib, "joserfc": joserfc, "jwcrypto": jwcrypto}
for name, verify in libraries.items():
    try:
        assert verify()["preferred_username"] == "roy"
        found[name] = None
    except Exception as error:
        found[name] = f"{type(error).__name__}: {error}"
print(json.dumps(found))
