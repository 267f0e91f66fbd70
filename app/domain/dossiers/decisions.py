"""Decisions: the permit granted, or the reason of a refusal or closure and the legal texts.

A ready reason is stored as its sentence, as in `complements`, and found again to show it in the reader's language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

from app.domain.journeys.details import Detail
from app.domain.journeys.journey import Journey
from app.domain.journeys.questions import Case, Option
from app.domain.rules import mentions
from app.domain.rules.permits import KINDS, last_day
from app.domain.text import N_
from app.domain.wording import day_fr

OWN_WORDS = "other"


class Outcome(StrEnum):
    """The outcomes of a review; each has a letter. The values appear in addresses and in storage."""

    FAVOURABLE = "favorable"
    UNFAVOURABLE = "defavorable"
    CLOSED = "cloture"


OUTCOME_TITLES: Mapping[Outcome, str] = {
    Outcome.FAVOURABLE: N_("Décision favorable"),
    Outcome.UNFAVOURABLE: N_("Décision défavorable"),
    Outcome.CLOSED: N_("Clôture du dossier"),
}


@dataclass(frozen=True)
class Granted:
    """The permit that a favourable decision grants; both days included."""

    kind: str
    mention: str
    starts: date
    ends: date

    @property
    def title(self) -> str:
        """Legal name of the permit, never translated."""
        return f"{KINDS[self.kind].french}, mention « {mentions.title(self.mention)} »"

    @property
    def sentence(self) -> str:
        """Sentence of the letter about the permit."""
        return f"Titre accordé : {self.title}, valable du {day_fr(self.starts)} au {day_fr(self.ends)}."

    @property
    def details(self) -> tuple[Detail, ...]:
        """Row of the certificate; a single one, as the longest names leave no room for more."""
        days = f"{self.starts:%d/%m/%Y} – {self.ends:%d/%m/%Y}"
        return (Detail("Titre accordé", "Permit granted", f"{self.title}, {days}"),)

    def to_json(self) -> dict[str, str]:
        """Return the permit as an object of strings, days in ISO 8601."""
        return {
            "kind": self.kind,
            "mention": self.mention,
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> Self | None:
        """Return the permit of a stored decision or of the answers of its form; None if none is granted."""
        if not stored or "kind" not in stored:
            return None
        starts, ends = (date.fromisoformat(stored[key]) for key in ("starts", "ends"))
        return cls(stored["kind"], stored["mention"], starts, ends)


def proposed(journey: Journey, case: Case) -> dict[str, str]:
    """Return the proposed answers of a favourable decision: the procedure's usual permit after the present one."""
    if not journey.grants:
        return {}
    usual, present_end = journey.grants[0], date.fromisoformat(case.identity["valid_until"])
    starts = max(present_end + timedelta(days=1), case.today)
    possible = sorted(journey.mentions)
    mention = journey.granted_mention(case) or (possible[0] if len(possible) == 1 else "")
    longest = last_day(starts, usual.months)
    other = journey.granted_until(case)
    return Granted(
        usual.kind, mention, starts, min(longest, other) if other and other > starts else longest
    ).to_json()


def renewals(mention: str, earlier: Iterable[Mapping[str, Any]]) -> int:
    """Return how many of the earlier decisions in a row, newest first, granted a temporary card with a mention."""
    count = 0
    for decision in earlier:
        if (decision.get("kind"), decision.get("mention")) != ("CST", mention):
            break
        count += 1
    return count


# Reasons: key, name for agents, sentence for the applicant.
STUDIES = Option(
    "studies",
    N_("Le suivi réel et sérieux des études n’est pas établi"),
    N_("Les documents reçus ne montrent pas que vous suivez vos études de façon réelle et sérieuse."),
)
REFUSALS: tuple[Option, ...] = (
    STUDIES,  # only if the procedure has it, see Journey.refusals
    Option(
        "resources",
        N_("Ressources insuffisantes"),
        N_("Les ressources que vous montrez sont inférieures au montant demandé par la loi."),
    ),
    Option(
        "conditions",
        N_("Conditions du titre non remplies"),
        N_("Vous ne remplissez pas, ou plus, les conditions du titre que vous demandez."),
    ),
    Option(
        "false_documents",
        N_("Document faux ou altéré"),
        N_("Un document que vous avez donné n’est pas authentique."),
    ),
    Option(
        "public_order",
        N_("Menace pour l’ordre public"),
        N_("Votre présence en France constitue une menace pour l’ordre public."),
    ),
    Option(OWN_WORDS, N_("Autre motif"), ""),
)
CLOSURES: tuple[Option, ...] = (
    Option(
        "no_answer",
        N_("Pas de réponse à la demande de documents"),
        N_("Nous vous avons demandé des documents, et nous n’avons pas reçu de réponse complète."),
    ),
    Option(
        "no_object",
        N_("Demande devenue inutile"),
        N_("Vous avez déjà ce que vous demandez, ou vous n’en avez plus besoin."),
    ),
    Option(
        "twice",
        N_("Demande déposée deux fois"),
        N_("Vous avez une autre demande pour la même chose : c’est elle qui continue."),
    ),
    Option(OWN_WORDS, N_("Autre motif"), ""),
)
# Legal texts of the reasons: CESEDA and code des relations entre le public et l’administration (CRPA).
_OF_FOREIGNERS = "code de l’entrée et du séjour des étrangers et du droit d’asile"
LAWS: Mapping[str, str] = {
    "studies": f"articles L.422-1 et L.433-1 du {_OF_FOREIGNERS}",
    "resources": f"article L.433-1 du {_OF_FOREIGNERS}",
    "conditions": f"article L.433-1 du {_OF_FOREIGNERS}",
    "false_documents": f"article L.432-1-1 du {_OF_FOREIGNERS}",
    "public_order": f"article L.432-1 du {_OF_FOREIGNERS}",
    "no_answer": "article L.114-5 du code des relations entre le public et l’administration",
}

_OF_SOME_PROCEDURES = frozenset({STUDIES.key})


def refusals(journey: Journey) -> tuple[Option, ...]:
    """Return the reasons for a refusal that apply to a procedure."""
    return tuple(
        refusal
        for refusal in REFUSALS
        if refusal.key not in _OF_SOME_PROCEDURES or refusal.key in journey.refusals
    )


_READY = {option.key: option.hint for option in (*REFUSALS, *CLOSURES)}
SENTENCES = frozenset(filter(None, _READY.values()))


def reason(key: str, words: str) -> str:
    """Return the text to store for a reason and the agent's own words."""
    return "\n".join(filter(None, (_READY.get(key, ""), words.strip())))


def law(key: str, typed: str) -> str:
    """Return the legal texts of a decision: those typed by the agent, otherwise those of the reason."""
    return typed.strip() or LAWS.get(key, "")
