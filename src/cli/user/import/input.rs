//! What is read: a file or stdin, with its first bytes known, a count of what has gone by, and a bound on each row.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::super::error::Error;

/// How much of the beginning is looked at to tell the format.
const BEGINNING: u64 = 64 * 1024;

/// The most bytes of a row. Its data may have 16 KiB.
const LONGEST_ROW: u64 = 1024 * 1024;

/// A file that was opened, or stdin.
pub(super) struct Input {
    /// What it is called, for messages and the audit: never the folder.
    pub name: String,
    /// Where it is, unless it is stdin.
    pub path: Option<PathBuf>,
    /// How many bytes it has, where that is known.
    pub size: Option<u64>,
    /// Its first bytes.
    pub beginning: Vec<u8>,
    reader: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Input {
    /// Opens a file; `-` is stdin.
    ///
    /// # Errors
    /// When it can't be read.
    pub(super) fn open(path: &Path) -> Result<Input, Error> {
        let unreadable = |error: io::Error| Error::Failed(format!("{} can't be read: {error}", path.display()));
        let (mut reader, size): (Box<dyn Read + Send>, _) = if path == Path::new("-") {
            (Box::new(io::stdin()), None)
        } else {
            let file = File::open(path).map_err(unreadable)?;
            let metadata = file.metadata().map_err(unreadable)?;
            (Box::new(BufReader::new(file)), metadata.is_file().then_some(metadata.len()))
        };
        let file = (path != Path::new("-")).then(|| path.to_owned());
        let mut beginning = Vec::new();
        reader.by_ref().take(BEGINNING).read_to_end(&mut beginning).map_err(unreadable)?;
        Ok(Input {
            name: file
                .as_deref()
                .and_then(Path::file_name)
                .map_or("stdin".into(), |name| name.to_string_lossy().into()),
            path: file,
            size,
            reader,
            beginning,
            read: Arc::default(),
        })
    }

    /// How many bytes have been read, as long as it is being read.
    pub(super) fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// All of it from the first byte on, for the thread that reads.
    pub(super) fn into_rows(self) -> (Rows, Place) {
        self.into_place(None)
    }

    /// The same for a reader that reads ahead, and tells places by their bytes.
    pub(super) fn into_rows_ahead(self) -> (Rows, Place) {
        self.into_place(Some(Rc::default()))
    }

    fn into_place(self, ends: Option<Ends>) -> (Rows, Place) {
        let place = Place { line: Rc::new(Cell::new(1)), row: Rc::default(), ends, passed: Rc::default() };
        let whole = Cursor::new(self.beginning).chain(self.reader);
        (
            Rows { whole: BufReader::with_capacity(BEGINNING as usize, whole), read: self.read, place: place.clone() },
            place,
        )
    }
}

/// Which bytes are the ends of lines, of those that were read ahead.
type Ends = Rc<RefCell<VecDeque<u64>>>;

/// Where a reader is.
#[derive(Clone)]
pub(super) struct Place {
    line: Rc<Cell<u64>>,
    row: Rc<Cell<u64>>,
    ends: Option<Ends>,
    /// How many lines end before the byte that was last asked for.
    passed: Rc<Cell<u64>>,
}

impl Place {
    /// The line, from 1, of what is read next.
    pub(super) fn line(&self) -> u64 {
        self.line.get()
    }

    /// The line, from 1, of a byte: of one that is behind those that were asked for before.
    pub(super) fn line_of(&self, byte: u64) -> u64 {
        if let Some(ends) = &self.ends {
            let mut ends = ends.borrow_mut();
            while ends.front().is_some_and(|end| *end < byte) {
                ends.pop_front();
                self.passed.set(self.passed.get() + 1);
            }
        }
        self.passed.get() + 1
    }

    /// Notes that another row begins here.
    pub(super) fn begin_row(&self) {
        self.row.set(0);
    }
}

/// What was looked at already, and what follows.
type Whole = io::Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>;

/// The bytes of rows.
pub(super) struct Rows {
    whole: BufReader<Whole>,
    read: Arc<AtomicU64>,
    place: Place,
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.whole.read(buffer)?;
        let before = self.read.fetch_add(length as u64, Ordering::Relaxed);
        let ends = (before..).zip(&buffer[..length]).filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place);
        match &self.place.ends {
            Some(ahead) => ahead.borrow_mut().extend(ends),
            None => self.place.line.set(self.place.line.get() + ends.count() as u64),
        }
        self.place.row.set(self.place.row.get() + length as u64);
        if self.place.row.get() > LONGEST_ROW + buffer.len() as u64 {
            return Err(io::Error::other(
                "a row has more than 1 MiB: look for a quote or a bracket that is not closed",
            ));
        }
        Ok(length)
    }
}
