//! The `Accept` header, read by ourselves: Rocket's parser keeps a copy of the whole header for each media range in
//! it, so its memory grows with the square of the length.

use rocket::Request;

/// The most bytes of a header that is looked at, and the most media ranges in it. What is more counts as `*/*`.
const BYTES: usize = 1024;
const RANGES: usize = 32;

/// What a client accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accept {
    /// How much it prefers a page.
    pub html: Preference,
    /// How much it prefers JSON.
    pub json: Preference,
}

/// How much a client wants a type: the greater quality wins, and at the same quality the one that is named more closely.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Preference {
    /// In thousandths.
    pub quality: u16,
    /// By name, by half a wildcard, or by `*/*`: 3, 2, 1.
    pub closeness: u8,
}

/// The closeness of `*/*`.
const ANYTHING: u8 = 1;

impl Accept {
    /// What the client of a request accepts; none when it does not say, or nothing of it can be read.
    pub fn of(request: &Request<'_>) -> Option<Accept> {
        let mut lines = request.headers().get("accept");
        let first = lines.next()?;
        match lines.next() {
            None => Accept::parse(first),
            // RFC 9110, 5.3: several lines are one list.
            Some(second) => Accept::parse(&[first, second].into_iter().chain(lines).collect::<Vec<_>>().join(",")),
        }
    }

    /// Reads the text of the header.
    pub fn parse(header: &str) -> Option<Accept> {
        let header = if is_bounded(header) { header } else { "*/*" };
        let ranges = || header.split(',').filter_map(range);
        ranges().next()?;
        // RFC 9110, 12.5.1: the most closely named range gives the quality.
        let best = |closeness: fn(&str, &str) -> u8| {
            let matching = ranges().map(|(top, sub, quality)| Preference { quality, closeness: closeness(top, sub) });
            let matching = matching.filter(|preference| preference.closeness > 0);
            let best = matching.max_by_key(|preference| (preference.closeness, preference.quality));
            best.filter(|preference| preference.quality > 0).unwrap_or_default()
        };
        Some(Accept { html: best(html), json: best(json) })
    }

    /// Whether a page is wanted: HTML has to be named, if only by `text/*`, since programs send `*/*`. At the same
    /// quality the type that is named more closely wins, and then the page.
    pub fn wants_page(self) -> bool {
        self.html.closeness > ANYTHING && self.html >= self.json
    }
}

/// Whether the client of a request wants nothing more than JSON, or does not say what it wants. A browser that loads an
/// image or a style sheet takes `*/*` as well, but wants something else.
pub fn wants_json_most(request: &Request<'_>) -> bool {
    let lines: Vec<&str> = request.headers().get("accept").collect();
    // A script of a page takes anything too, and not every browser says what it loads. But all say a language.
    let is_browser = || request.headers().get("accept-language").any(|languages| languages.trim() != "*");
    let names_json = || Accept::of(request).is_some_and(|accept| accept.json.closeness > ANYTHING);
    lines.is_empty() || (is_json_first(&lines.join(",")) && (names_json() || !is_browser()))
}

fn is_json_first(header: &str) -> bool {
    let Some(accept) = Accept::parse(header) else { return true };
    let most = header.split(',').filter_map(range).map(|(.., quality)| quality).max();
    !accept.wants_page() && accept.json.quality > 0 && Some(accept.json.quality) >= most
}

/// Whether a header is short enough to be read.
pub fn is_bounded(header: &str) -> bool {
    header.len() <= BYTES && header.split(',').count() <= RANGES
}

/// Type, subtype and quality of one range; none when it is not a range.
fn range(text: &str) -> Option<(&str, &str, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let (top, sub) = parts.next()?.split_once('/')?;
    let is_token = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic() && !b"\"(),/:;<=>?@[\\]{}".contains(&b))
    };
    if !is_token(top) || !is_token(sub) {
        return None;
    }
    let weight = parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    match weight {
        None => Some((top, sub, 1000)),
        Some((_, weight)) => Some((top, sub, quality(weight.trim())?)),
    }
}

/// `0`, `0.5`, `1.000` in thousandths.
fn quality(text: &str) -> Option<u16> {
    let weight: f32 = text.parse().ok()?;
    (text.len() <= 5 && (0.0..=1.0).contains(&weight)).then_some((weight * 1000.0).round() as u16)
}

fn json(top: &str, sub: &str) -> u8 {
    let sub = sub.to_ascii_lowercase();
    closeness(top, &sub, "application", sub == "json" || sub.ends_with("+json"))
}

fn html(top: &str, sub: &str) -> u8 {
    let sub = sub.to_ascii_lowercase();
    closeness(top, &sub, "text", (top.eq_ignore_ascii_case("text") && sub == "html") || sub == "xhtml+xml")
}

fn closeness(top: &str, sub: &str, wanted: &str, named: bool) -> u8 {
    match (named, top.eq_ignore_ascii_case(wanted) && sub == "*", top == "*") {
        (true, _, _) => 3,
        (_, true, _) => 2,
        (_, _, true) => ANYTHING,
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
