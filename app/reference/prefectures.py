"""The prefecture of each département and overseas collectivity, and which services may handle a commune.

`prefectures.tsv` holds code, official name, city and site. After its own code, a prefecture names the collectivities
that it also handles: Saint-Barthélemy has no other than Saint-Martin's, Clipperton depends on Papeete. Names follow
the decrees that appoint prefects, which write Vaucluse, Loir-et-Cher, Lot-et-Garonne and Tarn-et-Garonne bare.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.reference.communes import Commune


@dataclass(frozen=True)
class Prefecture:
    """Where the permits of a département are handled, and of the collectivities attached to it."""

    code: str
    name: str
    city: str
    site: str
    departements: tuple[str, ...]


@cache
def prefectures() -> tuple[Prefecture, ...]:
    """All of them, by code."""
    found = []
    for line in (Path(__file__).parent / "prefectures.tsv").read_text(encoding="utf-8").splitlines():
        codes, name, city, site = line.split("\t")
        departements = tuple(codes.split())
        found.append(Prefecture(departements[0], name, city, site, departements))
    return tuple(found)


@cache
def _by_departement() -> dict[str, Prefecture]:
    return {departement: one for one in prefectures() for departement in one.departements}


def prefecture_of(departement: str) -> Prefecture | None:
    """The prefecture that handles a département or a collectivity."""
    return _by_departement().get(departement)


def subprefecture_code(departement: str, arrondissement: str) -> str:
    """The code of the service of an arrondissement, that of its département first: `692` → `69-2`."""
    return f"{departement}-{arrondissement.removeprefix(departement)}"


def possible_services(town: Commune) -> tuple[str, ...]:
    """The codes of the services that may be in charge of a commune, the nearest first."""
    codes = [subprefecture_code(town.departement, town.arrondissement)] if town.arrondissement else []
    if prefecture := prefecture_of(town.departement):
        codes.append(prefecture.code)
    return tuple(codes)
