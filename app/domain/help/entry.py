"""What a question of the help pages is made of: French msgids, a date of checking, sources, links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.journeys.journey import Purpose
from app.domain.procedures import on_offer
from app.domain.text import N_


@dataclass(frozen=True)
class Theme:
    """A group of questions, as the help page shows them."""

    key: str
    title: str


ACCOUNT = Theme("compte", N_("Mon compte"))
FILING = Theme("demande", N_("Faire ma demande"))
PHOTO = Theme("e-photo", N_("L’e-photo"))
FOLLOWING = Theme("suivi", N_("Suivre ma demande"))
CERTIFICATES = Theme("attestations", N_("Les attestations"))
CARD = Theme("carte", N_("La carte et le paiement"))
CHANGES = Theme("changement", N_("Adresse, perte, vol"))
HELP = Theme("aide", N_("Trouver de l’aide"))

THEMES = (ACCOUNT, FILING, PHOTO, FOLLOWING, CERTIFICATES, CARD, CHANGES, HELP)

# What the service may offer beside a procedure. A procedure is known by its slug.
FIRST = "premiere-demande"  # a first permit, with a visa
VISA_ACCOUNT = "compte-visa"  # an account opened with a visa's number
CONTACT_FORM = "formulaire"
# Slugs of procedures that sentences already know about.
STUDENT, TALENT, FAMILY, VISITOR = "etudiant", "talent", "talent-famille", "visiteur"
MOVING, LOSS, VALIDATION = "domicile", "perte-vol", "validation-visa"

KNOWN_OFFERS = frozenset(
    {FIRST, VISA_ACCOUNT, CONTACT_FORM, STUDENT, TALENT, FAMILY, VISITOR, MOVING, LOSS, VALIDATION}
)
OFFERED: frozenset[str] = frozenset({VISA_ACCOUNT, CONTACT_FORM}) | {
    FIRST if journey.purpose is Purpose.FIRST else journey.slug for journey in on_offer()
}


@dataclass(frozen=True)
class Said:
    """A paragraph, with a list under it. `offered`, `missing`: said only if the service has, or has not, that."""

    text: str
    items: tuple["str | Said", ...] = ()
    offered: str = ""
    missing: str = ""

    def holds(self, offered: frozenset[str]) -> bool:
        """Whether this is true of what the service offers."""
        return (not self.offered or self.offered in offered) and self.missing not in offered


@dataclass(frozen=True)
class Source:
    """Where an answer comes from. Names of texts stay French."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Link:
    """A page to open from an answer: one of ours by its endpoint, or another site's address."""

    words: str
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """A question and its answer; `words` are what people type instead of the words of the question."""

    key: str
    theme: Theme
    question: str
    answer: tuple[str | Said, ...]
    checked_on: date
    sources: tuple[Source, ...]
    words: str = ""
    links: tuple[Link, ...] = ()
    related: tuple[str, ...] = ()

    def said(self, offered: frozenset[str] = OFFERED) -> tuple[Said, ...]:
        """The paragraphs that are true of the service, their lists too."""
        return tuple(
            Said(one.text, tuple(item.text for item in _true(one.items, offered)))
            for one in _true(self.answer, offered)
        )


def _true(parts: tuple[str | Said, ...], offered: frozenset[str]) -> list[Said]:
    said = [Said(part) if isinstance(part, str) else part for part in parts]
    return [one for one in said if one.holds(offered)]


# Sources and outside pages that several answers share.
PUBLIC_FAQ = Source("FAQ séjour de la préfecture du Rhône (ANEF)")
CERTIFICATES_SHEET = Source(
    "Service-public, fiche F36206", "https://www.service-public.fr/particuliers/vosdroits/F36206"
)
BOOTHS = "https://permisdeconduire.ants.gouv.fr/services/geolocaliser-les-photographes-habilites"
STAMPS = "https://timbres.impots.gouv.fr"
CHECKED = date(2026, 11, 23)
