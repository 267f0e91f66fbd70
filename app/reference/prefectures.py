"""Prefectures by département and overseas collectivity, and the services that may handle a commune.

`prefectures.tsv` has code, official name, city and site. The codes after the first are collectivities that the
prefecture also handles: Saint-Barthélemy's is Saint-Martin's, Clipperton depends on Papeete. Names follow the decrees
that appoint prefects, which write Vaucluse, Loir-et-Cher, Lot-et-Garonne and Tarn-et-Garonne without article.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.reference.communes import Commune


@dataclass(frozen=True)
class Prefecture:
    """The prefecture of a département, and of the collectivities attached to it."""

    code: str
    name: str
    city: str
    site: str
    departements: tuple[str, ...]


@cache
def prefectures() -> tuple[Prefecture, ...]:
    """Return all prefectures, by code."""
    found = []
    for line in (Path(__file__).parent / "prefectures.tsv").read_text(encoding="utf-8").splitlines():
        codes, name, city, site = line.split("\t")
        departements = tuple(codes.split())
        found.append(Prefecture(departements[0], name, city, site, departements))
    return tuple(found)


@cache
def _by_departement() -> dict[str, Prefecture]:
    return {code: prefecture for prefecture in prefectures() for code in prefecture.departements}


def prefecture_of(departement: str) -> Prefecture | None:
    """Return the prefecture of a département or a collectivity, None if there is none."""
    return _by_departement().get(departement)


def subprefecture_code(departement: str, arrondissement: str) -> str:
    """Return the code of the service of an arrondissement, département first: `692` gives `69-2`."""
    return f"{departement}-{arrondissement.removeprefix(departement)}"


def possible_services(town: Commune) -> tuple[str, ...]:
    """Return the codes of the services that may handle a commune, the nearest first."""
    codes = [subprefecture_code(town.departement, town.arrondissement)] if town.arrondissement else []
    if prefecture := prefecture_of(town.departement):
        codes.append(prefecture.code)
    return tuple(codes)
