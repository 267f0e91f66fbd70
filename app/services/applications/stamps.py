"""Electronic stamps that pay for a filing: checked when typed, used once when the application is filed."""

from datetime import datetime

from peewee import IntegrityError

from app.domain.journeys.journey import Journey
from app.domain.journeys.questions import Case
from app.domain.rules.calendar import paris_day
from app.domain.text import N_, Problem
from app.gateways.stamps import StampDesk, StampDeskUnavailable, StampState
from app.storage.models import Dossier, UsedStamp

PROBLEMS: dict[StampState, str] = {
    StampState.UNKNOWN: N_("Ce timbre n’existe pas. Recopiez les 16 chiffres de votre reçu, un par un."),
    StampState.USED: N_("Ce timbre a déjà servi. Achetez-en un autre : un timbre sert une seule fois."),
    StampState.REFUNDED: N_("Ce timbre a été remboursé : il n’est plus utilisable. Achetez-en un autre."),
    StampState.EXPIRED: N_(
        "Ce timbre a plus de 12 mois : il ne peut plus servir. Faites-le rembourser et achetez-en un autre."
    ),
}
WRONG_AMOUNT = N_(
    "Ce timbre est de %(amount)s €, et il faut %(owed)s €. Faites-le rembourser sur timbres.impots.gouv.fr "
    "et achetez un timbre du bon montant."
)
AWAY = N_(
    "Le service des timbres ne répond pas. Votre numéro est gardé : rien n’est perdu ni payé. Réessayez dans quelques "
    "minutes."
)


class StampRefused(Exception):
    """Raised for a stamp that cannot pay for the filing; `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


def check(desk: StampDesk, number: str, journey: Journey, case: Case, dossier: Dossier) -> Problem | None:
    """Return what is wrong with a stamp just typed, or None; None too if the stamp desk does not answer.

    Filing checks the stamp again.
    """
    used = UsedStamp.get_or_none(UsedStamp.number == number)
    if used is not None and used.dossier_id != dossier.id:
        return Problem(PROBLEMS[StampState.USED])
    if used is not None and used.used_at is not None:
        return None  # for this dossier: paid
    try:
        stamp = desk.look_up(number, case.today)
    except StampDeskUnavailable:
        return None
    if stamp.state is StampState.USED and dossier.id and stamp.used_for == _reference(dossier):
        return None
    return _problem(stamp.state, stamp.amount, _owed(journey, case))


def use(desk: StampDesk, journey: Journey, case: Case, dossier: Dossier, now: datetime) -> None:
    """Use the stamp of a draft that is being filed; do nothing if the procedure needs none. Raises StampRefused.

    Call it before the filing's transaction: the desk may be slow. The stamp is used under the draft's own reference, so
    that a filing repeated after a failure recognises it.
    """
    if journey.stamp is None or paid(journey, case, dossier.id):
        return
    number = case.answers[journey.stamp.key]
    if problem := check(desk, number, journey, case, dossier):
        raise StampRefused(problem)
    _reserve(number, dossier.id, now)
    try:
        stamp = desk.use(number, _reference(dossier), paris_day(now))
    except StampDeskUnavailable as away:
        raise StampRefused(Problem(AWAY)) from away
    if problem := _problem(stamp.state, stamp.amount, _owed(journey, case)):
        UsedStamp.delete().where(UsedStamp.number == number).execute()
        raise StampRefused(problem)
    UsedStamp.update(used_at=now).where(UsedStamp.number == number).execute()


def paid(journey: Journey, case: Case, dossier_id: int) -> bool:
    """Return whether the stamp of the draft is used for it, or none is needed."""
    if journey.stamp is None:
        return True
    used = UsedStamp.get_or_none(UsedStamp.number == case.answers.get(journey.stamp.key, ""))
    return used is not None and used.dossier_id == dossier_id and used.used_at is not None


def _reserve(number: str, dossier_id: int, now: datetime) -> None:
    """Reserve a stamp for a dossier. Raises StampRefused if another dossier has it."""
    try:
        UsedStamp.insert(number=number, dossier=dossier_id, reserved_at=now).on_conflict_ignore().execute()
    except IntegrityError:  # the draft was deleted meanwhile
        raise StampRefused(Problem(PROBLEMS[StampState.USED])) from None
    if UsedStamp.get_by_id(number).dossier_id != dossier_id:
        raise StampRefused(Problem(PROBLEMS[StampState.USED]))


def _owed(journey: Journey, case: Case) -> int:
    return journey.fee(case, case.today)


def _problem(state: StampState, amount: int, owed: int) -> Problem | None:
    if state is not StampState.GOOD:
        return Problem(PROBLEMS[state])
    if amount != owed:
        return Problem(WRONG_AMOUNT, {"amount": _euros(amount), "owed": _euros(owed)})
    return None


def _euros(cents: int) -> str:
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents / 100:.2f}"


def _reference(dossier: Dossier) -> str:
    """Return what the stamp desk notes of a dossier.

    With the instant at which it was begun: after a restored backup its id may be another dossier's.
    """
    return f"guichet-{dossier.id}-{dossier.created_at:%Y%m%d%H%M%S%f}"
