"""One machine as an institution begins with: a web server, a worker and a database, what belongs to others behind lines.

`sqlite` keeps its files in a folder; `postgres` in an S3 store, with a scanner. Each line to a part outside can fail.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from app.settings import ROOT
from cluster import objects
from cluster.checker import Rows
from cluster.keeper import Keeper
from cluster.layout import HOST
from cluster.parts import Part, listens, says_200
from cluster.programs import python
from tests.servers.clamd import clamd
from tests.servers.freezing import Freezing, freezing
from tests.servers.postgres import Postgres, accepts_queries, server_command, unprivileged_user
from tests.servers.process import free_port
from tests.servers.swift import Swift, swift
from tooling.parts import MissingPart

DESKS = ("register", "ephoto", "stamps", "sms")
# What it has that a person's request or the worker may wait for; a letter goes through the line of mail.
LINES = {"sqlite": (*DESKS, "mail"), "postgres": (*DESKS, "mail", "store", "scanner", "database")}
PROCESSES = {"sqlite": ("web", "worker"), "postgres": ("web", "worker", "database")}


@dataclass
class Machine(Keeper):
    """The running machine. `clock` is the environment that gives its processes another time."""

    engine: str = "sqlite"
    clock: Mapping[str, str] = field(default_factory=dict)
    worker_clock: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    lines: dict[str, Freezing] = field(default_factory=dict)
    database_port: int = field(default_factory=free_port)
    store: Swift | None = None

    @property
    def database_url(self) -> str:
        """What DATABASE_URL holds: through the line to the database."""
        if self.engine == "postgres":
            return Postgres(self.lines["database"].port).url("guichet")
        return f"sqlite:///{self.home / 'guichet.sqlite'}"

    def at(self, line: str) -> str:
        """The address of a part outside, through its line."""
        return f"{HOST}:{self.lines[line].port}"

    def settings(self) -> dict[str, str]:
        """Return the environment of the web server and the worker."""
        files = {"FILES_URL": f"file:{self.home / 'uploads'}"}
        if self.store:
            files = {"FILES_URL": f"s3://{objects.BUCKET}/", "ANTIVIRUS_URL": f"clamd://{self.at('scanner')}"}
            files |= self.store.environment() | {"AWS_ENDPOINT_URL": f"http://{self.at('store')}"}
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(self.home),
            "DATABASE_URL": self.database_url,
            "KEYRING": f"file:{self.home / 'keys.json'}",
            "MAIL_URL": f"smtp://{self.at('mail')}?tls=none",
            **{f"{name.upper()}_URL": f"http://{self.at(name)}/{name}" for name in DESKS},
            **files,
            **self.clock,
        }

    def environment(self) -> Mapping[str, str]:
        """Return the environment of commands, which write the files of the desks."""
        files = (("REGISTER", "register"), ("EPHOTO", "ephotos"), ("STAMPS", "stamps"))
        return self.settings() | {f"{name}_URL": f"file:{self.desks / file}.json" for name, file in files}

    def part(self, name: str, command: Sequence[str], wave: int, ready: Any, **more: Any) -> Part:
        """Return a part that runs in a folder of its own."""
        folder = self.home / name
        folder.mkdir(exist_ok=True)
        return Part(name, command, folder, wave, ready, **more)

    def run(self, *seeds: Sequence[str]) -> None:
        """Start everything; `seeds` are modules with arguments that fill the database before anybody is let in."""
        if self.engine == "postgres":
            self.start([self._database()])
            with psycopg.connect(Postgres(self.database_port).url("postgres"), autocommit=True) as connection:
                connection.execute("CREATE DATABASE guichet")
        for given in (("keys", "make", str(self.home / "keys.json")), ("migrate",), ("services",)):
            self.command(*given)
        for module, *arguments in seeds:
            self.command(*arguments, module=module)
        self.start([self._web(), self._worker()])
        self.watch()

    def _database(self) -> Part:
        folder = self.home / "database"
        # Killed, not unplugged: the kernel keeps what was written; what was acknowledged has to be.
        command = server_command(folder, self.database_port, synchronous_commit="on")
        ready, user = partial(accepts_queries, self.database_port), unprivileged_user()
        return self.part("database", command, 2, ready, user=user, environment=self.clock)

    def _web(self) -> Part:
        command = [python(), "-m", "app.cli", "serve", "--no-worker", "--bind", f"{HOST}:{self.port}"]
        ready = says_200(self.port, "/readyz")
        return self.part("web", command, 1, ready, environment=self.settings())

    def _worker(self) -> Part:
        command = [python(), "-m", "app.cli", "worker"]
        return self.part(
            "worker", command, 1, lambda: True, environment={**self.settings(), **self.worker_clock}
        )

    def mend_clock(self) -> None:
        """Set the worker's clock right: it ends and begins again with that of the machine."""
        self.parts["worker"].environment = self.settings()
        self.kill("worker")

    def whole(self) -> bool:
        """Return whether a person can file, and everything runs."""
        return all(part.runs() and not part.frozen and part.ready() for part in self.parts.values())

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        """Open the database past the service."""
        if self.engine == "postgres":
            url = Postgres(self.database_port).url("guichet")
            with psycopg.connect(url, autocommit=True) as connection:
                yield connection
            return
        with closing(sqlite3.connect(f"file:{self.home / 'guichet.sqlite'}?mode=ro", uri=True)) as opened:
            yield opened

    def has_object(self) -> Callable[[str], bool]:
        """Return the question whether the store has a file."""
        if self.store:
            return objects.asking(self.store)
        return lambda key: (self.home / "uploads" / key).is_file()


@contextmanager
def machine(engine: str, clock: Mapping[str, str] | None = None, room: str = "") -> Iterator[Machine]:
    """Yield a machine whose lines stand, to be `run`; end all of it with the block. `room` bounds its disk, as 240m."""
    home = Path(tempfile.mkdtemp(prefix="guichet-machine-"))
    home.chmod(0o711)  # the account of the database goes through it
    made = Machine(home, engine=engine, clock=clock or {}, say=lambda line: None)
    with ExitStack() as stack:
        stack.callback(partial(shutil.rmtree, home, ignore_errors=True))
        if room:
            stack.enter_context(small_disk(home, room))
        stack.callback(made.stop)
        made.desks.mkdir()
        http, mail = free_port(), free_port()
        upstream = dict.fromkeys(DESKS, http) | {"mail": mail}
        if engine == "postgres":
            made.store = stack.enter_context(swift())
            made.store.make_bucket(objects.BUCKET)
            upstream["store"] = int(made.store.endpoint.rpartition(":")[2])
            upstream["scanner"] = int(stack.enter_context(clamd()).rpartition(":")[2])
            upstream["database"] = made.database_port
        for name, port in upstream.items():
            made.lines[name] = stack.enter_context(freezing(port))
        command = [python(), "-m", "cluster.outside", str(made.desks), str(http), str(mail)]
        environment = {"PYTHONPATH": str(ROOT), **made.clock}
        made.start([made.part("desks", command, 3, listens(mail), environment=environment)])
        yield made


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Mount a disk of a size on a folder; MissingPart where this account may not."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=711", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingPart(f"A small disk cannot be mounted: run as root. {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
