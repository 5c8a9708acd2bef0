//! Cells in columns.

use unicode_width::UnicodeWidthStr;

/// The space between two columns.
pub(super) const GAP: &str = "  ";

/// A row with its cells in columns of these widths.
pub(super) fn line(cells: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width())));
        line.push_str(GAP);
    }
    line.truncate(line.trim_end().len());
    line
}
