"""Databases of the desk's measure: crowds of three sizes, kept under var/bench from run to run."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from app.settings import Settings
from app.storage import database
from bench.servers import ROOT
from tests.servers.postgres import postgres

KEPT = ROOT / "var" / "bench"
SIZES = (1_000, 100_000, 1_000_000)
SEED = 1
# The day on which all of it happens, however often it is measured: a crowd is open, late or uncovered on a day.
NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
BIGGEST = "75"  # the service with the most dossiers
ENGINES = ("sqlite", "postgres")


def key() -> str:
    """What tells the databases of one schema and seed from those of another."""
    digest = hashlib.sha256(str(SEED).encode())
    for path in sorted(database.MIGRATIONS.glob("0*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


@contextmanager
def served(engine: str) -> Iterator[dict[int, str]]:
    """The address of each size on an engine; what is not there yet is made, which takes minutes the first time."""
    KEPT.mkdir(parents=True, exist_ok=True)
    if engine == "sqlite":
        yield {size: _there(f"sqlite:///{KEPT}/{key()}-{size}.sqlite", size) for size in SIZES}
        return
    # As a small server has them: the largest database is many times the memory it may take for itself.
    with postgres(
        KEPT / f"postgres-{key()}", shared_buffers="512MB", work_mem="16MB", max_wal_size="4GB"
    ) as server:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            names = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
            for size in SIZES:
                if f"crowd_{size}" not in names:
                    connection.execute(f"CREATE DATABASE crowd_{size}")
        yield {size: _there(server.url(f"crowd_{size}"), size) for size in SIZES}


def _there(url: str, size: int) -> str:
    """The same address, once its crowd is whole: a mark is left by who finished."""
    mark = KEPT / f"{key()}-{url.partition(':')[0]}-{size}.whole"
    if not mark.exists():
        print(f"  making {size} dossiers, {url.partition(':')[0]}…", flush=True)
        subprocess.run([sys.executable, "-m", "bench.crowds", url, str(size)], cwd=ROOT, check=True)
        mark.touch()
    return url


def make(url: str, size: int) -> None:
    """Fill a database; the smallest one is one service's, so that its pages are as long as those of the others."""
    from app.demonstration import bulk_dossiers
    from app.reference import communes
    from app.services.operations import services_loading

    communes.open_reference(Settings.from_env().reference_dir)
    opened = database.bind(url)
    _empty(url)
    database.migrate()
    with opened.connection_context():
        services_loading.add_missing()
        bulk_dossiers.generate(size, SEED, NOW, BIGGEST if size == SIZES[0] else "")
    opened.close_all()


def _empty(url: str) -> None:
    """Begin anew where somebody stopped a run halfway."""
    if url.startswith("sqlite:"):
        for leftover in KEPT.glob(f"{Path(url).name}*"):
            leftover.unlink()
        return
    with database.database.connection_context():
        database.database.execute_sql("DROP SCHEMA public CASCADE")
        database.database.execute_sql("CREATE SCHEMA public")


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]))
