// An Express app whose people log in with Vestibule.
import express from "express";
import * as jose from "jose";

const { VESTIBULE = "http://127.0.0.1:8000", PORT = "5000" } = process.env; // VESTIBULE is its public_url
const keys = jose.createRemoteJWKSet(new URL("/.well-known/jwks.json", VESTIBULE));
const app = express();

// What the access token says. Asks nobody: the token is checked by its signature.
async function withClaims(request, response, next) {
  const [scheme, token] = (request.get("authorization") ?? "").split(" ");
  if (scheme.toLowerCase() !== "bearer" || !token) return response.sendStatus(401);
  try {
    const wanted = { issuer: VESTIBULE, audience: VESTIBULE, algorithms: ["ES256"], typ: "at+jwt" };
    request.claims = (await jose.jwtVerify(token, keys, wanted)).payload;
  } catch (error) {
    const unreachable = !(error instanceof jose.errors.JOSEError) || error instanceof jose.errors.JWKSTimeout;
    return response.sendStatus(unreachable ? 503 : 401);
  }
  next();
}

// Who is logged in right now, by cookie or token. Asks Vestibule.
async function withSession(request, response, next) {
  const headers = {};
  for (const name of ["authorization", "cookie"]) if (request.get(name)) headers[name] = request.get(name);
  try {
    const answer = await fetch(new URL("/api/v1/session", VESTIBULE), { headers, signal: AbortSignal.timeout(5000) });
    if (!answer.ok) return response.sendStatus(answer.status === 401 ? 401 : 503);
    request.user = (await answer.json()).user;
  } catch {
    return response.sendStatus(503);
  }
  next();
}

app.get("/me", withClaims, (request, response) => response.json({ username: request.claims.preferred_username }));

app.get("/reports", withClaims, (request, response) => {
  if (!request.claims.roles?.includes("editor")) return response.sendStatus(403);
  response.json({ reports: [] });
});

app.get("/settings", withSession, (request, response) => response.json({ username: request.user.username }));

app.listen(Number(PORT), "127.0.0.1");
