"""The programs of the cluster: the machine's, else Debian's packages unpacked, which installs and starts nothing."""

import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.servers import nginx, postgres
from tooling.parts import MissingPart, from_pypi, unpacked_from_debian

LIBRARIES = {
    "haproxy": ("liblua5.3-0", "libopentracing-c-wrapper0", "libopentracing1"),
    "pgbouncer": ("libc-ares2",),
    "etcd-server": (),
}


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


def patroni(user: str | None) -> Program:
    """Return Patroni from PyPI; under Debian's python3 for another account, which may not reach that of this project."""
    python = Path(sys.executable)
    if user:
        python = Path("/usr/bin/python3")
        asked = [str(python), "-c", "import sys; print(sys.version_info[:2])"]
        version = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        if version != str(sys.version_info[:2]):
            raise MissingPart(
                f"PostgreSQL refuses root, and {python} is not of the version of {sys.executable}, as {user} needs it: "
                "run as an ordinary user."
            )
    etcd = _unpacked("python3-etcd") / "usr" / "lib" / "python3" / "dist-packages"
    packages = from_pypi("patroni")
    return Program((str(python), str(packages / "bin" / "patroni")), {"PYTHONPATH": f"{packages}:{etcd}"})


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
