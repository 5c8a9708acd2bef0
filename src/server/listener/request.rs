//! A request as it came, made into one of Rocket's: whole, bounded, and with no header that Rocket would choke on.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::sync::Arc;

use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use hyper::header::{ACCEPT, COOKIE, HeaderMap};
use hyper::http::request::Parts;
use hyper::{Request, Version};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rocket::http::{Cookie, Header, Method, Status};
use rocket::local::asynchronous::LocalRequest;
use tokio::sync::{mpsc, oneshot};

use super::connections::Open;
use super::response::{Answer, Content, Work};
use super::shared::Server;
use super::{limits, response};
use crate::http::{accept, arrival, body, streamed};

/// The most bytes of a body that any address takes. What is longer is cut behind the next byte, so that the address
/// itself can say that it is too much.
const BODY: usize = 64 * 1024;

/// What Rocket's parser does not take unescaped, although clients send it.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// Why there is no answer at all.
const PANIC: &str = "a panic, which the lines before this one tell about";

/// Answers a request. Its body is read first, so that what the guards find out is still true when the handler acts.
/// What may change something is carried through even if the client goes away: an attempt at a password that was
/// reserved is then recorded as well. What only reads may send an answer while it is being made.
pub(super) async fn answer(
    server: &Arc<Server>,
    open: &Arc<Open>,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Answer {
    let (parts, body) = request.into_parts();
    let body = match limits::weigh(&parts) {
        Ok(()) => read(body).await,
        Err(status) => Err(status),
    };
    let reads = parts.method.is_safe();
    let (server, open) = (Arc::clone(server), Arc::clone(open));
    if !reads {
        let always = Arc::clone(&server);
        let answer = tokio::spawn(dispatch(server, open, peer, parts, body, None)).await;
        return answer.ok().flatten().unwrap_or_else(|| response::failed(&always.always, PANIC));
    }
    let always = Arc::clone(&server);
    let (begin, mut begun) = oneshot::channel();
    let mut work: Work = Box::pin(dispatch(server, open, peer, parts, body, Some(begin)));
    let answer = tokio::select! {
        biased;
        done = work.as_mut() => match done {
            Some(whole) => Some(whole),
            // A short one may be done at once.
            None => begun.await.ok(),
        },
        Ok(answer) = &mut begun => return answer.map(|content| content.made_by(work)),
    };
    answer.unwrap_or_else(|| response::failed(&always.always, PANIC))
}

/// Hands a request to Rocket. The connection counts as open until it is answered. An answer that is sent while it is
/// being made is begun on the channel, if there is one, and then this has nothing to answer.
async fn dispatch(
    server: Arc<Server>,
    open: Arc<Open>,
    peer: SocketAddr,
    parts: Parts,
    body: Result<Vec<u8>, Status>,
    begin: Option<oneshot::Sender<Answer>>,
) -> Option<Answer> {
    let answering = open.activity().answering();
    let local = match body.and_then(|body| Ok((local(&server, &parts)?, body))) {
        Ok((mut local, body)) => {
            if !body.is_empty() {
                local.set_body(body);
            }
            local
        }
        Err(status) => refused(&server, &parts, status),
    };
    let answer = local.remote(peer).dispatch().await;
    let Some(begin) = begin.filter(|_| !response::is_whole(&answer)) else {
        return Some(response::whole(&server.always, answer).await);
    };
    let (to, parts) = mpsc::channel(1);
    let _ = begin.send(response::head(&server.always, &answer, Content::Parts(parts, None)));
    // From here on the reader sets the pace, and one who stops reading counts as silent.
    let _under_way = open.activity().under_way();
    drop(answering);
    response::send_parts(answer, to).await;
    None
}

/// A body, at most one byte longer than any address takes.
async fn read(mut body: Incoming) -> Result<Vec<u8>, Status> {
    let mut whole = Vec::new();
    if body.is_end_stream() {
        return Ok(whole);
    }
    let all = async {
        while whole.len() <= BODY
            && let Some(frame) = body.frame().await
        {
            if let Ok(data) = frame.map_err(|_| Status::BadRequest)?.into_data() {
                let room = (BODY + 1).saturating_sub(whole.len()).min(data.len());
                whole.extend_from_slice(&data[..room]);
            }
        }
        Ok(())
    };
    match tokio::time::timeout(body::PATIENCE, all).await {
        Ok(read) => read.map(|()| whole),
        Err(_) => Err(Status::RequestTimeout),
    }
}

/// The request as Rocket gets it.
fn local<'c>(server: &'c Server, parts: &Parts) -> Result<LocalRequest<'c>, Status> {
    let sent = parts.method.as_str();
    // Methods are case-sensitive (RFC 9110, 9.1), whatever Rocket reads. One that it does not know, such as QUERY, goes
    // to it as TRACE, which no route takes: the answer is a 405 that says which methods the address knows.
    let method: Option<Method> = sent.parse().ok().filter(|method: &Method| method.as_str() == sent);
    let method = method.unwrap_or(Method::Trace);
    let target = parts.uri.path_and_query().ok_or(Status::BadRequest)?.as_str();
    let mut local = server.client.req(method, escaped(target));
    if parts.version < Version::HTTP_11 {
        streamed::refuse(local.inner());
    }
    for (name, value) in &parts.headers {
        // Rocket knows text only. What is none was never read by anyone, but for cookies: one line has all of them, some
        // perhaps of other sites on the same domain, and our own has to be found beside those, or seen to be doubled.
        let text = String::from_utf8_lossy(value.as_bytes());
        let is_text = matches!(text, Cow::Borrowed(_));
        if name != ACCEPT && (is_text || name == COOKIE) {
            local.add_header(Header::new(name.as_str().to_owned(), text.into_owned()));
        }
    }
    add_accept(&mut local, &parts.headers);
    for cookie in cookies(&parts.headers) {
        local = local.cookie(cookie);
    }
    Ok(local)
}

