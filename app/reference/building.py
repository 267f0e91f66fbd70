"""Build the look-up file of communes from the package that publishes them.

Source: @etalab/decoupage-administratif (INSEE and La Poste, Licence Ouverte).
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from app.settings import ROOT

SOURCE = ROOT / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
FILE = "france-2.sqlite"  # the number changes with the tables

_SCHEMA = """
CREATE TABLE commune (code TEXT PRIMARY KEY, name TEXT, departement TEXT, arrondissement TEXT) WITHOUT ROWID;
CREATE TABLE postcode (postcode TEXT, code TEXT, PRIMARY KEY (postcode, code)) WITHOUT ROWID;
CREATE TABLE former (name TEXT, code TEXT, PRIMARY KEY (code, name)) WITHOUT ROWID;
CREATE TABLE arrondissement (code TEXT PRIMARY KEY, name TEXT, departement TEXT) WITHOUT ROWID;
"""
# Paris, Lyon and Marseille: their postcodes lead to numbered arrondissements, which have INSEE codes of their own. The
# whole commune is found by its code only.
_DIVIDED = {"75056", "69123", "13055"}


def build(target: Path, source: Path = SOURCE) -> Path:
    """Write the look-up file into a folder and return its path; an existing one is replaced at the end."""
    entries = _read(source, "communes")
    communes = [entry for entry in entries if _inhabited(entry)]
    target.mkdir(parents=True, exist_ok=True)
    temporary = target / f".{FILE}"
    temporary.unlink(missing_ok=True)
    database = sqlite3.connect(temporary)
    with database:
        database.executescript(_SCHEMA)
        database.executemany(
            "INSERT INTO commune VALUES (?, ?, ?, ?)",
            [
                (commune["code"], _name(commune), commune["departement"], commune.get("arrondissement", ""))
                for commune in communes
            ],
        )
        database.executemany(
            "INSERT INTO postcode VALUES (?, ?)",
            [
                (code, commune["code"])
                for commune in communes
                if commune["code"] not in _DIVIDED
                for code in commune["codesPostaux"]
            ],
        )
        database.executemany("INSERT OR IGNORE INTO former VALUES (?, ?)", _former(entries))
        database.executemany(
            "INSERT INTO arrondissement VALUES (?, ?, ?)",
            [
                (entry["code"], entry["nom"], entry["departement"])
                for entry in _read(source, "arrondissements")
            ],
        )
    database.close()
    return temporary.replace(target / FILE)


def _read(source: Path, name: str) -> Any:
    return json.loads((source / f"{name}.json").read_text(encoding="utf-8"))


def _inhabited(entry: dict[str, Any]) -> bool:
    kinds = ("commune-actuelle", "arrondissement-municipal")
    return entry["type"] in kinds and bool(entry.get("codesPostaux"))


def _former(entries: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the name of each commune that was merged, with the code of the one that it is a part of now."""
    for entry in entries:
        if entry["type"] in ("commune-deleguee", "commune-associee"):
            yield entry["nom"], entry["chefLieu"]


def _name(entry: dict[str, Any]) -> str:
    return re.sub(r" Arrondissement$", "", entry["nom"])
