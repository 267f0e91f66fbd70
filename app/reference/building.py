"""Make the look-up file of communes from the package that publishes them.

Source: @etalab/decoupage-administratif (INSEE and La Poste, Licence Ouverte).
"""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

from app.settings import ROOT

SOURCE = ROOT / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
FILE = "france.sqlite"

_SCHEMA = """
CREATE TABLE commune (code TEXT PRIMARY KEY, name TEXT, departement TEXT, arrondissement TEXT) WITHOUT ROWID;
CREATE TABLE postcode (postcode TEXT, code TEXT, PRIMARY KEY (postcode, code)) WITHOUT ROWID;
CREATE TABLE arrondissement (code TEXT PRIMARY KEY, name TEXT, departement TEXT) WITHOUT ROWID;
"""
# Their inhabitants live in a numbered arrondissement, which has communes' codes of its own: the whole commune is known
# by its code and no postcode leads to it.
_DIVIDED = {"75056", "69123", "13055"}


def build(target: Path, source: Path = SOURCE) -> Path:
    """Write the file anew; the old one stays until the new one is whole."""
    communes = [one for one in _read(source, "communes") if _inhabited(one)]
    target.mkdir(parents=True, exist_ok=True)
    draft = target / f".{FILE}"
    draft.unlink(missing_ok=True)
    database = sqlite3.connect(draft)
    with database:
        database.executescript(_SCHEMA)
        database.executemany(
            "INSERT INTO commune VALUES (?, ?, ?, ?)",
            [
                (one["code"], _name(one), one["departement"], one.get("arrondissement", ""))
                for one in communes
            ],
        )
        database.executemany(
            "INSERT INTO postcode VALUES (?, ?)",
            [
                (code, one["code"])
                for one in communes
                if one["code"] not in _DIVIDED
                for code in one["codesPostaux"]
            ],
        )
        database.executemany(
            "INSERT INTO arrondissement VALUES (?, ?, ?)",
            [(one["code"], one["nom"], one["departement"]) for one in _read(source, "arrondissements")],
        )
    database.close()
    return draft.replace(target / FILE)


def _read(source: Path, name: str) -> Any:
    return json.loads((source / f"{name}.json").read_text(encoding="utf-8"))


def _inhabited(one: dict[str, Any]) -> bool:
    kinds = ("commune-actuelle", "arrondissement-municipal")
    return one["type"] in kinds and bool(one.get("codesPostaux"))


def _name(one: dict[str, Any]) -> str:
    return re.sub(r" Arrondissement$", "", one["nom"])
