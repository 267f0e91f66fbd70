"""The files and tests that a page names as proofs: `tests/web/test_x.py::test_y`, in back quotes."""

import re
from pathlib import Path

from tooling.parts import ROOT

_QUOTED = re.compile(r"`([^`]+)`")


def named(proof: str) -> list[str]:
    """Return the files and tests that a proof names."""
    return [name for name in _QUOTED.findall(proof) if "/" in name or name == "pyproject.toml"]


def absent(proof: str, root: Path = ROOT) -> list[str]:
    """Return those of them that are not there."""
    return [name for name in named(proof) if not _there(name, root)]


def _there(name: str, root: Path) -> bool:
    path, _, test = name.partition("::")
    if not (root / path).exists():
        return False
    return not test or f"def {test}(" in (root / path).read_text(encoding="utf-8")
