//! The input of an import: a file or stdin. Its first bytes are known before it is read, the bytes read are counted,
//! and the size of a row is limited.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::super::error::Error;

/// How much of the beginning is examined to detect the format.
const BEGINNING: u64 = 64 * 1024;

/// The most bytes of a row, whose `data` alone may have 16 KiB.
const LONGEST_ROW: u64 = 1024 * 1024;

/// A file that was opened, or stdin.
pub(super) struct Input {
    /// Its name in messages and in the audit: never with the folder.
    pub name: String,
    /// Where it is, unless it is stdin.
    pub path: Option<PathBuf>,
    /// Its size in bytes, if that is known.
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

    /// A counter of the bytes read so far, which goes on counting during the reading.
    pub(super) fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// The whole input from its first byte on, for the thread that reads it.
    pub(super) fn into_rows(self) -> (Rows, Place) {
        self.into_place(None)
    }

    /// The same for a reader that reads ahead, and tells where a row is by the number of a byte.
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

/// The places of the line breaks among the bytes that were read ahead.
type Ends = Rc<RefCell<VecDeque<u64>>>;

/// Where a reader is.
#[derive(Clone)]
pub(super) struct Place {
    line: Rc<Cell<u64>>,
    row: Rc<Cell<u64>>,
    ends: Option<Ends>,
    /// How many lines end before the byte that was last passed to `line_of`.
    passed: Rc<Cell<u64>>,
}

impl Place {
    /// The line, from 1, of what is read next.
    pub(super) fn line(&self) -> u64 {
        self.line.get()
    }

    /// The line, from 1, of a byte. It must not be before the bytes that were asked for earlier.
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

/// The bytes that were examined already, and those that follow.
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
