//! What templates become.

use std::collections::BTreeMap;

use super::*;
use crate::texts::compiled::compile;
use crate::texts::source::Source;

const TEXTS: &str = r#"
x-title = Log in & “out”
x-hello = Hello, { $name }!
x-link = Not you? <link>Change <strong>{ $what }</strong></link> { "{{ x }} <b>" }.
x-days = In { $days ->
    [0] no day
    [one] one day
   *[other] { NUMBER($days) } days
}
x-quotes = "It's"
"#;

fn catalogue() -> Catalogue {
    let source = Source { place: "texts/en/x.ftl".to_owned(), text: TEXTS.to_owned() };
    let texts: BTreeMap<_, _> = compile(&source, None).unwrap();
    Catalogue { texts: texts.into(), dates: Default::default() }
}

#[test]
fn texts_stand_in_place_of_their_keys() {
    for (template, expanded) in [
        ("<p>{{ t(key=\"x-title\") }}</p>", "<p>Log in &amp; “out”</p>"),
        ("a {{- t(key='x-title') -}} b", "a {#- #}Log in &amp; “out”{# -#} b"),
        ("{{ t(key=\"x-hello\", name=user.name | upper) }}", "Hello, {{ user.name | upper }}!"),
        (
            "{{ t(key=\"x-link\", what=f(a=[1, 2], b=\"),}}\"), link='<a href=\"{{ x }}\"><bdi>') }}",
            "Not you? <a href=\"{{ x }}\"><bdi>Change <strong>{{ f(a=[1, 2], b=\"),}}\") }}</strong></bdi></a> \
             &#123;&#123; x }} &lt;b&gt;.",
        ),
        (
            "{{ t(key=\"x-days\", days=n) }}",
            "In {% if n == 0 %}no day{% elif n == 1 %}one day{% else %}{{ n | number }} days{% endif %}",
        ),
        ("{{ m::f(a=t(key=\"x-title\"), b=1) }}", "{{ m::f(a=\"Log in & “out”\", b=1) }}"),
        ("{% set a = t(key=\"x-hello\", name=b) %}", "{% set a = \"Hello, \" ~ b ~ \"!\" %}"),
        ("{{ f(a=t(key=\"x-quotes\")) }}", "{{ f(a=`\"It's\"`) }}"),
        (
            "{# t(key=\"no\") #}{% raw %}{{ t(key=\"no\") }}{% endraw %}",
            "{# t(key=\"no\") #}{% raw %}{{ t(key=\"no\") }}{% endraw %}",
        ),
        ("{{ sort(key=1) }}{{ \"t(key=1)\" }}{{ x.t(key=1) }}", "{{ sort(key=1) }}{{ \"t(key=1)\" }}{{ x.t(key=1) }}"),
    ] {
        assert_eq!(catalogue().expand(template, Format::Html).unwrap(), expanded, "{template}");
    }
    let plain = catalogue().expand("{{ t(key=\"x-quotes\") }}{{ t(key=\"x-title\") }}", Format::Plain).unwrap();
    assert_eq!(plain, "\"It's\"Log in & “out”");
}

#[test]
fn what_does_not_fit_is_named_with_its_line() {
    for (call, why) in [
        ("t(key=\"x-titel\")", "line 2: there is no text x-titel; did you mean x-title?"),
        ("t(key=\"wholly-other\")", "line 2: there is no text wholly-other"),
        ("t(key=\"x-hello\")", "line 2: the text x-hello needs a value for name: t(key=\"x-hello\", name=…)"),
        ("t(key=\"x-link\", what=1)", "line 2: the text x-link needs a tag for <link>: t(key=\"x-link\", link='<…>')"),
        ("t(key=\"x-title\", name=1)", "line 2: the text x-title has no place for name"),
        ("t(title)", "line 2: each argument is `name=value`"),
        ("t(key=key)", "line 2: a text is named by its key in quotes: t(key=\"login-title\")"),
        ("t(key=\"x-title\"", "line 2: t( is not closed"),
        (
            "f(a=t(key=\"x-days\", days=1))",
            "line 2: the text x-days has tags, choices or NUMBER(), so it has to stand in a tag of its own: {{ t(key=\"x-days\") }}",
        ),
    ] {
        assert_eq!(catalogue().expand(&format!("<p>\n{{{{ {call} }}}}"), Format::Html).unwrap_err(), why, "{call}");
    }
}
