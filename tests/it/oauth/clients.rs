//! Clients of OAuth as they come, told no more than where the server is.

use serde_json::json;

use super::{TOKENS, is_valid};
use crate::support::{Server, python};

/// Logs in by password and refreshes, with each library's own calls; then reads who it is with what it got, and tries a
/// wrong password. Prints a line for each.
const CLIENTS: &str = r#"
import json, os, sys
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
given = json.load(sys.stdin)
base, url, me = given["base"], given["base"] + "/api/v1/tokens", given["base"] + "/api/v1/me"

def authlib():
    from authlib.integrations.requests_client import OAuth2Session, OAuthError
    client = OAuth2Session("an app", scope="me todos", token_endpoint_auth_method="none")
    token = client.fetch_token(url, username="roy", password="roy")
    client.get(me).raise_for_status()
    fresh = client.refresh_token(url, refresh_token=token["refresh_token"])
    assert fresh["access_token"] != token["access_token"]
    name = client.get(me).json()["username"]
    client.revoke_token(url + "/revoke", token=fresh["refresh_token"], token_type_hint="refresh_token").raise_for_status()
    assert client.get(me).status_code == 401
    try:
        client.fetch_token(url, username="roy", password="wrong")
    except OAuthError as error:
        return name, error.error

def authlib_with_a_secret():
    from authlib.integrations.requests_client import OAuth2Session, OAuthError
    client = OAuth2Session("an app", "a secret")
    client.fetch_token(url, grant_type="password", username="roy", password="roy")
    name = client.get(me).json()["username"]
    try:
        client.fetch_token(url, grant_type="client_credentials")
    except OAuthError as error:
        return name, error.error

def requests_oauthlib():
    from oauthlib.oauth2 import LegacyApplicationClient, OAuth2Error
    from requests_oauthlib import OAuth2Session
    client = OAuth2Session(client=LegacyApplicationClient(client_id="an app"), scope=["me", "todos"])
    token = client.fetch_token(url, username="roy", password="roy", client_secret="a secret")
    assert client.token["expires_in"] == 1800
    fresh = client.refresh_token(url, refresh_token=token["refresh_token"])
    assert fresh["access_token"] != token["access_token"]
    name = client.get(me).json()["username"]
    try:
        client.fetch_token(url, username="roy", password="wrong")
    except OAuth2Error as error:
        return name, error.error

def requests_oauthlib_refreshing_by_itself():
    from oauthlib.oauth2 import LegacyApplicationClient
    from requests_oauthlib import OAuth2Session
    kept = []
    client = OAuth2Session(client=LegacyApplicationClient(client_id="an app"), auto_refresh_url=url, token_updater=kept.append)
    client.token = {**client.fetch_token(url, username="roy", password="roy"), "expires_in": -30, "expires_at": 1}
    name = client.get(me).json()["username"]
    return name, "refreshed %d" % len(kept)

for client in [authlib, authlib_with_a_secret, requests_oauthlib, requests_oauthlib_refreshing_by_itself]:
    print(client.__name__, *client())
"#;

#[test]
fn libraries_of_python_log_in_refresh_and_revoke_and_understand_a_refusal() {
    let server = Server::seeded();
    let given = json!({ "base": format!("http://127.0.0.1:{}", server.port) });
    let said = python::run(CLIENTS, &given.to_string());
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "authlib roy invalid_grant",
            "authlib_with_a_secret roy unsupported_grant_type",
            "requests_oauthlib roy invalid_grant",
            "requests_oauthlib_refreshing_by_itself roy refreshed 1",
        ]
    );
}

#[test]
fn the_form_of_fastapi_s_docs_logs_in() {
    // What Swagger UI sends for OAuth2PasswordBearer, from the page of another origin.
    let app = "http://127.0.0.1:8001";
    let server = Server::prepare().with("VESTIBULE_ALLOWED_ORIGINS", &format!("[\"{app}\"]")).and_seed().and_start();
    let page = server
        .client()
        .with("Origin", app)
        .with("Sec-Fetch-Site", "same-site")
        .with("Accept", "application/json, text/plain, */*")
        .with("X-Requested-With", "XMLHttpRequest");
    // Before it sends that, the browser asks.
    let asks = page.with("Access-Control-Request-Method", "POST").bare("OPTIONS", TOKENS);
    let allowed = asks.header("access-control-allow-headers").unwrap_or_default().to_ascii_lowercase();
    for header in ["authorization", "content-type", "x-requested-with"] {
        assert!(allowed.split(", ").any(|name| name == header), "{header}: {allowed}");
    }
    assert_eq!(asks.header("access-control-allow-origin"), Some(app));
    let fields = [("grant_type", "password"), ("username", "roy"), ("password", "roy")];
    let basic = page.with("Authorization", "Basic Og==").post(TOKENS, &fields);
    let with_scope = [("scope", ""), ("client_id", ""), ("client_secret", "")];
    let in_the_body = page.clone().post(TOKENS, &[&fields[..], &with_scope].concat());
    for answer in [basic, in_the_body] {
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, Some(app)), "{}", answer.body);
        assert!(is_valid(&server.client(), &answer.json()));
    }
}
