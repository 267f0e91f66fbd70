"""Actions of applicants on their dossiers; their pages are in the blueprints `demande` and `suivi`."""

from app.domain.actions.action import Action, by, into, no_way, staying
from app.domain.dossiers.states import OPEN, Role, State
from app.domain.text import N_

SUBMIT = Action(
    key="submit",
    moves={Role.APPLICANT: {State.DRAFT: State.FILED}},
    history=N_("Dépôt par l’usager"),
    way_back=by("withdraw"),
)

ANSWER = Action(
    key="answer",
    moves={Role.APPLICANT: {State.COMPLEMENT_REQUESTED: State.COMPLEMENT_RECEIVED}},
    history=N_("Complément reçu"),
    way_back=by(
        "correct",
        "add",
        none_because="An answer sent may have been read: the applicant adds to it, or replaces it, until the decision.",
    ),
)

CORRECT = Action(
    key="correct",
    moves={Role.APPLICANT: staying(OPEN)},
    history=N_("L’usager corrige ses réponses (%(count)s)"),
    way_back=by("correct"),
)

ADD = Action(
    key="add",
    moves={Role.APPLICANT: staying(OPEN - {State.COMPLEMENT_REQUESTED})},
    history=N_("L’usager ajoute ou remplace un document"),
    way_back=by("add", "answer"),
)

GIVE_PHOTO = Action(
    key="give_photo",
    # After a favourable decision too, if an agent decided before the photo arrived.
    moves={Role.APPLICANT: staying(OPEN | {State.FAVOURABLE})},
    history=N_("L’usager donne un autre code d’e-photo"),
    way_back=by("give_photo"),
)

WITHDRAW = Action(
    key="withdraw",
    moves={Role.APPLICANT: into(State.WITHDRAWN, OPEN)},
    history=N_("L’usager retire sa demande"),
    way_back=by("reopen"),
)

ASK_TIME = Action(
    key="ask_time",
    moves={Role.APPLICANT: staying({State.COMPLEMENT_REQUESTED})},
    history=N_("L’usager demande plus de temps"),
    way_back=no_way("Asking takes nothing away: the applicant can answer before the agent does."),
    needs_reason=True,
)

COLLECT = Action(
    key="collect",
    moves={Role.APPLICANT: {State.CARD_AVAILABLE: State.HANDED_OVER}},
    history=N_("L’usager dit avoir récupéré sa carte"),
    way_back=by("step_back"),
)
