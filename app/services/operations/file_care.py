"""Files of the store held against the rows that name them: missing, damaged, named by none; copied, put back."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.storage import stored_files
from app.storage.files import EncryptedStore, FileChanged, FileMissing, KeyTaken, RawStore


@dataclass
class Findings:
    """The keys of what is wrong; `read` files were looked at."""

    read: int = 0
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """The keys that rows name, and that cannot be opened."""
        return self.missing + self.damaged


def check(files: EncryptedStore, *, deep: bool) -> Findings:
    """Look for each file that a row names, reading it whole if `deep`, and for files that no row names.

    The names of files are listed before the rows are read: a file is written before its row, so what is stored
    meanwhile is no orphan. One whose row was not committed yet may be: delete none that an earlier check did not find.
    """
    there = set(files.inner.names())
    findings = Findings()
    named = set()
    for key, sha256 in stored_files.everything():
        named.add(key)
        findings.read += 1
        if key not in there and not _is_there(files, key):
            findings.missing.append(key)
        elif deep and not _whole(files, key, sha256):
            findings.damaged.append(key)
    findings.orphans = sorted(there - named - set(stored_files.may_be_there()))
    return findings


def _is_there(files: EncryptedStore, key: str) -> bool:
    """Return whether a file came since the names were listed."""
    try:
        files.inner.head(key, 1)
    except FileMissing:
        return False
    return True


def _whole(files: EncryptedStore, key: str, sha256: str) -> bool:
    found = hashlib.sha256()
    try:
        for part in files.parts(key):
            found.update(part)
    except (FileChanged, FileMissing):
        return False
    return not sha256 or found.hexdigest() == sha256


def copy(source: RawStore, target: RawStore) -> int:
    """Copy what another store lacks, encrypted as it is; return how many files."""
    there = set(target.names())
    done = 0
    for key in source.names():
        if key not in there:
            done += _copy_one(source, target, key)
    return done


def _copy_one(source: RawStore, target: RawStore, key: str) -> bool:
    try:
        target.put_parts(key, source.parts(key))
    except (FileMissing, KeyTaken):  # deleted meanwhile, or copied by another
        return False
    return True


def repair(files: EncryptedStore, kept: RawStore, wrong: Iterable[str]) -> Iterator[str]:
    """Put files back from a store that has them whole; yield the keys of those that it has not."""
    for key in wrong:
        try:
            try:
                files.inner.replace(key, kept.parts(key))
            except FileMissing:  # here, or there too
                files.inner.put_parts(key, kept.parts(key))
        except FileMissing:
            yield key
        else:
            if not _whole(files, key, ""):
                yield key


def remove(files: EncryptedStore, noted: Iterable[str], orphans: Iterable[str]) -> int:
    """Delete the orphans that an earlier check noted too; return how many."""
    gone = set(noted) & set(orphans)
    for key in gone:
        files.delete(key)
    return len(gone)
