//! Swagger UI, the form of FastAPI's docs: a page of another origin that logs in by OAuth's password grant.

use serde_json::json;

use crate::browser::Browser;
use crate::elsewhere::Elsewhere;
use crate::faultless::installed;
use crate::support::{Server, wait_for};

/// The docs page that FastAPI makes for `OAuth2PasswordBearer(tokenUrl=…)`, with Swagger UI in it.
fn docs(token_url: &str) -> String {
    let script = std::fs::read_to_string(installed("swagger-ui-dist/swagger-ui-bundle.js")).expect("a text");
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "FastAPI", "version": "0.1.0" },
        "paths": { "/users/me": { "get": {
            "summary": "Read Users Me", "operationId": "read_users_me_users_me_get",
            "responses": { "200": { "description": "Successful Response" } },
            "security": [{ "OAuth2PasswordBearer": [] }],
        } } },
        "components": { "securitySchemes": { "OAuth2PasswordBearer": {
            "type": "oauth2", "flows": { "password": { "scopes": {}, "tokenUrl": token_url } },
        } } },
    });
    format!(
        "<div id='swagger-ui'></div><script>{}</script><script>window.ui = SwaggerUIBundle({{spec: {document}, \
         dom_id: '#swagger-ui', deepLinking: true, presets: [SwaggerUIBundle.presets.apis]}})</script>",
        script.replace("</script", "<\\/script")
    )
}

#[test]
fn the_docs_of_a_fastapi_app_log_in_when_their_origin_is_allowed() {
    let elsewhere = Elsewhere::open();
    let origin = elsewhere.next_door("");
    let server = Server::prepare().with("VESTIBULE_ALLOWED_ORIGINS", &format!("[{origin:?}]")).and_seed().and_start();
    let elsewhere = elsewhere.with("/docs", &docs(&format!("http://127.0.0.1:{}/api/v1/tokens", server.port)));
    let browser = Browser::at(&server);
    for (location, password) in [("basic", "wrong"), ("basic", "roy"), ("request-body", "roy")] {
        browser.open(&elsewhere.next_door("/docs"));
        wait_for("Swagger UI", || browser.has(".auth-wrapper .authorize").then_some(()));
        browser.click(".auth-wrapper .authorize");
        browser.type_into("#oauth_username", "roy");
        browser.type_into("#oauth_password", password);
        browser.click(&format!("#password_type option[value='{location}']"));
        browser.click(".auth-btn-wrapper .authorize");
        if password == "wrong" {
            browser.shows(".errors", "Wrong username/email or password.");
            continue;
        }
        browser.shows(".auth-container h6", "Authorized");
        let token = browser.evaluate("ui.authSelectors.authorized().toJS().OAuth2PasswordBearer.token.access_token");
        let me = server.client().bearing(token.as_str().expect("a token")).get("/api/v1/me");
        assert_eq!((me.status, me.json()["username"].as_str()), (200, Some("roy")), "{location}");
    }
}
