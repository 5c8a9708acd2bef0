//! A server that is somebody's own: its name, colours, logo and links.

mod letters;
mod pages;
mod refused;
mod served;

/// Names that a careless program would not show as text. All are taken.
const NASTY: [&str; 7] = [
    "<script>alert(1)</script>",
    "\"Fox\" & 'Finch' <b>",
    "{{ brand.help }}{% raw %}",
    "🦊👩‍👩‍👧‍👦 Fox",
    "شركة النور",
    "Zoë, Söhne; \\ =?utf-8?q?x?= (a) @b",
    "An abbey of 64 letters, as long as a name of a server may now be",
];
