"""A program on the client that openapi-generator makes for Python: logs in, lists, edits and refreshes."""

import datetime
import sys

import openapi_client
from openapi_client import Credentials, Refresh, TodoBody, TodoChanges
from openapi_client.exceptions import UnauthorizedException

base = sys.argv[1]


def bearing(token=None):
    return openapi_client.ApiClient(openapi_client.Configuration(host=base, access_token=token))


tokens = openapi_client.TokensApi(bearing())
try:
    tokens.log_in(Credentials(login="roy", password="wrong"))
    raise AssertionError("a wrong password is refused")
except UnauthorizedException as error:
    assert error.data.detail.startswith("Wrong username"), error

login = tokens.log_in(Credentials(login="roy", password="roy"))
todos = openapi_client.TodosApi(bearing(login.access_token))
created = todos.create_todo(TodoBody(title="Water the plants", due="2031-05-01"))
edited = todos.update_todo(created.id, TodoChanges(title="Repair the gate"))
assert edited.title == "Repair the gate" and edited.due == datetime.date(2031, 5, 1), edited
listed = todos.list_todos(sort="created", order="desc", limit=1)
assert [todo.id for todo in listed.todos] == [created.id], listed

refreshed = tokens.refresh_tokens(Refresh(refresh_token=login.refresh_token))
roy = bearing(refreshed.access_token)
assert openapi_client.MeApi(roy).get_me().username == "roy"
openapi_client.TokensApi(roy).log_out()
print("all of it")
