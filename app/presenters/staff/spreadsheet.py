"""Tables as files that a French spreadsheet opens: UTF-8 with its mark, semicolons, and cells that never compute."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

Cell = str | int | None

# What makes a spreadsheet take a cell for a formula (OWASP, « CSV injection »).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: Cell) -> str:
    """One cell as text; an apostrophe before what could be taken for a formula, nothing for None."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The whole file."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell(one) for one in heads])
    writer.writerows([cell(one) for one in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
