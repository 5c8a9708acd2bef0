// Verifies an access token with each library, as its documentation says, and prints which could.
//
// Reads {"token", "algorithm", "issuer", "audience", "jwks_url"} as JSON; prints {library: null or what went wrong}.
import assert from "node:assert";
import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import express from "express";
import { auth } from "express-oauth2-jwt-bearer";
import { createVerifier } from "fast-jwt";
import buildGetJwks from "get-jwks";
import * as jose from "jose";
import jsonwebtoken from "jsonwebtoken";
import jwksRsa from "jwks-rsa";
import passport from "passport";
import { ExtractJwt, Strategy } from "passport-jwt";

const { token, algorithm, issuer, audience, jwks_url: jwksUrl } = JSON.parse(readFileSync(0, "utf8"));
const { keys } = await (await fetch(jwksUrl)).json();
const { kid } = jose.decodeProtectedHeader(token);

// What an app answers to a request with the token.
async function answerOf(...handlers) {
  const app = express();
  app.get("/", ...handlers);
  app.use((error, request, response, next) => response.status(error.status ?? 500).send(error.message));
  const listening = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => listening.on("listening", resolve));
  const headers = { authorization: `Bearer ${token}`, connection: "close" };
  const answer = await fetch(`http://127.0.0.1:${listening.address().port}/`, { headers });
  listening.close();
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text} ${answer.headers.get("www-authenticate") ?? ""}`);
  return JSON.parse(text);
}

const libraries = {
  "jose": async () => {
    const found = jose.createRemoteJWKSet(new URL(jwksUrl));
    return (await jose.jwtVerify(token, found, { issuer, audience, typ: "at+jwt" })).payload;
  },
  "jsonwebtoken": async () => {
    const key = createPublicKey({ key: keys.find((key) => key.kid === kid), format: "jwk" });
    return jsonwebtoken.verify(token, key, { issuer, audience, algorithms: [algorithm] });
  },
  "passport-jwt": async () => {
    const strategy = new Strategy({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: jwksRsa.passportJwtSecret({ jwksUri: jwksUrl }),
      issuer, audience, algorithms: [algorithm],
    }, (claims, done) => done(null, claims));
    passport.use(strategy);
    return answerOf(passport.authenticate("jwt", { session: false }), (request, response) => response.json(request.user));
  },
  "express-oauth2-jwt-bearer (strict)": async () => {
    // It finds the rest at the issuer (RFC 8414).
    const check = auth({ issuerBaseURL: issuer, audience, strict: true, tokenSigningAlg: algorithm });
    return answerOf(check, (request, response) => response.json(request.auth.payload));
  },
  "fast-jwt with get-jwks": async () => {
    const getJwks = buildGetJwks({ jwksPath: new URL(jwksUrl).pathname });
    const key = async ({ header: { kid, alg } }) => getJwks.getPublicKey({ kid, alg, domain: issuer });
    return createVerifier({ key, algorithms: [algorithm], allowedIss: issuer, allowedAud: audience })(token);
  },
};
const found = {};
for (const [name, verify] of Object.entries(libraries)) {
  try {
    assert.equal((await verify()).preferred_username, "roy");
    found[name] = null;
  } catch (error) {
    found[name] = String(error);
  }
}
console.log(JSON.stringify(found));
process.exit(0);
