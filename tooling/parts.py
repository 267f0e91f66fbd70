"""Programs that the project needs outside its own environment: Node, test servers, a browser.

Each comes from a pinned list under ``requirements/`` and is installed once under ``var/parts/NAME``. A stamp holds
the digest of the list, so that a changed pin is installed at the next use.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / "var" / "parts"


class MissingPart(RuntimeError):
    """Raised when a part is neither on the machine nor installable; the message says what to install."""


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Hold a lock between processes, so that two test workers never install the same part at once."""
    PARTS.mkdir(parents=True, exist_ok=True)
    with (PARTS / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def from_pypi(name: str) -> Path:
    """Install ``requirements/NAME.txt`` with hash checking into a folder of its own and return the folder."""
    wanted = ROOT / "requirements" / f"{name}.txt"
    folder = PARTS / name
    stamp = folder / ".installed"
    digest = hashlib.sha256(wanted.read_bytes() + sys.version.encode()).hexdigest()
    with alone(name):
        if not (stamp.exists() and stamp.read_text() == digest):
            shutil.rmtree(folder, ignore_errors=True)
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            run(
                [
                    *pip,
                    "--require-hashes",
                    "--no-deps",  # the list is whole
                    "--only-binary",
                    ":all:",
                    "--target",
                    str(folder),
                    "-r",
                    str(wanted),
                ],
                name,
            )
            stamp.write_text(digest)
    return folder


def from_debian(*packages: str) -> bool:
    """Install Debian packages if this is Debian and the user is root; return whether it succeeded."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with alone("debian"):
        for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", *packages]):
            done = subprocess.run(command, env=environment, capture_output=True, check=False)
            if done.returncode:
                return False
    return True


def unpacked_from_debian(package: str) -> Path | None:
    """Unpack a Debian package, which installs and starts nothing; return its folder, None where that fails."""
    folder = PARTS / package
    with alone(package):
        if not (folder / "usr").exists():
            if not (shutil.which("apt-get") and shutil.which("dpkg")):
                return None
            with tempfile.TemporaryDirectory() as there:
                found = _downloaded(package, Path(there))
                if found is None:
                    return None
                run(["dpkg", "-x", str(found), str(folder)], package)
    return folder


def _downloaded(package: str, folder: Path) -> Path | None:
    """Download a package of Debian; where its lists are empty or old, after asking for new ones."""
    for command in (
        ["apt-get", "download", package],
        ["apt-get", "-qq", "update"],
        ["apt-get", "download", package],
    ):
        subprocess.run(command, cwd=folder, capture_output=True, check=False)
        if found := list(folder.glob("*.deb")):
            return found[0]
    return None


def run(command: list[str], name: str, cwd: Path = ROOT) -> None:
    """Run an installing command; MissingPart with its output if it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingPart(f"{name} could not be installed: {(done.stderr or done.stdout).strip()[-2000:]}")
