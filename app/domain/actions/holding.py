"""Actions of agents that keep an ended dossier from being erased while a court is seised, and end that."""

from app.domain.actions.action import AgentAction, by, staying
from app.domain.agent_forms.acts import UNDOING
from app.domain.agent_forms.words import Words
from app.domain.dossiers.states import ENDED, Role
from app.domain.text import N_
from app.domain.texts.notices import NoticeKind

HOLD = AgentAction(
    key="hold",
    moves={Role.AGENT: staying(ENDED)},
    words=Words(
        N_("Garder pour un recours"),
        N_("Garder ce dossier pour un recours ?"),
        N_(
            "Un tribunal est saisi, ou va l’être : rien n’est effacé du dossier avant qu’un responsable ne le dise. "
            "L’usager lit pourquoi."
        ),
        N_("Le dossier est gardé. L’usager est prévenu."),
        quiet=True,
    ),
    form=UNDOING,
    history=N_("%(agent)s fait garder le dossier pour un recours"),
    way_back=by("release"),
    notice=NoticeKind.HELD,
    needs_reason=True,
    held=False,
)

RELEASE = AgentAction(
    key="release",
    moves={Role.SUPERVISOR: staying(ENDED)},
    words=Words(
        N_("Ne plus garder pour un recours"),
        N_("Le recours est terminé ?"),
        N_("Le temps de conservation du dossier reprend aujourd’hui. L’usager lit pourquoi."),
        N_("Le dossier n’est plus gardé pour un recours. L’usager est prévenu."),
        quiet=True,
    ),
    form=UNDOING,
    history=N_("%(agent)s : le recours est terminé, le dossier n’est plus gardé pour lui"),
    way_back=by("hold"),
    notice=NoticeKind.RELEASED,
    needs_reason=True,
    held=True,
)
