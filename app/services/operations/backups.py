"""A backup: the database first, then the files, so that no row of it lacks its file; and its way back."""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from app.services.operations import audit_check, file_care
from app.storage import database
from app.storage.files import EncryptedStore, FolderStore

SQLITE, DUMP, FILES = "database.sqlite", "database.dump", "files"
HEADS, MANIFEST = "heads.txt", "backup.json"


class Refused(Exception):
    """Raised when a backup cannot be made or restored; the message says why."""


def make(folder: Path, url: str, files: EncryptedStore, now: datetime) -> int:
    """Write a backup into a new or an earlier folder, whose files are kept; return how many files were copied.

    Heads of the audit record are noted before the database is copied: the copy has them all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with database.connected():
        heads = list(audit_check.chain_heads())
    (folder / HEADS).write_text("".join(f"{line}\n" for line in heads), encoding="utf-8")
    _dump(url, folder)
    copied = file_care.copy(files.inner, FolderStore(str(folder / FILES)))
    said = {"at": now.isoformat(), "chains": len(heads), "database": "sqlite" if _lite(url) else "postgresql"}
    (folder / MANIFEST).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    return copied


def restore(folder: Path, url: str, files: EncryptedStore) -> int:
    """Bring a backup into an empty database and store; return how many files came. Refused if either is not."""
    if not (folder / MANIFEST).exists():
        raise Refused(f"{folder} holds no whole backup")
    with database.connected():
        if database.database.get_tables():
            raise Refused("the database is not empty")
    database.database.close_all()
    if next(iter(files.inner.names()), None) is not None:
        raise Refused("the store of files is not empty")
    _load(url, folder)
    return file_care.copy(FolderStore(str(folder / FILES)), files.inner)


def problems(folder: Path | None, files: EncryptedStore) -> Iterator[str]:
    """Yield what is not whole: chains, the heads that a backup noted, files; a sentence each."""
    yield from (f"dossier {chain.dossier_id}: {chain.reason}" for chain in audit_check.broken_chains())
    if folder is not None:
        with (folder / HEADS).open(encoding="utf-8") as heads:
            for chain in audit_check.missing_chains(heads):
                yield f"dossier {chain.dossier_id}: {chain.reason}"
    found = file_care.check(files, deep=True)
    yield from (f"file {key} is missing" for key in found.missing)
    yield from (f"file {key} is damaged" for key in found.damaged)


def _lite(url: str) -> bool:
    return url.startswith("sqlite:")


def _dump(url: str, folder: Path) -> None:
    if _lite(url):
        # SQLite's own: a copy of the file alone would lack what is still in the write-ahead log.
        new = folder / f".{SQLITE}"
        new.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as source,
            closing(sqlite3.connect(new)) as target,
        ):
            source.backup(target)
        os.replace(new, folder / SQLITE)
        return
    new = folder / f".{DUMP}"
    _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={new}")
    os.replace(new, folder / DUMP)


def _load(url: str, folder: Path) -> None:
    if _lite(url):
        if not (folder / SQLITE).exists():
            raise Refused("the backup is one of PostgreSQL")
        path = Path(url.removeprefix("sqlite:///"))
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        shutil.copyfile(folder / SQLITE, path)
        return
    if not (folder / DUMP).exists():
        raise Refused("the backup is one of SQLite")
    _run("pg_restore", url, "--no-owner", "--exit-on-error", "--single-transaction", str(folder / DUMP))


def _run(program: str, url: str, *arguments: str) -> None:
    """Run a program of PostgreSQL; the password goes by the environment, which no list of processes shows."""
    if not shutil.which(program):
        raise Refused(f"{program} is missing: install PostgreSQL's client programs")
    parts = urlsplit(url)
    kept = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name.startswith("ssl")])
    host = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    plain = parts._replace(netloc=f"{user}{host}", query=kept).geturl()
    secret = {"PGPASSWORD": unquote(parts.password)} if parts.password else {}
    done = subprocess.run(
        [program, f"--dbname={plain}", *arguments],
        env=os.environ | secret,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(f"{program} failed: {done.stderr.strip().splitlines()[-1:]}")
