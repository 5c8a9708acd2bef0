//! What one answer may do more than others.

use super::*;

fn allowed(allowances: &[Allowance]) -> String {
    let mut response = Response::new();
    allow(&mut response, allowances);
    response.headers().get_one(POLICY).unwrap().to_owned()
}

#[test]
fn an_answer_may_do_what_it_says_and_nothing_else() {
    assert_eq!(allowed(&[]), CONTENT_SECURITY_POLICY);
    assert_eq!(allowed(&[Allowance::Sound]), format!("{CONTENT_SECURITY_POLICY}; media-src 'self'"));
    let app = PublicUrl::try_from("https://app.example.com/".to_owned()).unwrap();
    assert_eq!(
        allowed(&[Allowance::Script, Allowance::FormTarget(app)]),
        format!("{CONTENT_SECURITY_POLICY} https://app.example.com; script-src 'self'"),
    );
}

#[test]
fn tls_on_loopback_demands_https_of_nobody() {
    let always = Always(HeaderMap::new());
    let own = [("Strict-Transport-Security", "max-age=31536000"), ("Vary", "Accept")];
    let headers = always.with(own.into_iter().map(|(name, value)| Header::new(name, value)));
    assert_eq!(headers.keys().collect::<Vec<_>>(), [header::VARY]);
}
