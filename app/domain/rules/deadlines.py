"""Filing deadlines of procedures: the window of a case and the notice for each position in it.

Sources: CESEDA R.431-5 (renewal), R.431-4 (two months from the entry), R.431-17 (visa to be validated),
R.431-23 (new address within three months).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.rules.calendar import Delay, Timing, Window, filing_window
from app.domain.rules.parameters import ADDRESS_MONTHS, ARRIVAL_MONTHS, VALIDATION_MONTHS
from app.domain.text import N_

Identity = Mapping[str, Any]  # the permit register's record, see gateways.register
Answers = Mapping[str, Any]


_NONE = Delay()


@dataclass(frozen=True)
class Words:
    """The notice for a position in the window. `state` is its colour: `ok`, `now`, `bad` or "".

    Sentences may contain %(opens)s, %(closes)s, %(allowed)s and %(amount)s, the fee for filing late.
    """

    state: str
    title: str
    sentence: str


@dataclass(frozen=True)
class Deadline:
    """The deadline of a procedure: the window of a case, the notice for each position, and whether lateness costs."""

    window: Callable[[Identity, Answers], Window]
    words: Mapping[Timing, Words]
    when: str  # on the page that presents the procedure, where no date is known; may contain %(allowed)s
    late_costs: bool = False
    with_visa: Words | None = (
        None  # the notice for a late application whose visa is still valid, if it differs
    )
    allowed: Delay = _NONE  # the time that the law gives from an event on; the window of a permit has none
    extends: bool = True  # if filed in time, rights that end during the review are extended automatically

    def timing(self, identity: Identity, answers: Answers, today: date) -> Timing:
        """Return the position of a day in the window of a case."""
        return self.window(identity, answers).timing(today)


def _permit(identity: Identity, answers: Answers) -> Window:
    return filing_window(date.fromisoformat(identity["valid_until"]))


def _from_answer(key: str, allowed: Delay) -> Callable[[Identity, Answers], Window]:
    """Return a window that closes some time after the date in an answer; without the answer it never closes."""

    def window(identity: Identity, answers: Answers) -> Window:
        answer = answers.get(key)
        closes = allowed.after(date.fromisoformat(answer)) if answer else date.max
        return Window(opens=date.min, closes=closes, admissible_until=date.max)

    return window


RENEWAL = Deadline(
    _permit,
    {
        Timing.EARLY: Words(
            "now",
            N_("Vous pourrez déposer à partir du %(opens)s"),
            N_(
                "Tout est prêt et enregistré. Revenez ce jour-là et appuyez sur « Déposer ma demande ». "
                "Vous avez jusqu’au %(closes)s."
            ),
        ),
        Timing.IN_TIME: Words(
            "ok",
            "",
            N_(
                "Vous êtes dans les temps : la date limite est le %(closes)s. Si la décision tarde, une "
                "attestation prolonge vos droits dès qu’un agent a ouvert votre dossier."
            ),
        ),
        Timing.LATE: Words(
            "bad",
            N_("Vous êtes en retard : déposez quand même"),
            N_(
                "La date limite était le %(closes)s. Vous paierez %(amount)s de plus, et l’attestation de "
                "prolongation n’est plus automatique. Si un cas de force majeure vous en a empêché, "
                "écrivez-le plus bas, dans « Observations »."
            ),
        ),
        Timing.TOO_LATE: Words(
            "bad",
            N_("Votre titre est expiré depuis plus de 6 mois"),
            N_(
                "La loi ne permet plus un renouvellement en ligne : vous devez de nouveau remplir les "
                "conditions d’entrée. Adressez-vous à votre préfecture. Vos réponses restent ici."
            ),
        ),
    },
    late_costs=True,
    with_visa=Words(
        "bad",
        N_("Vous êtes en retard : déposez avant la fin de votre visa"),
        N_(
            "La date limite était le %(closes)s. Tant que votre visa est valable, ce retard ne coûte pas les %(amount)s "
            "de plus ; mais l’attestation de prolongation n’est plus automatique."
        ),
    ),
    when=N_(
        "Entre 4 mois et 2 mois avant la fin de votre titre ou de votre visa. Votre espace affiche vos dates exactes."
    ),
)

_ARRIVAL = Delay(months=ARRIVAL_MONTHS)
_VALIDATION = Delay(months=VALIDATION_MONTHS)
_ADDRESS = Delay(months=ADDRESS_MONTHS)

ARRIVAL = Deadline(
    _from_answer("entered_on", _ARRIVAL),
    {
        Timing.IN_TIME: Words(
            "ok",
            "",
            N_(
                "Vous êtes dans les temps : une première demande se dépose dans les %(allowed)s qui "
                "suivent l’arrivée en France."
            ),
        ),
        Timing.LATE: Words(
            "now",
            N_("Vous êtes en retard : déposez quand même"),
            N_(
                "Une première demande se dépose dans les %(allowed)s qui suivent l’arrivée : c’était "
                "le %(closes)s au plus tard. Expliquez ce retard plus bas, dans « Observations »."
            ),
        ),
    },
    allowed=_ARRIVAL,
    when=N_("Dans les %(allowed)s qui suivent votre arrivée en France."),
)

VALIDATION = Deadline(
    _from_answer("entered_on", _VALIDATION),
    {
        Timing.IN_TIME: Words(
            "ok",
            "",
            N_("Vous êtes dans les temps : un visa se valide dans les %(allowed)s qui suivent l’arrivée."),
        ),
        Timing.LATE: Words(
            "bad",
            N_("Vous êtes en retard : validez quand même"),
            N_(
                "Un visa se valide dans les %(allowed)s qui suivent l’arrivée : c’était le %(closes)s au "
                "plus tard. Votre séjour n’est peut-être plus régulier : gardez la preuve de ce retard et "
                "demandez conseil."
            ),
        ),
    },
    extends=False,
    allowed=_VALIDATION,
    when=N_("Dans les %(allowed)s qui suivent votre arrivée en France."),
)

ADDRESS = Deadline(
    _from_answer("moved_on", _ADDRESS),
    {
        Timing.LATE: Words(
            "now",
            N_("Vous déclarez en retard : déclarez quand même"),
            N_(
                "Un changement d’adresse se déclare dans les %(allowed)s : c’était le %(closes)s au plus tard."
            ),
        ),
    },
    extends=False,
    allowed=_ADDRESS,
    when=N_("Dans les %(allowed)s qui suivent votre déménagement."),
)

AT_ONCE = Deadline(
    lambda identity, answers: Window(date.min, date.max, date.max),
    {},
    extends=False,
    when=N_("Dès que vous le constatez, même si vous cherchez encore. Pour un vol, portez plainte d’abord."),
)
