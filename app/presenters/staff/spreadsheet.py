"""CSV files for spreadsheets in French: UTF-8 with a byte order mark, semicolons, no formulas."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

Cell = str | int | None

# First characters of a formula (OWASP, « CSV injection »), in the width of East Asian keyboards too.
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: Cell) -> str:
    """Return a cell as text, with an apostrophe before anything a spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    bare = text.lstrip()  # spreadsheets skip what is empty before a formula
    return f"'{text}" if bare.startswith(FORMULA) or text.startswith(("\t", "\r", "\n")) else text


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as a CSV file."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell(head) for head in heads])
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