/// A request that stands for one that was refused.
fn refused<'c>(server: &'c Server, parts: &Parts, status: Status) -> LocalRequest<'c> {
    let below_api = parts.uri.path().starts_with("/api/");
    let mut local = server.client.get(if below_api { "/api/refused" } else { "/" });
    arrival::refuse(local.inner(), status);
    add_accept(&mut local, &parts.headers);
    local
}

/// All lines of `Accept` as one. Rocket keeps a copy of the whole header for each media range in it, so one that is
/// longer than anyone's counts as none.
fn add_accept(local: &mut LocalRequest<'_>, headers: &HeaderMap) {
    let lines: Vec<&str> = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok()).collect();
    if !lines.is_empty() {
        let whole = lines.join(", ");
        let kept = if accept::is_bounded(&whole) { whole } else { "*/*".to_owned() };
        local.add_header(Header::new("accept", kept));
    }
}

/// The cookies with plainly spelled names. Rocket would decode and trim other names, so that they could pass for ours.
fn cookies(headers: &HeaderMap) -> impl Iterator<Item = Cookie<'static>> {
    let pairs = headers.get_all(COOKIE).iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
    let pairs = pairs.filter_map(|pair| Some(std::str::from_utf8(pair).ok()?.trim_matches([' ', '\t'])));
    let plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    pairs
        .filter(move |pair| pair.split_once('=').is_some_and(|(name, _)| plain(name)))
        .filter_map(|pair| Cookie::parse_encoded(pair.to_owned()).ok())
}

/// The target, escaped so that Rocket's parser accepts it.
fn escaped(target: &str) -> String {
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let mut escaped: String = utf8_percent_encode(path, ESCAPED).map(Cow::from).collect();
    if let Some(query) = query {
        escaped.push('?');
        escaped.extend(utf8_percent_encode(query, ESCAPED).map(Cow::from));
    }
    escaped
}
