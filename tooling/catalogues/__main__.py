"""Check, update, reword and report on the catalogues: ``python -m tooling.catalogues``, see ``--help``."""

import argparse
import sys

from babel.messages.catalog import Catalog

from tooling.catalogues import checks, files, report, rewording, wording
from tooling.catalogues.extraction import TRANSLATIONS, extract


def main() -> int:
    """Do what the command line asks for; return 1 if there is a fault."""
    asked = parser().parse_args()
    if asked.reword:
        return rewording.reword_all(*asked.reword)
    if asked.read_again:
        code, sentence = asked.read_again
        return rewording.read_again(TRANSLATIONS / code / "LC_MESSAGES" / "messages.po", sentence)
    wanted = extract()
    if asked.update:
        for path in files.languages():
            files.write(path, files.merge(files.read(path), wanted))
        return 0
    if asked.report is not None:
        print("\n".join(report.lines(wanted, asked.report)))
        return 0
    return check(wanted)


def check(wanted: Catalog) -> int:
    """Print each fault; return 1 if there is one."""
    found = list(wording.source_faults(wanted, wording.read(TRANSLATIONS)))
    found += checks.undescribed(wanted)
    for path in files.languages():
        found += checks.faults(wanted, path)
        found += checks.outdated(wanted, path)
    print("\n".join(found) or f"sentences: {len(wanted)} in each of {len(files.languages()) + 1} languages")
    return 1 if found else 0


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    made = argparse.ArgumentParser(
        prog="python -m tooling.catalogues", description="Without an option: check."
    )
    ways = made.add_mutually_exclusive_group()
    ways.add_argument(
        "--update", action="store_true", help="take new sentences, comments and references from the code"
    )
    ways.add_argument(
        "--reword",
        nargs=2,
        metavar=("OLD", "NEW"),
        help="keep the translations of a sentence; run it before --update",
    )
    ways.add_argument(
        "--read-again", nargs=2, metavar=("CODE", "SENTENCE"), help="its translation holds for its new words"
    )
    ways.add_argument(
        "--report", nargs="?", const="", metavar="CODE", help="entries and words left, by place"
    )
    return made


if __name__ == "__main__":
    sys.exit(main())
