//! The text in which Prometheus reads numbers: its exposition format, version 0.0.4.

use std::fmt::{Display, Write};

use super::histogram::Histogram;

/// A page of numbers.
#[derive(Debug, Default)]
pub struct Page(String);

/// All numbers of one name.
pub struct Family<'a> {
    page: &'a mut Page,
    name: &'static str,
}

impl Page {
    /// What the text is called in the header `Content-Type`.
    pub const CONTENT_TYPE: &'static str = "text/plain; version=0.0.4; charset=utf-8";

    /// Begins numbers that only grow. The name has to end in `_total`.
    pub fn counter(&mut self, name: &'static str, help: &str) -> Family<'_> {
        self.family(name, "counter", help)
    }

    /// Begins numbers that go up and down.
    pub fn gauge(&mut self, name: &'static str, help: &str) -> Family<'_> {
        self.family(name, "gauge", help)
    }

    /// Begins numbers by classes. The name has to end in `_seconds`.
    pub fn histogram(&mut self, name: &'static str, help: &str) -> Family<'_> {
        self.family(name, "histogram", help)
    }

    /// The text.
    pub fn into_text(self) -> String {
        self.0
    }

    fn family(&mut self, name: &'static str, kind: &str, help: &str) -> Family<'_> {
        self.write(format_args!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
        Family { page: self, name }
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        self.0.write_fmt(text).expect("a text takes more text");
    }

    fn line(&mut self, name: &str, suffix: &str, labels: &[(&str, &str)], value: impl Display) {
        self.write(format_args!("{name}{suffix}"));
        for (place, (label, value)) in labels.iter().enumerate() {
            let begin = if place == 0 { '{' } else { ',' };
            self.write(format_args!("{begin}{label}=\"{}\"", escaped(value)));
        }
        let end = if labels.is_empty() { "" } else { "}" };
        self.write(format_args!("{end} {value}\n"));
    }
}

impl Family<'_> {
    /// One number, with the labels that tell it from others of its name.
    pub fn value(&mut self, labels: &[(&str, &str)], value: impl Display) {
        self.page.line(self.name, "", labels, value);
    }

    /// The numbers of one histogram.
    pub fn durations(&mut self, labels: &[(&str, &str)], histogram: &Histogram) {
        let read = histogram.read();
        let bounds = read.classes.iter().map(|(bound, count)| (bound.to_string(), *count));
        for (bound, count) in bounds.chain([("+Inf".to_owned(), read.count)]) {
            self.page.line(self.name, "_bucket", &[labels, &[("le", bound.as_str())]].concat(), count);
        }
        self.page.line(self.name, "_sum", labels, read.seconds);
        self.page.line(self.name, "_count", labels, read.count);
    }
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_page_has_the_form_that_prometheus_reads() {
        let histogram = Histogram::default();
        histogram.note(Duration::from_millis(2));
        let mut page = Page::default();
        page.counter("a_total", "How many.").value(&[], 3);
        page.gauge("b", "One.").value(&[("x", "a\"\\\nb"), ("y", "")], 0.5);
        page.histogram("c_seconds", "How long.").durations(&[("x", "z")], &histogram);
        let text = page.into_text();
        assert!(text.starts_with("# HELP a_total How many.\n# TYPE a_total counter\na_total 3\n"), "{text}");
        assert!(text.contains("\nb{x=\"a\\\"\\\\\\nb\",y=\"\"} 0.5\n"), "{text}");
        for line in [
            "c_seconds_bucket{x=\"z\",le=\"0.001\"} 0",
            "c_seconds_bucket{x=\"z\",le=\"0.0025\"} 1",
            "c_seconds_bucket{x=\"z\",le=\"+Inf\"} 1",
            "c_seconds_sum{x=\"z\"} 0.002",
            "c_seconds_count{x=\"z\"} 1",
        ] {
            assert!(text.lines().any(|known| known == line), "{line}: {text}");
        }
    }
}
