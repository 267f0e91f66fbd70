"""PgBouncer in transaction mode before a PostgreSQL server, as a ministry runs it."""

import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.postgres import Postgres, unprivileged_user
from tests.servers.process import answers, free_port, running
from tooling.parts import MissingPart, unpacked_from_debian

SETTINGS = """
[databases]
* = host=127.0.0.1 port={upstream} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
server_check_delay = 0
server_login_retry = 1
query_wait_timeout = 15
logfile =
"""


def program() -> tuple[str, str]:
    """Return the path of PgBouncer and where its libraries are: the machine's, else Debian's packages unpacked."""
    known = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if known:
        return known, ""
    pooler, library = unpacked_from_debian("pgbouncer"), unpacked_from_debian("libc-ares2")
    if pooler and library:
        folder = library / "usr" / "lib" / f"{platform.machine()}-linux-gnu"
        return str(pooler / "usr" / "sbin" / "pgbouncer"), str(folder)
    raise MissingPart("The pooler is missing: install the package pgbouncer.")


@contextmanager
def before(server: Postgres) -> Iterator[Postgres]:
    """Run a pooler before a server until the block ends; it refuses root, and reads nothing in closed folders."""
    found, libraries = program()
    user = unprivileged_user()
    home = Path(tempfile.mkdtemp(prefix="guichet-pgbouncer-"))
    try:
        copied = shutil.copy(found, home / "pgbouncer")
        environment = {}
        if libraries:
            shutil.copytree(libraries, home / "lib")
            environment["LD_LIBRARY_PATH"] = str(home / "lib")
        port = free_port()
        (home / "settings.ini").write_text(SETTINGS.format(upstream=server.port, port=port), encoding="utf-8")
        home.chmod(0o755)
        command = [copied, str(home / "settings.ini")]
        with running(command, home / "log", lambda: answers(port), user=user, environment=environment):
            yield Postgres(port)
    finally:
        shutil.rmtree(home, ignore_errors=True)
