"""The action of agents on the answers: correcting an obvious typing error, which the applicant is told of."""

from app.domain.actions.action import AgentAction, by, staying
from app.domain.agent_forms.amending import AMENDMENT
from app.domain.agent_forms.words import Words
from app.domain.dossiers.states import OPEN, Role
from app.domain.text import N_
from app.domain.texts.notices import NoticeKind

AMEND_ANSWER = AgentAction(
    key="amend_answer",
    moves={Role.AGENT: staying(OPEN)},
    words=Words(
        N_("Corriger une faute de frappe"),
        N_("Corriger une faute de frappe ?"),
        N_(
            "Une faute évidente, qu’un document du dossier montre. L’usager est prévenu et peut la changer de nouveau."
        ),
        N_("La réponse est corrigée. L’usager est prévenu."),
    ),
    form=AMENDMENT,
    history=N_("%(agent)s corrige une faute de frappe dans une réponse"),
    way_back=by("amend_answer", "correct"),
    notice=NoticeKind.ANSWER_CORRECTED,
    needs_reason=True,
    on_answers=True,
)
