"""Classes of the help pages' questions and answers, and the sources that several answers share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.journeys.journey import Purpose
from app.domain.procedures import on_offer
from app.domain.text import N_


@dataclass(frozen=True)
class Theme:
    """A group of questions on the help page."""

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

# Features that answers depend on, beside procedures, which are named by their slug.
FIRST = "premiere-demande"  # a first permit, with a visa
VISA_ACCOUNT = "compte-visa"  # an account opened with a visa's number
CONTACT_FORM = "formulaire"
# Slugs of the procedures that answers depend on.
STUDENT, TALENT, FAMILY, VISITOR = "etudiant", "talent", "talent-famille", "visiteur"
MOVING, LOSS, VALIDATION = "domicile", "perte-vol", "validation-visa"

KNOWN_OFFERS = frozenset(
    {FIRST, VISA_ACCOUNT, CONTACT_FORM, STUDENT, TALENT, FAMILY, VISITOR, MOVING, LOSS, VALIDATION}
)
OFFERED: frozenset[str] = frozenset({VISA_ACCOUNT, CONTACT_FORM}) | {
    FIRST if journey.purpose is Purpose.FIRST else journey.slug for journey in on_offer()
}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with an optional list; shown only if the service has `offered` and lacks `missing`, if they are set."""

    text: str
    items: tuple["str | Paragraph", ...] = ()
    offered: str = ""
    missing: str = ""

    def is_true(self, offered: frozenset[str]) -> bool:
        """Return whether the paragraph applies to a service with these procedures and features."""
        return (not self.offered or self.offered in offered) and self.missing not in offered


@dataclass(frozen=True)
class Source:
    """A source of an answer; names of legal texts are not translated."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Link:
    """A link of an answer, to a page of this site by its endpoint or to another site by its address."""

    words: str
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """A question and its answer; `words` are search words that the question does not contain."""

    key: str
    theme: Theme
    question: str
    answer: tuple[str | Paragraph, ...]
    checked_on: date
    sources: tuple[Source, ...]
    words: str = ""
    links: tuple[Link, ...] = ()
    related: tuple[str, ...] = ()

    def paragraphs(self, offered: frozenset[str] = OFFERED) -> tuple[Paragraph, ...]:
        """Return the paragraphs and list items that apply to a service with these procedures and features."""
        return tuple(
            Paragraph(paragraph.text, tuple(item.text for item in _true(paragraph.items, offered)))
            for paragraph in _true(self.answer, offered)
        )


def _true(parts: tuple[str | Paragraph, ...], offered: frozenset[str]) -> list[Paragraph]:
    paragraphs = [Paragraph(part) if isinstance(part, str) else part for part in parts]
    return [paragraph for paragraph in paragraphs if paragraph.is_true(offered)]


# Sources and outside pages that several answers share.
PUBLIC_FAQ = Source("FAQ séjour de la préfecture du Rhône (ANEF)")
CERTIFICATES_SHEET = Source(
    "Service-public, fiche F36206", "https://www.service-public.fr/particuliers/vosdroits/F36206"
)
BOOTHS = "https://permisdeconduire.ants.gouv.fr/services/geolocaliser-les-photographes-habilites"
STAMPS = "https://timbres.impots.gouv.fr"
CHECKED = date(2026, 11, 23)
