"""A program on the client that openapi-python-client makes: logs in, lists, edits and refreshes."""

import datetime
import sys

from generated import AuthenticatedClient, Client
from generated.api.me import get_me
from generated.api.todos import create_todo, list_todos, update_todo
from generated.api.tokens import log_in, log_out, refresh_tokens
from generated.models import Credentials, ListTodosOrder, ListTodosSort, LogInDataBody, Problem, Refresh, TodoBody, TodoChanges

base = sys.argv[1]
stranger = Client(base_url=base)
wrong = log_in.sync_detailed(client=stranger, body=Credentials(login="roy", password="wrong"))
assert wrong.status_code == 401 and isinstance(wrong.parsed, Problem), wrong
assert wrong.parsed.detail.startswith("Wrong username"), wrong

# As JSON and as a form: the client tells them apart.
form = LogInDataBody.from_dict({"login": "roy", "password": "roy"})
for body in [form, Credentials(login="roy", password="roy")]:
    login = log_in.sync(client=stranger, body=body)
    assert login.token_type == "Bearer", login
roy = AuthenticatedClient(base_url=base, token=login.access_token)
created = create_todo.sync(client=roy, body=TodoBody(title="Water the plants", due="2031-05-01"))
edited = update_todo.sync(created.id, client=roy, body=TodoChanges(title="Repair the gate"))
assert edited.title == "Repair the gate" and edited.due == datetime.date(2031, 5, 1), edited
listed = list_todos.sync(client=roy, sort=ListTodosSort.CREATED, order=ListTodosOrder.DESC, limit=1)
assert [todo.id for todo in listed.todos] == [created.id], listed

refreshed = refresh_tokens.sync(client=stranger, body=Refresh(refresh_token=login.refresh_token))
roy = AuthenticatedClient(base_url=base, token=refreshed.access_token)
assert get_me.sync(client=roy).username == "roy"
assert log_out.sync_detailed(client=roy).status_code == 204
print("all of it")
