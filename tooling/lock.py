"""Choose the newest versions allowed, write them with their hashes, and tell which ones changed.

Lists do not name the index that they came from. `--check` tells what is outdated and leaves them as they are.

``uv`` is installed beside the project for this only; plain pip installs what it writes.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
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


PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


def main(given: list[str]) -> int:
    """Write every list under ``requirements/``, or print what would change in them."""
    before = {path: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))}
    _write_all()
    told = [
        f"{path.stem}: {change}"
        for path, text in before.items()
        for change in changes(text, path.read_text(encoding="utf-8"))
    ]
    print("\n".join(told) or "Nothing is outdated within the bounds of pyproject.toml and requirements/*.in.")
    if given == ["--check"]:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")
    return 0


def changes(before: str, after: str) -> Iterator[str]:
    """Yield the packages of a list whose version changed, that came and that went."""
    old, new = dict(PIN.findall(before)), dict(PIN.findall(after))
    for name in sorted(old | new):
        if old.get(name) != new.get(name):
            yield f"{name} {old.get(name, 'new')} -> {new.get(name, 'gone')}"


def _write_all() -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"]
    subprocess.run(pip, check=True)
    for name, extras in PROJECT.items():
        compile_list(ROOT / "pyproject.toml", name, extras)
    for source in sorted(FOLDER.glob("*.in")):
        compile_list(source, source.stem, [])


def compile_list(source: Path, name: str, extras: list[str]) -> None:
    """Write ``requirements/NAME.txt`` from the dependencies in ``source``."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", *FORM, *extras, str(source)]
    subprocess.run([*command, "-o", str(FOLDER / f"{name}.txt")], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
