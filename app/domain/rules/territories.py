"""Territories: where the permits of this service are issued, and where one issued there is valid.

"En France" in the CESEDA is the metropole and the overseas départements, with Saint-Barthélemy, Saint-Martin and
Saint-Pierre-et-Miquelon (L.111-3); the Pacific collectivities have rules of their own and a haut-commissariat. A permit
issued in Mayotte allows to stay in Mayotte only, with exceptions, until 31/12/2029 (L.441-8, repealed on 01/01/2030 by
loi 2025-797 of 11/08/2025). From secondary sources; the list of exceptions was not read in the code.
"""

from datetime import date

from app.domain.rules import mentions
from app.domain.rules.deadlines import Identity
from app.domain.rules.parameters import TERRITORIAL_LIMITS, VALID_EVERYWHERE
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
    if mentions.today(mention) in VALID_EVERYWHERE.on(day):
        return ""
    return TERRITORIAL_LIMITS.on(day).get(department, "")


def limits_end() -> date:
    """Return the first day without any of these limits, as far as the law says today."""
    return TERRITORIAL_LIMITS.since[-1][0]


def of_permit(identity: Identity, day: date, first_service: str = "") -> str:
    """Return the only territory where a permit held is valid on a day, "" if it is valid everywhere.

    Where the register does not say which département issued it, `first_service` stands for it: that of the service where
    its holder first asked for the next one.
    """
    return only_in(identity.get("issued_in") or first_service, identity["mention"], day)
