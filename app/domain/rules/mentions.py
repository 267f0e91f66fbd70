"""Mentions printed on permits, by their key in the register: present ones, and older ones on permits still valid.

Those of « talent » are in force since 16/06/2025 (loi 2024-42, décret 2025-539); cards that say « passeport talent »
stay valid until their date. A mention is a legal name and is never translated.
"""

from collections.abc import Mapping

TALENT_MENTIONS: Mapping[str, str] = {
    "talent-salarie-qualifie": "talent – salarié qualifié",
    "talent-carte-bleue": "talent – carte bleue européenne",
    "talent-medical": "talent – profession médicale et de la pharmacie",
    "talent-chercheur": "talent – chercheur",
    "talent-chercheur-mobilite": "talent – chercheur-programme de mobilité",
    "talent-porteur-projet": "talent – porteur de projet",
    "talent-mandataire-social": "talent – mandataire social",
    "talent-artiste": "talent – profession artistique et culturelle",
    "talent-renommee": "talent – renommée nationale ou internationale",
}

# The permits of CESEDA L.422-1 to L.422-6: one procedure, one reduced rate (L.436-1).
STUDENT_MENTIONS: Mapping[str, str] = {
    "etudiant": "étudiant",
    "etudiant-mobilite": "étudiant – programme de mobilité",
}

TITLES: Mapping[str, str] = {
    **TALENT_MENTIONS,
    "talent-famille": "talent (famille)",
    **STUDENT_MENTIONS,
    "visiteur": "visiteur",
    "passeport-talent-salarie-qualifie": "passeport talent – salarié qualifié",
    "passeport-talent-entreprise-innovante": "passeport talent – entreprise innovante",
    "passeport-talent-salarie-en-mission": "passeport talent – salarié en mission",
    "passeport-talent-carte-bleue": "passeport talent – carte bleue européenne",
    "passeport-talent-chercheur": "passeport talent – chercheur",
    "passeport-talent-chercheur-mobilite": "passeport talent – chercheur-programme de mobilité",
    "passeport-talent-creation-entreprise": "passeport talent – création d’entreprise",
    "passeport-talent-projet-innovant": "passeport talent – projet économique innovant",
    "passeport-talent-investisseur": "passeport talent – investisseur",
    "passeport-talent-representant-legal": "passeport talent – représentant légal",
    "passeport-talent-artiste": "passeport talent – profession artistique et culturelle",
    "passeport-talent-renommee": "passeport talent – renommée nationale ou internationale",
    "passeport-talent-famille": "passeport talent – famille",
}

# Mentions replaced or merged by décret 2025-539, and the present one.
_TODAY: Mapping[str, str] = {
    "passeport-talent-salarie-qualifie": "talent-salarie-qualifie",
    "passeport-talent-entreprise-innovante": "talent-salarie-qualifie",
    "passeport-talent-salarie-en-mission": "talent-salarie-qualifie",
    "passeport-talent-carte-bleue": "talent-carte-bleue",
    "passeport-talent-chercheur": "talent-chercheur",
    "passeport-talent-chercheur-mobilite": "talent-chercheur-mobilite",
    "passeport-talent-creation-entreprise": "talent-porteur-projet",
    "passeport-talent-projet-innovant": "talent-porteur-projet",
    "passeport-talent-investisseur": "talent-porteur-projet",
    "passeport-talent-representant-legal": "talent-mandataire-social",
    "passeport-talent-artiste": "talent-artiste",
    "passeport-talent-renommee": "talent-renommee",
    "passeport-talent-famille": "talent-famille",
}


def today(mention: str) -> str:
    """Return the present mention that replaces an older one; a present one is returned unchanged."""
    return _TODAY.get(mention, mention)


def title(mention: str) -> str:
    """Return the words printed on the permit; the key itself if it is unknown."""
    return TITLES.get(mention, mention)
