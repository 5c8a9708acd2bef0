//! Whether a text is an SVG that draws and does nothing else, and how large the picture is.
//!
//! Browsers run nothing of a picture in an `<img>`, and it is sent so that nothing in it can run when it is opened by
//! itself either. So this is no filter to rely on: it tells an operator what will not work.

use roxmltree::{Attribute, Document, Node};

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// Its width and height.
///
/// # Errors
/// What is wrong with it, to be said after its name.
pub(super) fn size(text: &str) -> Result<(f64, f64), String> {
    // Declarations of a document type are refused: with entities, few bytes can become many.
    let document = Document::parse(text).map_err(|error| format!("is not an SVG that can be used: {error}"))?;
    let root = document.root_element();
    if !root.has_tag_name((NAMESPACE, "svg")) {
        return Err(format!("is not an SVG: its first element has to be svg with xmlns=\"{NAMESPACE}\""));
    }
    for node in document.descendants() {
        if let Some(found) = more_than_a_picture(node) {
            let line = document.text_pos_at(node.range().start).row;
            return Err(format!("has {found} in line {line}: save the logo as a plain SVG, without anything active"));
        }
    }
    dimensions(root).ok_or_else(|| "does not say how large it is: give its svg element a viewBox".to_owned())
}

/// What is in a node that does not draw.
fn more_than_a_picture(node: Node<'_, '_>) -> Option<String> {
    if node.is_pi() {
        return Some("a processing instruction".to_owned());
    }
    let name = node.tag_name();
    let is_foreign = name.namespace().is_some_and(|namespace| namespace.ends_with("/xhtml"));
    if ["script", "foreignObject", "handler", "listener"].contains(&name.name()) || is_foreign {
        return Some(format!("the element {}", name.name()));
    }
    if name.name() == "style" && node.text().is_some_and(loads) {
        return Some("a style that loads something".to_owned());
    }
    node.attributes().find(is_more).map(|attribute| format!("the attribute {}", attribute.name()))
}

/// Whether an attribute runs or loads something.
fn is_more(attribute: &Attribute<'_, '_>) -> bool {
    let value = attribute.value().trim();
    match attribute.name() {
        "href" | "src" => !value.starts_with('#') && !value.starts_with("data:image/"),
        name => name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) || loads(value),
    }
}

/// Whether a style loads what is not in the file.
fn loads(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    let mut addresses = style.split("url(").skip(1).map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
    style.contains("@import") || addresses.any(|address| !address.starts_with('#') && !address.starts_with("data:"))
}

/// From the view box; else from width and height in pixels.
fn dimensions(root: Node<'_, '_>) -> Option<(f64, f64)> {
    let is_fine =
        |(width, height): &(f64, f64)| width.is_finite() && height.is_finite() && *width > 0.0 && *height > 0.0;
    let size = match root.attribute("viewBox") {
        Some(view_box) => {
            let numbers = view_box.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty()).map(str::parse);
            match numbers.collect::<Result<Vec<f64>, _>>().ok()?[..] {
                [_, _, width, height] => Some((width, height)),
                _ => None,
            }
        }
        None => {
            let pixels = |name| root.attribute(name)?.trim().trim_end_matches("px").parse().ok();
            pixels("width").zip(pixels("height"))
        }
    };
    size.filter(is_fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(inside: &str) -> Result<(f64, f64), String> {
        size(&format!(
            "<svg xmlns=\"{NAMESPACE}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 40 20\">{inside}</svg>"
        ))
    }

    #[test]
    fn pictures_are_fine() {
        for fine in [
            "",
            "<title>Acme</title><path d=\"M0 0h9v9z\" fill=\"url(#a)\" style=\"fill:#fff\"/>",
            "<style>path { fill: url(\"#a\") }</style><use xlink:href=\"#a\"/><g id=\"online\" opacity=\"1\"/>",
            "<image href=\"data:image/png;base64,AAAA\"/>",
            "<sodipodi:namedview xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\"/>",
        ] {
            assert_eq!(with(fine), Ok((40.0, 20.0)), "{fine}");
        }
        for (head, is) in [
            ("width='30' height='15px'", Some((30.0, 15.0))),
            ("viewBox='0,0 , 3,4' width='9' height='9'", Some((3.0, 4.0))),
            ("width='100%' height='5'", None),
            ("viewBox='0 0 0 5'", None),
            ("viewBox='0 0 nan 5'", None),
            ("viewBox='0 0 1e999 5'", None),
            ("", None),
        ] {
            assert_eq!(size(&format!("<svg xmlns='{NAMESPACE}' {head}/>")).ok(), is, "{head}");
        }
    }

    #[test]
    fn what_runs_or_loads_is_named_with_its_line() {
        for (bad, named) in [
            ("\n<script>alert(1)</script>", "the element script in line 2"),
            ("<g>\n\n<path onload=\"alert(1)\"/></g>", "the attribute onload in line 3"),
            ("<path ONCLICK=\"alert(1)\"/>", "the attribute ONCLICK"),
            ("<foreignObject/>", "the element foreignObject"),
            ("<b xmlns=\"http://www.w3.org/1999/xhtml\"/>", "the element b"),
            ("<a href=\"javascript:alert(1)\"/>", "the attribute href"),
            ("<a xlink:href=\" https://example.com\"/>", "the attribute href"),
            ("<image href=\"//example.com/x.png\"/>", "the attribute href"),
            ("<style>@IMPORT 'x.css';</style>", "a style that loads something"),
            ("<path style=\"fill: URL( 'https://example.com/x')\"/>", "the attribute style"),
            ("<?xml-stylesheet href=\"x.css\"?>", "a processing instruction"),
        ] {
            let refused = with(bad).unwrap_err();
            assert!(refused.contains(named), "{bad}: {refused}");
        }
        for bad in ["", "<svg", "<svg/>", "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>"] {
            assert!(size(bad).is_err(), "{bad}");
        }
        let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><svg xmlns='http://www.w3.org/2000/svg'>&b;</svg>";
        assert!(size(bomb).unwrap_err().contains("DTD"), "{bomb}");
    }
}
