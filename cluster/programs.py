"""The programs of the cluster: the machine's, else Debian's packages unpacked, which installs and starts nothing."""

import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.servers import nginx, postgres
from tooling.parts import PARTS, MissingPart, unpacked_from_debian

LIBRARIES = {
    "haproxy": ("liblua5.3-0", "libopentracing-c-wrapper0", "libopentracing1"),
    "pgbouncer": ("libc-ares2",),
    "etcd-server": (),
}
# Of Debian too, for its python3: an account without rights may not read that of this project.
PATRONI = (
    "patroni", "python3-etcd", "python3-psycopg2", "python3-click", "python3-dateutil", "python3-prettytable",
    "python3-psutil", "python3-six", "python3-urllib3", "python3-yaml", "python3-dnspython", "python3-wcwidth",
    "python3-pkg-resources", "python3-cdiff", "libpq5",
)  # fmt: skip


@dataclass(frozen=True)
class Program:
    """A command, and what it needs in its environment."""

    command: tuple[str, ...]
    environment: dict[str, str]


def from_package(package: str, name: str) -> Program:
    """Return a program of a package of Debian."""
    known = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin")
    if known:
        return Program((known,), {})
    found = _unpacked(package)
    libraries = ":".join(str(_libraries(_unpacked(needed))) for needed in LIBRARIES[package])
    place = next(
        path for path in (found / "usr" / "sbin" / name, found / "usr" / "bin" / name) if path.exists()
    )
    return Program((str(place),), {"LD_LIBRARY_PATH": libraries} if libraries else {})


def patroni() -> Program:
    """Return Patroni under Debian's python3."""
    if known := shutil.which("patroni"):
        return Program((known,), {})
    python = Path("/usr/bin/python3")
    if not python.exists():
        raise MissingPart("Patroni needs /usr/bin/python3: install the package python3.")
    folders = [_unpacked(package) for package in PATRONI]
    packages = [folder / "usr" / "lib" / "python3" / "dist-packages" for folder in folders]
    return Program(
        (str(python), str(PARTS / "patroni" / "usr" / "bin" / "patroni")),
        {
            "PYTHONPATH": ":".join(str(folder) for folder in packages if folder.exists()),
            "LD_LIBRARY_PATH": str(_libraries(folders[-1])),
        },
    )


def postgresql() -> Path:
    """Return the folder of PostgreSQL's programs; of those, pg_rewind and pg_basebackup are needed too."""
    found = postgres.programs()
    for needed in ("pg_rewind", "pg_basebackup"):
        if not (found / needed).exists():
            raise MissingPart(f"{needed} is missing beside {found}: install the package postgresql.")
    return found


def nginx_program() -> str:
    """Return nginx."""
    return nginx.program()


def python() -> str:
    """Return the interpreter of this project."""
    return sys.executable


def _unpacked(package: str) -> Path:
    found = unpacked_from_debian(package)
    if not found:
        raise MissingPart(f"{package} is missing, and cannot be unpacked: install the package {package}.")
    return found


def _libraries(folder: Path) -> Path:
    return folder / "usr" / "lib" / f"{platform.machine()}-linux-gnu"
