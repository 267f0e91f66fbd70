"""Actions that change the agent in charge of a dossier, and nothing else."""

from app.domain.actions.action import AgentAction, by, staying
from app.domain.agent_forms.acts import ASSIGNMENT, PASSING_ON
from app.domain.agent_forms.form import NOTHING_ASKED
from app.domain.agent_forms.words import Words
from app.domain.dossiers.states import OPEN, UNDER_REVIEW, Role
from app.domain.text import N_

ASSIGN = AgentAction(
    key="assign",
    moves={Role.SUPERVISOR: staying(OPEN)},
    words=Words(
        N_("Confier le dossier"),
        N_("Confier ce dossier à qui ?"),
        N_("Son état ne change pas. La personne choisie le voit dans « Les miens »."),
        N_("Le dossier est confié."),
    ),
    form=ASSIGNMENT,
    batch=ASSIGNMENT,
    history=N_("%(agent)s confie le dossier à %(target)s"),
    way_back=by("assign"),
    history_from=N_("%(agent)s confie à %(target)s le dossier de %(origin)s"),
    notice=None,
    reassigns=True,
)

PASS_ON = AgentAction(
    key="pass_on",
    moves={Role.AGENT: staying(OPEN)},
    words=Words(
        N_("Confier à un collègue"),
        N_("Confier ce dossier à quel collègue ?"),
        N_("Son état ne change pas. La personne choisie le voit dans « Les miens »."),
        N_("Votre collègue a maintenant le dossier."),
    ),
    form=PASSING_ON,
    batch=PASSING_ON,
    history=N_("%(agent)s confie le dossier à %(target)s, son collègue"),
    way_back=by("claim", "assign"),
    notice=None,
    in_charge=True,
    reassigns=True,
)

CLAIM = AgentAction(
    key="claim",
    moves={Role.AGENT: staying(UNDER_REVIEW)},
    words=Words(
        N_("Reprendre le dossier"),
        N_("Reprendre ce dossier ?"),
        N_("Il devient le vôtre. Son état ne change pas. Si un collègue l’avait, il le voit dans sa liste."),
        N_("Le dossier est maintenant le vôtre."),
    ),
    form=NOTHING_ASKED,
    batch=NOTHING_ASKED,
    history=N_("%(agent)s reprend le dossier"),
    way_back=by("pass_on", "assign"),
    history_from=N_("%(agent)s reprend le dossier de %(origin)s"),
    notice=None,
    in_charge=False,
    reassigns=True,
)
