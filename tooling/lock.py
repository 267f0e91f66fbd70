"""Choose the newest versions allowed and write them with their hashes, without naming the index they came from.

``uv`` is installed beside the project for this only; plain pip installs what it writes.
"""

import subprocess
import sys
from pathlib import Path

from tooling.parts import ROOT

FOLDER = ROOT / "requirements"
FORM = [
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--upgrade",
    "--no-emit-package",
    "ydiff",  # of Patroni's own command line; no wheel
]
PROJECT = {"run": [], "test": ["--extra", "test"], "bench": ["--extra", "test", "--extra", "bench"]}


def main() -> int:
    """Write every list under ``requirements/``."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"]
    subprocess.run(pip, check=True)
    for name, extras in PROJECT.items():
        compile_list(ROOT / "pyproject.toml", name, extras)
    for source in sorted(FOLDER.glob("*.in")):
        compile_list(source, source.stem, [])
    return 0


def compile_list(source: Path, name: str, extras: list[str]) -> None:
    """Write ``requirements/NAME.txt`` from the dependencies in ``source``."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", *FORM, *extras, str(source)]
    subprocess.run([*command, "-o", str(FOLDER / f"{name}.txt")], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
