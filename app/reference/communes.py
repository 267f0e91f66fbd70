"""Communes of France, overseas included, by postcode and by INSEE code."""

import re
import sqlite3
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.reference.building import FILE


@dataclass(frozen=True)
class Commune:
    """A commune, or an arrondissement of Paris, Lyon or Marseille. Codes are INSEE's."""

    code: str
    name: str
    departement: str
    arrondissement: str


@dataclass(frozen=True)
class Arrondissement:
    """A part of a département: the territory of a sub-prefecture, or of the prefecture itself."""

    code: str
    name: str
    departement: str


class ReferenceMissing(Exception):
    """Raised when the look-up file was not built; `python -m app.cli assets` builds it."""


_file: list[Path] = []
_local = threading.local()


def open_reference(directory: str) -> None:
    """Use the look-up file of a folder; ReferenceMissing if there is none."""
    path = Path(directory) / FILE
    if not path.exists():
        raise ReferenceMissing(FILE)
    _file[:] = [path]
    _local.__dict__.clear()
    communes_of.cache_clear()
    commune.cache_clear()


def query(sql: str, *values: str) -> list[tuple[str, ...]]:
    """Return rows of the look-up file, with one read-only connection per thread."""
    if not hasattr(_local, "connection"):
        uri = f"{_file[0].resolve().as_uri()}?mode=ro&immutable=1"
        _local.connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    rows: list[tuple[str, ...]] = _local.connection.execute(sql, values).fetchall()
    return rows


@lru_cache(maxsize=4096)
def communes_of(postcode: str) -> tuple[Commune, ...]:
    """Return the communes of a postcode by name, none for an unknown postcode."""
    rows = query(
        "SELECT c.* FROM postcode p JOIN commune c USING (code) WHERE p.postcode = ? ORDER BY name", postcode
    )
    return tuple(Commune(*row) for row in rows)


@lru_cache(maxsize=4096)
def commune(code: str) -> Commune | None:
    """Return the commune of an INSEE code, None if there is none."""
    rows = query("SELECT * FROM commune WHERE code = ?", code)
    return Commune(*rows[0]) if rows else None


def named(text: str, choices: Sequence[Commune]) -> Commune | None:
    """Return the commune, among those of a postcode, that a text names, by its code or its name as people type it.

    The only commune of a postcode is also named by part of its name, or by nothing.
    """
    typed = _plain(text)
    exact = next((place for place in choices if text == place.code or typed == _plain(place.name)), None)
    if exact or len(choices) > 1:
        return exact
    name = _plain(choices[0].name)
    return choices[0] if typed in name or (name in typed and commune(text) is None) else None


def _plain(name: str) -> str:
    """A commune's name without accents, hyphens or case, `saint` for `st`."""
    text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def all_communes() -> tuple[Commune, ...]:
    """Return every commune, by code."""
    return tuple(Commune(*row) for row in query("SELECT * FROM commune ORDER BY code"))


def departements() -> frozenset[str]:
    """Return the codes of départements and collectivities that have communes with a postcode."""
    return frozenset(code for (code,) in query("SELECT DISTINCT departement FROM commune"))


def arrondissement(code: str) -> Arrondissement | None:
    """Return the arrondissement of an INSEE code, None if there is none."""
    rows = query("SELECT * FROM arrondissement WHERE code = ?", code)
    return Arrondissement(*rows[0]) if rows else None
