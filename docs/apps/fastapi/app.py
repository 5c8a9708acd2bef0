"""A FastAPI app whose people log in with Vestibule."""

import os
from typing import Annotated

import httpx
import jwt
import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.security import OAuth2PasswordBearer

VESTIBULE = os.environ.get("VESTIBULE", "http://127.0.0.1:8000")  # its public_url
KEYS = jwt.PyJWKClient(f"{VESTIBULE}/.well-known/jwks.json")
# "Authorize" on /docs logs in there.
Token = Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl=f"{VESTIBULE}/api/v1/tokens"))]
app = FastAPI()


def claims(token: Token) -> dict:
    """What the access token says. Asks nobody: the token is checked by its signature."""
    try:
        key = KEYS.get_signing_key_from_jwt(token)
        return jwt.decode(token, key, algorithms=["ES256"], issuer=VESTIBULE, audience=VESTIBULE)
    except jwt.PyJWKClientConnectionError:
        raise HTTPException(503)
    except jwt.PyJWTError:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})


async def session(request: Request) -> httpx.Headers:
    """Who is logged in right now, by cookie or token. Asks Vestibule."""
    sent = {name: request.headers[name] for name in ["authorization", "cookie"] if name in request.headers}
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            answer = await client.get(f"{VESTIBULE}/api/v1/session", headers=sent)
    except httpx.HTTPError:
        raise HTTPException(503)
    if answer.status_code != 200:
        raise HTTPException(401 if answer.status_code == 401 else 503)
    return answer.headers


@app.get("/me")
def me(claims: Annotated[dict, Depends(claims)]):
    return {"username": claims["preferred_username"]}


@app.get("/reports")
def reports(claims: Annotated[dict, Depends(claims)]):
    if "editor" not in claims.get("roles", []):
        raise HTTPException(403)
    return {"reports": []}


@app.get("/settings")
def settings(session: Annotated[httpx.Headers, Depends(session)]):
    return {"username": session["Remote-User"]}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "5000")))
