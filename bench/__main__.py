"""`make bench`: every measure of the service beside its peers, in one run. `make bench ARGS=pages` runs a part."""

import sys
from collections.abc import Callable

from bench import desk, pages, papers, uploads
from bench.table import Line

PARTS: dict[str, Callable[[], list[Line]]] = {
    "weights": pages.weights,
    "pages": pages.speed,
    "papers": papers.speed,
    "uploads": uploads.speed,
    "desk": desk.growth,
}


def main(wanted: list[str]) -> int:
    """Run the parts, all of them when none is named; 1 when a goal is not met."""
    if unknown := set(wanted) - set(PARTS):
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
        return 2
    lines: list[Line] = []
    for name in wanted or PARTS:
        for line in PARTS[name]():
            print(line, flush=True)
            lines.append(line)
    return 0 if all(line.met for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
