"""`make bench`: run every benchmark, or those named in `make bench ARGS=pages`."""

import sys
from collections.abc import Callable

from bench import desk, files, frozen, memory, pages, papers, phone, slow, sweeps, uploads
from bench.table import Line

PARTS: dict[str, Callable[[], list[Line]]] = {
    "weights": pages.weights,
    "pages": pages.speed,
    "phone": phone.speed,
    "papers": papers.speed,
    "uploads": uploads.speed,
    "files": files.speed,
    "slow": slow.speed,
    "frozen": frozen.speed,
    "desk": desk.growth,
    "sweeps": sweeps.growth,
    "memory": memory.growth,
}


def main(names: list[str]) -> int:
    """Run the named parts, or all; return 1 if a goal is not met, 2 for an unknown name."""
    if unknown := set(names) - set(PARTS):
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
        return 2
    lines: list[Line] = []
    for name in names or PARTS:
        for line in PARTS[name]():
            if name != "slow":  # it takes minutes, and prints each as it comes
                print(line, flush=True)
            lines.append(line)
    return 0 if all(line.met for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
