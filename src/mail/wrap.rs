//! Wraps lines of plain text for mail: short enough for any screen (RFC 5322, 2.1.1).

/// The most characters of a line, unless one word is longer, such as a link.
const WIDTH: usize = 72;

/// The same text, with lines that are too long broken between words.
pub(super) fn wrap(text: &str) -> String {
    let mut wrapped = String::with_capacity(text.len() + 16);
    for line in text.lines() {
        let mut width = 0;
        for word in line.split_whitespace() {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > WIDTH {
                wrapped.push('\n');
                width = 0;
            }
            if width > 0 {
                wrapped.push(' ');
                width += 1;
            }
            wrapped.push_str(word);
            width += length;
        }
        wrapped.push('\n');
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_links_stay_whole() {
        let link = format!("https://login.example.com/{}", "x".repeat(90));
        let text = format!("{}\n\n{link}\nshort\n", "word ".repeat(40));
        let wrapped = wrap(&text);
        assert!(wrapped.contains(&format!("\n\n{link}\nshort\n")), "{wrapped}");
        assert!(wrapped.lines().all(|line| line.len() <= WIDTH || line == link), "{wrapped}");
        assert_eq!(wrapped.split_whitespace().count(), 42);
        assert!(!wrapped.contains(" \n"), "{wrapped}");
    }
}
