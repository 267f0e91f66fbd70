"""Communes of France, overseas included, by postcode and by INSEE code."""

import re
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.domain.text import fold
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


class _Connection:
    """A read-only connection, closed with the thread that asks by it."""

    def __init__(self, path: Path) -> None:
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self.opened = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def __del__(self) -> None:
        self.opened.close()


_file: list[Path] = []
_local = threading.local()


def open_reference(directory: str) -> None:
    """Use the look-up file of a folder; ReferenceMissing if there is none."""
    path = Path(directory) / FILE
    if not path.exists():
        raise ReferenceMissing(FILE)
    _file[:] = [path]
    _local.__dict__.clear()
    for known in (communes_of, commune, former_names, communes_in, departements, _names):
        known.cache_clear()


def query(sql: str, *values: str) -> list[tuple[str, ...]]:
    """Return rows of the look-up file, with one read-only connection per thread."""
    if not hasattr(_local, "connection"):
        _local.connection = _Connection(_file[0])
    rows: list[tuple[str, ...]] = _local.connection.opened.execute(sql, values).fetchall()
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


@lru_cache(maxsize=4096)
def former_names(code: str) -> frozenset[str]:
    """Return the names, as `named` compares them, of the communes merged into a present one."""
    return frozenset(_plain(name) for (name,) in query("SELECT name FROM former WHERE code = ?", code))


def departement_of(postcode: str) -> str:
    """Return the code of the département of five digits, a postcode that we know or not; "" if there is none.

    >>> departement_of("20250"), departement_of("97490")
    ('2B', '974')
    """
    code = postcode[:3] if postcode >= "97" else postcode[:2]
    if code == "20":
        code = "2A" if postcode < "20200" else "2B"
    return code if code in departements() else ""


def departements_of(postcode: str) -> frozenset[str]:
    """Return the codes of the départements of five digits: sixteen postcodes have communes of two.

    >>> sorted(departements_of("13780")), sorted(departements_of("69421"))
    (['13', '83'], ['69'])
    """
    listed = frozenset(place.departement for place in communes_of(postcode))
    return listed or frozenset(filter(None, (departement_of(postcode),)))


@lru_cache(maxsize=128)
def communes_in(departement: str) -> tuple[Commune, ...]:
    """Return the communes of a département, by name."""
    return tuple(
        Commune(*row)
        for row in query("SELECT * FROM commune WHERE departement = ? ORDER BY name", departement)
    )


def named(text: str, choices: Sequence[Commune]) -> Commune | None:
    """Return the commune, among those of a postcode, that a text names, by its code or its name as people type it.

    A commune that was merged since is named too, by its old name, where only one of them had such a part. The only
    commune of a postcode is also named by part of its name, or by nothing.
    """
    typed = _plain(text)
    exact = next((place for place in choices if text == place.code or typed == _plain(place.name)), None)
    merged = [place for place in choices if not exact and typed and typed in former_names(place.code)]
    if len(merged) == 1:
        return merged[0]
    if exact or len(choices) > 1:
        return exact
    name = _plain(choices[0].name)
    return choices[0] if typed in name or (name in typed and commune(text) is None) else None


def is_elsewhere(text: str) -> bool:
    """Return whether a commune of the country has this very name."""
    return _plain(text) in _names()


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(_plain(place.name) for place in all_communes())


_WHOLE = {"st": "saint", "ste": "sainte", "ss": "sous"}


def _plain(name: str) -> str:
    """Return a commune's name without accents, ligatures, hyphens, case or the abbreviations of envelopes."""
    text = re.sub(r"\bcedex\b.*", "", fold(name))  # of the postman, not of the name
    text = re.sub(r"\bs?/", " sur ", text)
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    return " ".join(_WHOLE.get(word, word) for word in words)


def all_communes() -> tuple[Commune, ...]:
    """Return every commune, by code."""
    return tuple(Commune(*row) for row in query("SELECT * FROM commune ORDER BY code"))


@lru_cache(maxsize=1)
def departements() -> frozenset[str]:
    """Return the codes of départements and collectivities that have communes with a postcode."""
    return frozenset(code for (code,) in query("SELECT DISTINCT departement FROM commune"))


def arrondissement(code: str) -> Arrondissement | None:
    """Return the arrondissement of an INSEE code, None if there is none."""
    rows = query("SELECT * FROM arrondissement WHERE code = ?", code)
    return Arrondissement(*rows[0]) if rows else None
