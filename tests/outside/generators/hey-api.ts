// A program on the client that @hey-api/openapi-ts makes: logs in, lists, edits and refreshes.
import assert from "node:assert";
import { client } from "./generated/client.gen.js";
import { createTodo, getMe, listTodos, logIn, logOut, refreshTokens, updateTodo } from "./generated/index.js";

client.setConfig({ baseUrl: process.argv[2] });
const wrong = await logIn({ body: { login: "roy", password: "wrong" } });
assert.equal(wrong.response?.status, 401);
assert.match(wrong.error?.detail ?? "", /Wrong username/);

const login = await logIn({ body: { login: "roy", password: "roy" }, throwOnError: true });
client.setConfig({ auth: () => login.data.access_token });
const created = await createTodo({ body: { title: "Water the plants", due: "2031-05-01" }, throwOnError: true });
const id: string = created.data.id;
const edited = await updateTodo({ path: { id }, body: { title: "Repair the gate" }, throwOnError: true });
assert.equal(edited.data.title, "Repair the gate");
assert.equal(edited.data.due, "2031-05-01");
const listed = await listTodos({ query: { sort: "created", order: "desc", limit: 1 }, throwOnError: true });
assert.equal(listed.data.todos[0]?.id, id);

const refreshed = await refreshTokens({ body: { refresh_token: login.data.refresh_token }, throwOnError: true });
client.setConfig({ auth: () => refreshed.data.access_token });
const me = await getMe({ throwOnError: true });
assert.equal(me.data.username, "roy");
const out = await logOut();
assert.equal(out.response?.status, 204);
console.log("all of it");
