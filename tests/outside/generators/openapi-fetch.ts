// A program on the types that openapi-typescript makes: logs in, lists, edits and refreshes.
import assert from "node:assert";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

const baseUrl = process.argv[2];
const stranger = createClient<paths>({ baseUrl });
const wrong = await stranger.POST("/api/v1/tokens", { body: { login: "roy", password: "wrong" } });
assert.equal(wrong.response.status, 401);
assert.match(wrong.error?.detail ?? "", /Wrong username/);

const login = await stranger.POST("/api/v1/tokens", { body: { login: "roy", password: "roy" } });
assert(login.data);
const bearing = (pair: components["schemas"]["TokenPair"]) =>
  createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${pair.access_token}` } });
const roy = bearing(login.data);

const created = await roy.POST("/api/v1/todos", { body: { title: "Water the plants", due: "2031-05-01" } });
assert(created.data);
const id: string = created.data.id;
const edited = await roy.PATCH("/api/v1/todos/{id}", { params: { path: { id } }, body: { title: "Repair the gate" } });
assert.equal(edited.data?.title, "Repair the gate");
assert.equal(edited.data?.due, "2031-05-01");
const listed = await roy.GET("/api/v1/todos", { params: { query: { sort: "created", order: "desc", limit: 1 } } });
assert.equal(listed.data?.todos[0]?.id, id);

const refreshed = await stranger.POST("/api/v1/tokens/refresh", { body: { refresh_token: login.data.refresh_token } });
assert(refreshed.data);
const again = bearing(refreshed.data);
const me = await again.GET("/api/v1/me");
assert.equal(me.data?.username, "roy");
const out = await again.DELETE("/api/v1/tokens/current");
assert.equal(out.response.status, 204);
console.log("all of it");
