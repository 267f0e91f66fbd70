"""Actions of applicants on their dossiers; their pages are in the blueprints `demande` and `suivi`."""

from app.domain.actions.action import Action, into, staying
from app.domain.dossiers.states import OPEN, Role, State
from app.domain.text import N_

SUBMIT = Action(
    key="submit",
    moves={Role.APPLICANT: {State.DRAFT: State.FILED}},
    history=N_("Dépôt par l’usager"),
)

ANSWER = Action(
    key="answer",
    moves={Role.APPLICANT: {State.COMPLEMENT_REQUESTED: State.COMPLEMENT_RECEIVED}},
    history=N_("Complément reçu"),
)

CORRECT = Action(
    key="correct",
    moves={Role.APPLICANT: staying(OPEN)},
    history=N_("L’usager corrige ses réponses (%(count)s)"),
)

ADD = Action(
    key="add",
    moves={Role.APPLICANT: staying(OPEN - {State.COMPLEMENT_REQUESTED})},
    history=N_("L’usager ajoute ou remplace un document"),
)

GIVE_PHOTO = Action(
    key="give_photo",
    # After a favourable decision too, if an agent decided before the photo arrived.
    moves={Role.APPLICANT: staying(OPEN | {State.FAVOURABLE})},
    history=N_("L’usager donne un autre code d’e-photo"),
)

WITHDRAW = Action(
    key="withdraw",
    moves={Role.APPLICANT: into(State.WITHDRAWN, OPEN)},
    history=N_("L’usager retire sa demande"),
)

ASK_TIME = Action(
    key="ask_time",
    moves={Role.APPLICANT: staying({State.COMPLEMENT_REQUESTED})},
    history=N_("L’usager demande plus de temps"),
    needs_reason=True,
)

COLLECT = Action(
    key="collect",
    moves={Role.APPLICANT: {State.CARD_AVAILABLE: State.HANDED_OVER}},
    history=N_("L’usager dit avoir récupéré sa carte"),
)
