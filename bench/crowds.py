"""Databases of three sizes for the benchmark of agents' pages, kept under var/bench from run to run."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from app.keys import KeyPurpose, Keyring
from app.keys.keyring import DEMONSTRATION
from app.settings import Settings
from app.storage import database, sealing
from bench.servers import ROOT
from tests.servers.postgres import postgres

FOLDER = ROOT / "var" / "bench"
SIZES = (1_000, 100_000, 1_000_000)
SEED = 1
# The fixed date of all runs: states such as late or uncovered depend on it.
NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
BIGGEST = "75"  # the service with the most dossiers
ENGINES = ("sqlite", "postgres")


def key() -> str:
    """Return a digest of the schema and the seed, which names their databases."""
    digest = hashlib.sha256(str(SEED).encode())
    for path in sorted(database.MIGRATIONS.glob("0*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


@contextmanager
def served(engine: str) -> Iterator[dict[int, str]]:
    """Yield the URL of each size on an engine; missing databases are generated, which takes minutes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if engine == "sqlite":
        yield {size: _generated(f"sqlite:///{FOLDER}/{key()}-{size}.sqlite", size) for size in SIZES}
        return
    # The settings of a small server: the largest database is many times its memory.
    with postgres(
        FOLDER / f"postgres-{key()}", shared_buffers="512MB", work_mem="16MB", max_wal_size="4GB"
    ) as server:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            names = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
            for size in SIZES:
                if f"crowd_{size}" not in names:
                    connection.execute(f"CREATE DATABASE crowd_{size}")
        yield {size: _generated(server.url(f"crowd_{size}"), size) for size in SIZES}


def _generated(url: str, size: int) -> str:
    """Generate a database unless it is complete, which a marker file records; return its URL."""
    mark = FOLDER / f"{key()}-{url.partition(':')[0]}-{size}.whole"
    if not mark.exists():
        print(f"  making {size} dossiers, {url.partition(':')[0]}…", flush=True)
        subprocess.run([sys.executable, "-m", "bench.crowds", url, str(size)], cwd=ROOT, check=True)
        mark.touch()
    return url


def make(url: str, size: int) -> None:
    """Fill a database; the smallest is of one service, so that its pages are as long as the others'."""
    from app.demonstration import bulk_dossiers
    from app.reference import communes
    from app.services.operations import services_loading

    communes.open_reference(Settings.from_env().reference_dir)
    opened = database.bind(url)
    sealing.bind(Keyring(DEMONSTRATION).of(KeyPurpose.AUTHENTICATORS))
    _empty(url)
    database.migrate()
    with opened.connection_context():
        services_loading.add_missing()
        bulk_dossiers.generate(size, SEED, NOW, BIGGEST if size == SIZES[0] else "")
    opened.close_all()


def _empty(url: str) -> None:
    """Delete what an interrupted run has left."""
    if url.startswith("sqlite:"):
        for leftover in FOLDER.glob(f"{Path(url).name}*"):
            leftover.unlink()
        return
    with database.database.connection_context():
        database.database.execute_sql("DROP SCHEMA public CASCADE")
        database.database.execute_sql("CREATE SCHEMA public")


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]))
