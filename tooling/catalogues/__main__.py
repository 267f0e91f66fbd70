"""Check, update, reword and report on the catalogues: ``python -m tooling.catalogues``, see ``--help``."""

import argparse
import sys
from pathlib import Path

from babel.messages.catalog import Catalog

from app.languages import KNOWN, SOURCE
from tooling.catalogues import checks, exchange, files, numbers, report, rewording, wording
from tooling.catalogues.extraction import TRANSLATIONS, extract


def main() -> int:
    """Do what the command line asks for; return 1 if there is a fault."""
    asked = parser().parse_args()
    if asked.reword:
        return rewording.reword_all(*asked.reword)
    if asked.read_again:
        code, sentence = asked.read_again
        return rewording.read_again(files.path_of(code), sentence)
    wanted = extract()
    if asked.update:
        return update(wanted)
    if asked.export:
        code, into = asked.export
        print(f"{exchange.export(code, wanted, Path(into))} entries lack in {code}")
        return 0
    if asked.take:
        return take(wanted, *asked.take)
    if asked.report is not None:
        print("\n".join(report.lines(wanted, asked.report)))
        return 0
    return check(wanted)


def update(wanted: Catalog) -> int:
    """Take the sentences of the code into each catalogue; begin those of languages that have none."""
    for code in KNOWN.keys() - {SOURCE}:
        if not files.path_of(code).exists():
            files.begin(code)
    for path in files.languages():
        files.write(path, files.merge(files.read(path), wanted))
    return 0


def take(wanted: Catalog, code: str, *given: str) -> int:
    """Take translations from files; print what is refused, and return 1 if something is."""
    refused = exchange.take(code, wanted, exchange.read(map(Path, given)))
    print("\n".join(refused) or f"taken into {code}")
    return 1 if refused else 0


def check(wanted: Catalog) -> int:
    """Print each fault; return 1 if there is one."""
    found = list(wording.source_faults(wanted, wording.read(TRANSLATIONS)))
    found += numbers.faults(wanted, numbers.read(TRANSLATIONS))
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
    ways.add_argument(
        "--export",
        nargs=2,
        metavar=("CODE", "FILE"),
        help="write what a language lacks, with its comments, as JSON",
    )
    ways.add_argument("--take", nargs="+", metavar=("CODE", "FILE"), help="take such files back, translated")
    return made


if __name__ == "__main__":
    sys.exit(main())
