"""Amounts and periods set by law or by the service; amounts that change by decree are dated series."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Dated(Generic[T]):
    """A value that depends on the day; `since` has pairs (first day, value), oldest first."""

    since: tuple[tuple[date, T], ...]

    def on(self, day: date) -> T:
        """Return the value in force on a day; the oldest value before the series begins."""
        return self.since[self._index(day)][1]

    def begun(self, day: date) -> date:
        """Return the first day of the value in force on a day."""
        return self.since[self._index(day)][0]

    def before(self, day: date) -> T | None:
        """Return the value before the one in force on a day, None for the oldest."""
        index = self._index(day)
        return self.since[index - 1][1] if index else None

    def _index(self, day: date) -> int:
        return max(bisect_right([first for first, _ in self.since], day) - 1, 0)


def _percent(of: Dated[int], rate: Dated[int], since: date) -> tuple[tuple[date, int], ...]:
    """Return the pairs of a part of a series, from a day on: it changes whenever the series or the rate does."""
    days = {since, *(day for day, _ in (*of.since, *rate.since) if day > since)}
    return tuple((day, round(of.on(day) * rate.on(day) / 100)) for day in sorted(days))


# The SMIC, gross for 35 hours a week and net of contributions, in cents a month. It moves each 1st of January at the
# latest: a test fails in a year that has no entry. Gross: decrees on the SMIC; net: one secondary source.
SMIC_GROSS = Dated(((date(2026, 1, 1), 182_303), (date(2026, 6, 1), 186_702)))
SMIC_NET = Dated(((date(2026, 1, 1), 144_311), (date(2026, 6, 1), 147_793)))
SMIC_SERIES = (SMIC_GROSS, SMIC_NET)

# Monthly resources required of a student, in cents: 615 € until 31/07/2026, then a part of the gross SMIC for whoever
# files from 01/08/2026 on (décret 2026-526 of 22/06/2026: two secondary sources, which speak of visas; that it binds
# renewals follows from its object, R.422-…, whose text was not read: to be confirmed).
STUDENT_PERCENT = Dated(((date(2026, 8, 1), 47),))
STUDENT_MONTHLY_RESOURCES = Dated(
    ((date(2019, 1, 1), 61_500), *_percent(SMIC_GROSS, STUDENT_PERCENT, date(2026, 8, 1)))
)
# Monthly resources required of a visitor: the net SMIC (L.426-20).
VISITOR_MONTHLY_RESOURCES = SMIC_NET

# Gross yearly pay required for « talent », in cents. Qualified employees: 35 891 € with décret 2025-539, 39 582 €
# since the arrêté of 29/08/2025; blue card: one and a half times that; researchers: 2 300 € a month for a doctoral
# contract in 2026. All from secondary sources.
TALENT_QUALIFIED_PAY = Dated(((date(2025, 6, 16), 3_589_100), (date(2025, 8, 29), 3_958_200)))
TALENT_BLUE_CARD_PAY = Dated(((date(2025, 6, 16), 5_383_650), (date(2025, 8, 29), 5_937_300)))
TALENT_RESEARCHER_PAY = Dated(((date(2026, 1, 1), 2_760_000),))

# Visa de régularisation for a late application, in cents (CESEDA L.436-5).
LATE_FILING_FEE = Dated(((date(2021, 5, 1), 18_000),))

# What one source gives for the renewal at the reduced rate, in cents; see rules.fees.
DISPUTED_REDUCED_RENEWAL = Dated(((date(2026, 5, 1), 15_000),))

# Filing window, in days before the permit ends (CESEDA R.431-5, 1°).
WINDOW_OPENS_DAYS = 120
WINDOW_CLOSES_DAYS = 60
# Months after the end of the permit during which a late application is still one for renewal (R.431-8).
LATE_MONTHS = 6

# Months after the entry in France to ask for a first permit (R.431-4), to validate a visa (R.431-17; a page
# of the ministry still says two), and after a move to declare the new address (R.431-23).
ARRIVAL_MONTHS = 2
VALIDATION_MONTHS = 3
ADDRESS_MONTHS = 3
# A change of address need not be declared for a permit shorter than this, in days.
ADDRESS_OWED_DAYS = 365
# With fewer days left before the end of a lost permit, its renewal is requested instead of a duplicate.
DUPLICATE_DAYS = 90

# An extension certificate lasts at most so many months, renewed until the decision (R.431-15-1).
EXTENSION_MONTHS = 3
# Days before the end of rights at which it is issued: the service's choice.
EXTENSION_LEAD_DAYS = 15
# Days before an uncovered end of rights at which the applicant is warned, and within which agents see a warning.
UNCOVERED_DAYS = (30, 15, 3)
UNCOVERED_SIGHT_DAYS = 7
# Days before the legal answer date from which agents see a dossier among those that silence is about to refuse.
SILENCE_SIGHT_DAYS = 15
# Days after it in which the applicant is told, once, that silence has refused.
SILENCE_TOLD_DAYS = 30

# An e-stamp can be used for so many months after it was bought, and paid back for so many.
STAMP_VALID_MONTHS = 12
STAMP_REFUND_MONTHS = 18

# Days given to answer a request for documents: the usual practice of prefectures.
COMPLEMENT_DAYS = 30
COMPLEMENT_CHOICES = (15, 30, 60)  # that an agent can choose from
COMPLEMENT_REMINDERS = (14, 7, 2)  # days before the due date
# Days after its announcement at which the holder of a card that was not collected is reminded, and after which agents
# find it in a list of its own. No text says how long a service keeps a card: the service's choice.
CARD_REMINDERS = (14, 45, 90)
UNCOLLECTED_DAYS = 45
# Days before an appointment at which its person is reminded, the nearest by SMS too: the service's choice.
APPOINTMENT_REMINDERS = (7, 1)
# Hours after which an applicant is reminded of an answer prepared and not sent: the service's choice.
UNSENT_HOURS = 24
# Minutes after which an agent's next opening of a dossier counts as another visit: the service's choice.
VISIT_MINUTES = 60

# Hours during which an agent can take back the step that they noted themselves; a supervisor can later: the service's
# choice.
UNDO_HOURS = Dated(((date(2026, 11, 1), 24),))

# Whether the certificates in force end on the day on which the applicant withdraws the application: they extend rights
# "as long as the prefect has not ruled" (R.431-15-1), and nothing is left to rule on. No text says it in so many words:
# to be confirmed.
WITHDRAWAL_ENDS_CERTIFICATES = Dated(((date(2021, 5, 1), True),))

# Months to contest a decision, from the day it is received (code de justice administrative R.421-1; from a secondary
# source for permits), or to ask for the reasons of an implicit refusal (CRPA L.232-4).
REMEDY_MONTHS = Dated(((date(2001, 1, 1), 2),))
# Months after which silence on a letter that contests is a refusal (CJA R.421-2), and within which the service gives the
# reasons of an implicit refusal (CRPA L.232-4).
LETTER_SILENCE_MONTHS = Dated(((date(2001, 1, 1), 2),))
REASONS_MONTHS = Dated(((date(2016, 1, 1), 1),))
# The time to contest an obligation to leave the territory (OQTF), and the refusal of a permit that comes with it: one
# month, 7 days under house arrest or in prison, 48 hours in a detention centre; no letter to the administration prolongs
# it. CJA R.911-1 and R.921-2-1, from décret 2026-455 of 06/06/2026, in force 08/06/2026: two secondary sources.
REMOVAL_MONTHS = Dated(((date(2026, 6, 8), 1),))
REMOVAL_HELD_DAYS = Dated(((date(2026, 6, 8), 7),))
REMOVAL_DETAINED_HOURS = Dated(((date(2026, 6, 8), 48),))
# Départements where a refusal bars a further application for some months, unless facts are new (trial of loi 2024-42,
# art. 14: ended on 31/12/2025 in five départements of Normandy by an arrêté of 25/10/2025, known from secondary sources;
# its end in La Réunion is not known).
REFUSAL_BARS = Dated(((date(2026, 1, 1), frozenset({"974"})),))
REFUSAL_BAR_MONTHS = Dated(((date(2026, 1, 1), 12),))
# Départements whose permits allow to stay there only, with the name of the place: Mayotte (L.441-8), until that article
# is repealed by loi 2025-797.
TERRITORIAL_LIMITS: Dated[Mapping[str, str]] = Dated(
    ((date(2014, 5, 26), {"976": "Mayotte"}), (date(2030, 1, 1), {}))
)
# Mentions that are valid everywhere all the same, among those asked for here: the European blue card, researchers, and
# the spouse's « talent (famille) » (L.421-22). To be confirmed: L.441-8 does not name the adult child's (L.421-23), and
# the mention is one; the list was not read in the code.
VALID_EVERYWHERE = Dated(
    (
        (
            date(2014, 5, 26),
            frozenset(
                {"talent-carte-bleue", "talent-chercheur", "talent-chercheur-mobilite", "talent-famille"}
            ),
        ),
    )
)
# At the third renewal in a row of a temporary card with the same mention, the law allows no further one (L.433-1-1).
LAST_RENEWAL = 3
# Days after which an unanswered message is highlighted, and its author shown other ways: the service's choice.
UNANSWERED_DAYS = 7

# Days during which an e-photo code can be used, hours its arrival may take.
EPHOTO_MONTHS = 6
EPHOTO_ARRIVAL_HOURS = 72

# Age in days up to which a file of an earlier application is offered for reuse: the service's choice. Proofs of address
# must be less than 6 months old when an agent reads them, and were not new when they were received.
AGAIN_DAYS = 365
ADDRESS_AGAIN_DAYS = 90

# A permit of at least so many years still proves the right to stay so many months after its end (L.433-3).
CONTINUED_YEARS = 4
CONTINUED_MONTHS = 3

# Working days before the hiring at which an employer asks whether a permit is genuine, and within which the prefecture
# answers; without an answer the obligation is deemed fulfilled (code du travail L.5221-8 and R.5221-42, read on the
# official site in the version of 24/02/2021, and in two later copies that differ by the fax alone). Since then the
# prefect is that of the employer's seat or home (R.5221-41, the same copies; the arrêté that it announces was not read:
# to be confirmed).
HIRING_WORKING_DAYS = Dated(((date(2007, 7, 1), 2),))
