"""Remedies against a decision: the sentences that letters and pages share, and the dates of an implicit refusal.

Sources: code de justice administrative R.421-1 (two months), CRPA L.411-2 (an administrative appeal interrupts the
time limit), L.232-4 (reasons of an implicit refusal), CESEDA R*.432-1 and R.432-2 (silence is a refusal).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.rules.calendar import add_months
from app.domain.rules.parameters import REMEDY_MONTHS
from app.domain.text import N_

MINISTER = "ministre de l’intérieur, place Beauvau, 75800 Paris Cedex 08"

# Placeholders: %(months)s, %(place)s of the service that decided, %(minister)s, %(court)s.
TIME = N_(
    "Vous pouvez contester cette décision dans les %(months)s mois qui suivent le jour où vous la recevez :"
)
WAYS = (
    N_("par une lettre au service qui a décidé (recours gracieux) : %(place)s ;"),
    N_("par une lettre au ministre (recours hiérarchique) : %(minister)s ;"),
    N_("devant le %(court)s (recours contentieux), par lettre ou sur www.telerecours.fr."),
)
AFTER = N_(
    "Une lettre au service ou au ministre, envoyée dans ce délai, arrête le délai pour aller au tribunal : "
    "%(months)s mois repartent de la réponse, ou de la fin de deux mois sans réponse (article L.411-2 du code des "
    "relations entre le public et l’administration). Contester ne suspend pas la décision : en urgence, le tribunal "
    "peut être saisi en référé."
)


@dataclass(frozen=True)
class Remedies:
    """The remedies against a service's decision of a day; `place` is its name and address, `court` the competent one."""

    place: str
    court: str
    day: date

    @property
    def values(self) -> dict[str, object]:
        """Values of the placeholders in TIME, WAYS and AFTER."""
        return {
            "months": REMEDY_MONTHS.on(self.day),
            "place": self.place,
            "minister": MINISTER,
            "court": self.court,
        }

    @property
    def french(self) -> str:
        """The French text for a letter, paragraphs separated by an empty line."""
        ways = "\n".join(f"– {way % self.values}" for way in WAYS)
        return "\n\n".join((TIME % self.values, ways, AFTER % self.values))


@dataclass(frozen=True)
class Silence:
    """The implicit refusal by silence, seen from the day `today`; it exists from the day after `on`."""

    on: date
    today: date

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
