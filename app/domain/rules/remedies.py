"""Remedies against a decision: the sentences that letters and pages share, and the dates of an implicit refusal.

Sources: code de justice administrative R.421-1 (two months), R.911-1 and R.921-2-1 (an obligation to leave: a month or
less, see `parameters`), CRPA L.411-2 (an administrative appeal interrupts the time limit), L.232-4 (reasons of an
implicit refusal), CESEDA R*.432-1 and R.432-2 (silence is a refusal); Conseil d'État, avis of 10/10/2024 nos 493514 and
494718 (silence on an incomplete application) and of 06/05/2025 n° 499904 (an extension certificate does not prevent it).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.rules.calendar import Unit, add_months
from app.domain.rules.parameters import (
    LETTER_SILENCE_MONTHS,
    REASONS_MONTHS,
    REFUSAL_BAR_MONTHS,
    REFUSAL_BARS,
    REMEDY_MONTHS,
    REMOVAL_DETAINED_HOURS,
    REMOVAL_HELD_DAYS,
    REMOVAL_MONTHS,
    Dated,
)
from app.domain.text import N_
from app.domain.wording import span_fr

MINISTER = "ministre de l’intérieur, place Beauvau, 75800 Paris Cedex 08"

# Lengths of time that sentences name, by placeholder: the number by day, and its unit.
DELAYS: Mapping[str, tuple[Dated[int], Unit]] = {
    "remedy": (REMEDY_MONTHS, Unit.MONTH),
    "letter_silence": (LETTER_SILENCE_MONTHS, Unit.MONTH),
    "reasons": (REASONS_MONTHS, Unit.MONTH),
    "removal_time": (REMOVAL_MONTHS, Unit.MONTH),
    "removal_held": (REMOVAL_HELD_DAYS, Unit.DAY),
    "removal_detained": (REMOVAL_DETAINED_HOURS, Unit.HOUR),
    "bar": (REFUSAL_BAR_MONTHS, Unit.MONTH),
}

# Placeholders of all: the values of Remedies, the keys of DELAYS.
TIME = N_(
    "Vous pouvez contester cette décision dans un délai de %(remedy)s, à partir du jour où vous la recevez :"
)
WAYS = (
    N_("par une lettre au service qui a décidé (recours gracieux) : %(place)s ;"),
    N_("par une lettre au ministre (recours hiérarchique) : %(minister)s ;"),
    N_("devant le %(court)s (recours contentieux), par lettre ou sur www.telerecours.fr."),
)
AFTER = N_(
    "Une lettre envoyée au service ou au ministre dans ce délai vous donne plus de temps pour aller "
    "au tribunal. Vous avez alors %(remedy)s après la réponse, ou après %(letter_silence)s sans "
    "réponse (article L.411-2 du code des relations entre le public et l’administration). Contester "
    "ne suspend pas la décision. En cas d’urgence, demandez un référé au juge."
)
# The first is what must not be overlooked.
REMOVAL = (
    N_(
        "Attention : ces délais changent si vous recevez, avec cette décision ou plus tard, une obligation de quitter le "
        "territoire français (OQTF)."
    ),
    N_(
        "Vous avez alors %(removal_time)s, ou moins, pour aller au tribunal contre les deux. Ce "
        "temps est de %(removal_held)s en cas d’assignation à résidence ou de prison, et de "
        "%(removal_detained)s en centre de rétention. Une lettre au service ou au ministre n’arrête "
        "pas ce délai. Lisez les délais écrits sur l’OQTF, et voyez tout de suite un avocat ou une "
        "association."
    ),
)
BARRED = N_(
    "Dans ce département, pendant %(bar)s après un refus, une nouvelle demande n’est examinée que si "
    "vous apportez des éléments nouveaux. C’est l’article 14 de la loi n° 2024-42 du 26 janvier 2024."
)
BEFORE_CONTESTING_SILENCE = (
    N_(
        "Le service vous a dit qu’un document indispensable manque ? Alors son silence n’est qu’un refus d’enregistrer "
        "la demande, qui ne se conteste pas au tribunal : complétez plutôt votre dossier."
    ),
    N_(
        "Une attestation de prolongation n’empêche pas ce refus par silence. Vos droits vont jusqu’au jour écrit "
        "sur elle ; le délai pour contester, lui, court."
    ),
)


@dataclass(frozen=True)
class Remedies:
    """The remedies against a service's decision of a day; `place` is its name and address, `court` the competent one.

    `refuses`: whether nothing is granted, so that an obligation to leave may come with it or after it.
    """

    place: str
    court: str
    day: date
    refuses: bool
    department: str

    @property
    def after(self) -> tuple[str, ...]:
        """The paragraphs that follow the ways, as msgids."""
        barred = self.refuses and self.department in REFUSAL_BARS.on(self.day)
        return (AFTER, BARRED) if barred else (AFTER,)

    @property
    def removal(self) -> tuple[str, ...]:
        """What an obligation to leave changes, as msgids: one paragraph; nothing where the decision grants something."""
        return REMOVAL if self.refuses else ()

    @property
    def values(self) -> dict[str, object]:
        """Values of the placeholders in TIME, WAYS and `after`, in French."""
        known = {name: span_fr(number.on(self.day), unit) for name, (number, unit) in DELAYS.items()}
        return {**known, "place": self.place, "minister": MINISTER, "court": self.court}

    @property
    def french(self) -> str:
        """The French text for a letter, paragraphs separated by an empty line."""
        ways = "\n".join(f"– {way % self.values}" for way in WAYS)
        removal = " ".join(self.removal)
        parts = [TIME % self.values, ways, *(part % self.values for part in (*self.after, removal) if part)]
        return "\n\n".join(parts)


@dataclass(frozen=True)
class Silence:
    """The implicit refusal by silence, seen from the day `today`; it exists from the day after `on`.

    `latest` is the last day to answer if each request for documents stopped the time (CRPA L.114-5), which is disputed:
    until then nobody can tell whether silence is a refusal. Dates to contest count from the earlier day, which is safe.
    """

    on: date
    today: date
    latest: date | None = None  # None or `on`: no request can have moved it

    @property
    def disputed_until(self) -> date | None:
        """The later of the two dates, None if there is one only."""
        return self.latest if self.latest and self.latest > self.on else None

    @property
    def days(self) -> int:
        """Days left to the service to answer; negative once silence is a refusal."""
        return (self.on - self.today).days

    @property
    def refused(self) -> bool:
        """Whether silence is a refusal on `today`."""
        return self.days < 0

    @property
    def refuses_from(self) -> date:
        """First day on which silence is a refusal."""
        return self.on + timedelta(days=1)

    @property
    def contest_until(self) -> date:
        """Last day to contest the implicit refusal, or to ask for its reasons."""
        return add_months(self.on, REMEDY_MONTHS.on(self.on))
