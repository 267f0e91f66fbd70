"""Hold docs/asvs.md: each requirement of levels 1 and 2 once, with a state, and every file and test that it names there.

`python -m tooling.asvs` prints what is wrong, and how many requirements are in which state.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tooling.parts import ROOT
from tooling.proofs import absent, named

PAGE = ROOT / "docs" / "asvs.md"
WANTED = {1: 70, 2: 183}  # how many ASVS 5.0.0 has of each level
STATES = ("met", "in part", "missing", "operator", "does not apply")
_ROW = re.compile(r"^\| (\d+(?:\.\d+){2}) \| ([12]) \| ([^|]+) \| ([^|]+) \| (.+) \|$", re.MULTILINE)


def rows(text: str) -> list[tuple[str, int, str, str]]:
    """Return number, level, state and proof of each requirement of the page."""
    return [(number, int(level), state, proof) for number, level, _words, state, proof in _ROW.findall(text)]


def problems(text: str, root: Path = ROOT) -> Iterator[str]:
    """Yield what the page lacks, has twice, or names though it is not there."""
    found = rows(text)
    for number, times in Counter(number for number, *_rest in found).items():
        if times > 1:
            yield f"{number} stands there {times} times"
    for level, wanted in WANTED.items():
        there = sum(of == level for _number, of, *_rest in found)
        if there != wanted:
            yield f"{there} requirements of level {level}, not {wanted}"
    for number, _level, state, proof in found:
        if state not in STATES:
            yield f"{number}: « {state} » is no state"
        if state == "met" and not named(proof):
            yield f"{number} is met by nothing that is named"
        yield from (f"{number}: {name} is not there" for name in absent(proof, root))


def main() -> int:
    """Print the problems and the count of each state; return 1 if there is a problem."""
    text = PAGE.read_text(encoding="utf-8")
    found = list(problems(text))
    for problem in found:
        print(problem)
    count = Counter(state for _number, _level, state, _proof in rows(text))
    print("asvs: " + ", ".join(f"{count[state]} {state}" for state in STATES))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
