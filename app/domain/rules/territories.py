"""Territories: where the permits of this service are issued, and where one issued there is valid.

"En France" in the CESEDA is the metropole and the overseas départements, with Saint-Barthélemy, Saint-Martin and
Saint-Pierre-et-Miquelon (L.111-3); the Pacific collectivities have rules of their own and a haut-commissariat. A permit
issued in Mayotte allows to stay in Mayotte only, with exceptions, until 31/12/2029 (L.441-8, repealed on 01/01/2030 by
loi 2025-797 of 11/08/2025). From secondary sources; the list of exceptions was not read in the code.
"""

from collections.abc import Mapping
from datetime import date

from app.domain.rules import mentions
from app.domain.rules.parameters import MAYOTTE_LIMITED, Dated
from app.domain.text import N_, Problem

# Wallis-et-Futuna, French Polynesia and Clipperton, New Caledonia: codes of collectivities, and first digits of
# their postcodes.
PACIFIC = frozenset({"986", "987", "988", "989"})

_ELSEWHERE = N_(
    "Les titres demandés sur ce site n’existent pas en Nouvelle-Calédonie, en Polynésie française ni à "
    "Wallis-et-Futuna. Adressez-vous au haut-commissariat, ou à l’administration supérieure à Wallis-et-Futuna."
)

# Said with the permit that a decision grants.
ONLY_IN = N_(
    "Ce titre permet de séjourner à %(place)s seulement. Pour aller dans un autre département, il faut une autorisation "
    "spéciale (article L.441-8 du CESEDA)."
)

# By département, the name of the only territory in which a permit issued there is valid, by day.
_LIMITS: Mapping[str, Dated[str]] = {"976": MAYOTTE_LIMITED}
# Permits that are valid everywhere all the same, among those asked for here: the European blue card, researchers, and the
# spouse's « talent (famille) » (L.421-22). To be confirmed: L.441-8 does not name the adult child's (L.421-23), and the
# mention is one.
_EVERYWHERE = frozenset(
    {"talent-carte-bleue", "talent-chercheur", "talent-chercheur-mobilite", "talent-famille"}
)


def issues_permits(department: str) -> bool:
    """Return whether the permits of the CESEDA are issued in a département or collectivity."""
    return department not in PACIFIC


def with_permits(postcode: str) -> Problem | None:
    """Return why nothing can be asked for from an address, by its postcode, or None."""
    return None if issues_permits(postcode[:3]) else Problem(_ELSEWHERE)


def only_in(department: str, mention: str, day: date) -> str:
    """Return the only territory where a permit issued by a département is valid, "" if it is valid everywhere.

    >>> only_in("976", "etudiant", date(2026, 12, 1)), only_in("974", "etudiant", date(2026, 12, 1))
    ('Mayotte', '')
    """
    if department not in _LIMITS or mentions.today(mention) in _EVERYWHERE:
        return ""
    return _LIMITS[department].on(day)
