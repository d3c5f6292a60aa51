//! The folder beside the crates where new files wait until all are there, and what stood in their places.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use countersign_codegen::write::Tree;

use super::Error;

/// A folder that this run alone writes to, removed in the end.
#[derive(Debug)]
pub(super) struct Staging<'a> {
    folder: &'a Path,
    path: PathBuf,
    // Held, not used: another run can't take the folder while it is open.
    lock: Option<File>,
    done: Vec<Step>,
}

/// The changes so far, so that they can be undone.
#[derive(Debug)]
enum Step {
    /// A folder was made.
    Folder(PathBuf),
    /// A file was put where none stood.
    Placed(PathBuf),
    /// The file at the first path is kept at the second.
    Kept(PathBuf, PathBuf),
}

impl<'a> Staging<'a> {
    /// The folder's name.
    pub(super) fn name(key: &str) -> String {
        format!(".countersign-{key}")
    }

    /// Removes what a run that was cut off has left.
    pub(super) fn sweep(folder: &'a Path, key: &str) -> Result<(), Error> {
        if fs::symlink_metadata(folder.join(Self::name(key))).is_ok() {
            drop(Self::open(folder, key)?);
        }
        Ok(())
    }

    /// Makes the folder, empty.
    pub(super) fn open(folder: &'a Path, key: &str) -> Result<Self, Error> {
        let path = folder.join(Self::name(key));
        let failed = |error| Error::Io(format!("{} can't be made", path.display()), error);
        if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_dir()) {
            return Err(failed(io::Error::from(io::ErrorKind::NotADirectory)));
        }
        fs::create_dir_all(&path).map_err(failed)?;
        let lock = File::create(path.join("lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Busy(path)),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        for part in ["new", "old"] {
            let part = path.join(part);
            if fs::symlink_metadata(&part).is_ok() {
                fs::remove_dir_all(&part).map_err(failed)?;
            }
            fs::create_dir(&part).map_err(failed)?;
        }
        Ok(Self {
            folder,
            path,
            lock: Some(lock),
            done: Vec::new(),
        })
    }

    /// Removes the files `orphaned`, puts the files `expected` in place and removes those of `folders` that are then
    /// empty; all of it or nothing.
    pub(super) fn swap(
        &mut self,
        expected: &Tree,
        orphaned: &[String],
        folders: &[String],
    ) -> Result<(), Error> {
        for (at, (path, text)) in expected.iter().enumerate() {
            fs::write(self.waiting(at), text)
                .map_err(|error| Error::Io(format!("`{path}` can't be written"), error))?;
        }
        match self.change(expected, orphaned, folders) {
            Ok(()) => Ok(()),
            Err((what, error)) => Err(match self.undo() {
                Ok(()) => Error::Io(what, error),
                Err(_) => Error::Torn(what, error),
            }),
        }
    }

    fn change(
        &mut self,
        expected: &Tree,
        orphaned: &[String],
        folders: &[String],
    ) -> Result<(), (String, io::Error)> {
        for path in orphaned {
            self.take_away(path)
                .map_err(|error| (format!("`{path}` can't be removed"), error))?;
        }
        // The innermost first. A folder that still holds something stays.
        for folder in folders.iter().rev() {
            let _ = fs::remove_dir(self.folder.join(folder));
        }
        for (at, path) in expected.keys().enumerate() {
            self.put(&self.waiting(at), path)
                .map_err(|error| (format!("`{path}` can't be put in place"), error))?;
        }
        Ok(())
    }

    fn take_away(&mut self, path: &str) -> io::Result<()> {
        let (place, kept) = (self.folder.join(path), self.keep());
        fs::rename(&place, &kept)?;
        self.done.push(Step::Kept(place, kept));
        Ok(())
    }

    fn put(&mut self, waiting: &Path, path: &str) -> io::Result<()> {
        let place = self.folder.join(path);
        self.make_folders(place.parent().unwrap_or(self.folder))?;
        match fs::symlink_metadata(&place) {
            // What stands there gives way in one move: a reader sees the old file or the new one.
            Ok(found) if found.is_file() => {
                let kept = self.keep();
                fs::hard_link(&place, &kept).or_else(|_| fs::copy(&place, &kept).map(drop))?;
                fs::rename(waiting, &place)?;
                self.done.push(Step::Kept(place, kept));
            }
            Ok(_) => {
                self.take_away(path)?;
                fs::rename(waiting, &place)?;
                self.done.push(Step::Placed(place));
            }
            Err(_) => {
                fs::rename(waiting, &place)?;
                self.done.push(Step::Placed(place));
            }
        }
        Ok(())
    }

    fn make_folders(&mut self, folder: &Path) -> io::Result<()> {
        if fs::symlink_metadata(folder).is_ok() {
            return Ok(());
        }
        if let Some(outer) = folder.parent() {
            self.make_folders(outer)?;
        }
        fs::create_dir(folder)?;
        self.done.push(Step::Folder(folder.to_owned()));
        Ok(())
    }

    /// Puts back what stood there, the last change first.
    fn undo(&mut self) -> io::Result<()> {
        let mut outcome = Ok(());
        while let Some(step) = self.done.pop() {
            let undone = match step {
                Step::Folder(folder) => fs::remove_dir(folder),
                Step::Placed(place) => fs::remove_file(place),
                Step::Kept(place, kept) => place
                    .parent()
                    .map_or(Ok(()), fs::create_dir_all)
                    .and_then(|()| fs::rename(kept, place)),
            };
            outcome = outcome.and(undone);
        }
        outcome
    }

    fn waiting(&self, at: usize) -> PathBuf {
        self.path.join("new").join(at.to_string())
    }

    fn keep(&self) -> PathBuf {
        self.path.join("old").join(self.done.len().to_string())
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        // Some systems remove no file that is open.
        drop(self.lock.take());
        // What is left is swept by the next run.
        let _ = fs::remove_dir_all(&self.path);
    }
}
