"""A Flask app whose people log in with Vestibule."""

import os
import urllib.error
import urllib.request

import jwt
from flask import Flask, abort, request

VESTIBULE = os.environ.get("VESTIBULE", "http://127.0.0.1:8000")  # its public_url
KEYS = jwt.PyJWKClient(f"{VESTIBULE}/.well-known/jwks.json")
app = Flask(__name__)


def claims():
    """What the access token says. Asks nobody: the token is checked by its signature."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        abort(401)
    try:
        key = KEYS.get_signing_key_from_jwt(token)
        return jwt.decode(token, key, algorithms=["ES256"], issuer=VESTIBULE, audience=VESTIBULE)
    except jwt.PyJWKClientConnectionError:
        abort(503)
    except jwt.PyJWTError:
        abort(401)


def session():
    """Who is logged in right now, by cookie or token. Asks Vestibule."""
    names = ["Authorization", "Cookie"]
    sent = {name: request.headers[name] for name in names if name in request.headers}
    ask = urllib.request.Request(f"{VESTIBULE}/api/v1/session", headers=sent)
    try:
        with urllib.request.urlopen(ask, timeout=5) as answer:
            return answer.headers
    except urllib.error.HTTPError as refused:
        abort(401 if refused.code == 401 else 503)
    except OSError:
        abort(503)


@app.get("/me")
def me():
    return {"username": claims()["preferred_username"]}


@app.get("/reports")
def reports():
    if "editor" not in claims().get("roles", []):
        abort(403)
    return {"reports": []}


@app.get("/settings")
def settings():
    return {"username": session()["Remote-User"]}


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "5000")))
