// A program on the client that openapi-generator makes for TypeScript: logs in, lists, edits and refreshes.
import assert from "node:assert";
import { Configuration, ListTodosOrderEnum, ListTodosSortEnum, MeApi, ResponseError, TodosApi, TokensApi } from "./generated/index.js";

const basePath = process.argv[2];
const tokens = new TokensApi(new Configuration({ basePath }));
const wrong = await tokens.logIn({ credentials: { login: "roy", password: "wrong" } }).catch((error: unknown) => error);
assert(wrong instanceof ResponseError);
assert.equal(wrong.response.status, 401);

const login = await tokens.logIn({ credentials: { login: "roy", password: "roy" } });
const todos = new TodosApi(new Configuration({ basePath, accessToken: login.accessToken }));
const created = await todos.createTodo({ todoBody: { title: "Water the plants", due: "2031-05-01" } });
const edited = await todos.updateTodo({ id: created.id, todoChanges: { title: "Repair the gate" } });
assert.equal(edited.title, "Repair the gate");
assert.equal(edited.due.toISOString().slice(0, 10), "2031-05-01");
const listed = await todos.listTodos({ sort: ListTodosSortEnum.Created, order: ListTodosOrderEnum.Desc, limit: 1 });
assert.equal(listed.todos[0]?.id, created.id);

const refreshed = await tokens.refreshTokens({ refresh: { refreshToken: login.refreshToken } });
const bearing = new Configuration({ basePath, accessToken: refreshed.accessToken });
const me = await new MeApi(bearing).getMe();
assert.equal(me.username, "roy");
await new TokensApi(bearing).logOut();
console.log("all of it");
