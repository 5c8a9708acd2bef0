//! Rows in columns. Widths are those on a screen: a Chinese character takes two places, a combining accent none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::columns::{GAP, line};
use crate::cli::output::plain;

/// The width of a table that is not `--wide`.
const WIDTH: usize = 80;

/// The least width of a column whose cells are cut.
const LEAST: usize = 6;

/// A column.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Column {
    heading: &'static str,
    kind: Kind,
    /// Whether only a wide table has it.
    only_wide: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Its cells are never cut, and none is wider than this.
    Whole(usize),
    /// Its cells are cut unless the table is wide.
    Cut,
}

impl Column {
    /// A column whose cells are never cut, nor wider than this.
    pub const fn whole(heading: &'static str, most: usize) -> Column {
        Column { heading, kind: Kind::Whole(most), only_wide: false }
    }

    /// A column whose cells are cut unless the table is wide.
    pub const fn cut(heading: &'static str) -> Column {
        Column { heading, kind: Kind::Cut, only_wide: false }
    }

    /// The same, in a wide table only.
    pub const fn only_wide(self) -> Column {
        Column { only_wide: true, ..self }
    }
}

/// A table whose rows come page by page. The first page with rows decides how wide the columns are.
pub(super) struct Table {
    columns: &'static [Column],
    is_wide: bool,
    widths: Option<Vec<usize>>,
}

impl Table {
    pub fn new(columns: &'static [Column], is_wide: bool) -> Table {
        Table { columns, is_wide, widths: None }
    }

    /// The lines of a page, with the heading before the first. Each row has a cell for every column, shown or not.
    pub fn lines(&mut self, rows: Vec<Vec<String>>, is_last: bool) -> String {
        if rows.is_empty() && !is_last {
            return String::new();
        }
        let shown: Vec<Column> = self.shown().copied().collect();
        let rows = rows.into_iter().map(|row| self.shown_cells(row)).collect::<Vec<_>>();
        let mut text = String::new();
        let widths = match self.widths.take() {
            Some(widths) => widths,
            None => {
                let widths = widths(&shown, &rows, is_last, self.is_wide);
                text.push_str(&line(
                    &shown.iter().map(|column| column.heading.to_owned()).collect::<Vec<_>>(),
                    &widths,
                ));
                text.push('\n');
                widths
            }
        };
        for mut row in rows {
            for ((cell, column), width) in row.iter_mut().zip(&shown).zip(&widths) {
                if !self.is_wide && column.kind == Kind::Cut {
                    *cell = cut(cell, *width);
                }
            }
            text.push_str(&line(&row, &widths));
            text.push('\n');
        }
        self.widths = Some(widths);
        text
    }

    fn shown(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| self.is_wide || !column.only_wide)
    }

    fn shown_cells(&self, row: Vec<String>) -> Vec<String> {
        let cells = row.into_iter().zip(self.columns);
        cells.filter(|(_, column)| self.is_wide || !column.only_wide).map(|(cell, _)| plain(&cell)).collect()
    }
}

/// The width of each column: that of its widest cell on the first page or, if its cells are never cut, the widest
/// possible. Unless that page is all there is, the columns whose cells are cut share what is left of a table's width.
fn widths(columns: &[Column], rows: &[Vec<String>], is_all: bool, is_wide: bool) -> Vec<usize> {
    let natural = columns.iter().enumerate().map(|(place, column)| {
        let cells = rows.iter().map(|row| row[place].width()).max().unwrap_or(0).max(column.heading.len());
        match column.kind {
            Kind::Whole(most) if !is_all => cells.max(most),
            _ => cells,
        }
    });
    let mut widths: Vec<usize> = natural.collect();
    let total = |widths: &[usize]| widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1);
    while !is_wide && total(&widths) > WIDTH {
        let widest = (0..widths.len()).filter(|place| columns[*place].kind == Kind::Cut && widths[*place] > LEAST);
        let Some(widest) = widest.max_by_key(|place| widths[*place]) else { break };
        widths[widest] -= 1;
    }
    // Later cells may be longer than the few of this page.
    while !is_wide && !is_all && total(&widths) < WIDTH {
        let cut = (0..widths.len()).filter(|place| columns[*place].kind == Kind::Cut);
        let Some(narrowest) = cut.min_by_key(|place| widths[*place]) else { break };
        widths[narrowest] += 1;
    }
    widths
}

/// As much of a text as fits, with a mark if something is left out.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let (mut cut, mut used) = (String::new(), 1);
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_by_what_is_seen_of_it() {
        assert_eq!(cut("short", 6), "short");
        assert_eq!(cut("longer than that", 6), "longe…");
        assert_eq!(cut("密码密码", 6), "密码…", "two places each");
        assert_eq!(
            cut("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", 6),
            "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}"
        );
        assert_eq!(line(&["密码".into(), "x".into()], &[6, 1]), "密码    x");
    }

    #[test]
    fn later_pages_stand_in_the_columns_of_the_first() {
        const COLUMNS: &[Column] = &[Column::whole("NAME", 8), Column::cut("TEXT"), Column::cut("MORE").only_wide()];
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let mut table = Table::new(COLUMNS, false);
        let first = table.lines(vec![row(["a", &"x".repeat(100), "m"])], false);
        assert_eq!(first, format!("NAME      TEXT\na         {}…\n", "x".repeat(69)));
        assert!(first.lines().all(|line| line.width() <= WIDTH), "{first}");
        assert_eq!(table.lines(vec![row(["12345678", "y", "m"])], true), "12345678  y\n");
        let wide = Table::new(COLUMNS, true).lines(vec![row(["a", &"x".repeat(100), "m"])], true);
        assert_eq!(wide, format!("NAME  TEXT{}MORE\na     {}  m\n", " ".repeat(98), "x".repeat(100)));
    }

    #[test]
    fn the_first_page_with_rows_decides_and_few_rows_leave_room_for_others() {
        const COLUMNS: &[Column] = &[Column::whole("NAME", 8), Column::cut("BY"), Column::cut("TEXT")];
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let mut table = Table::new(COLUMNS, false);
        assert_eq!(table.lines(Vec::new(), false), "");
        let first = table.lines(vec![row(["a", "", "short"])], false);
        assert_eq!(first, format!("NAME      BY{0}TEXT\na           {0}short\n", " ".repeat(34)));
        let second = table.lines(vec![row(["b", "somebody", "longer than that"])], true);
        assert_eq!(second, format!("b         somebody{}longer than that\n", " ".repeat(28)));
        let mut empty = Table::new(COLUMNS, false);
        assert_eq!(
            (empty.lines(Vec::new(), false), empty.lines(Vec::new(), true)),
            ("".into(), "NAME  BY  TEXT\n".into())
        );
    }
}
