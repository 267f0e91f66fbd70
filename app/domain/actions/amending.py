"""Actions of agents on what an application says: a typing error corrected, the civil status read again."""

from app.domain.actions.action import AgentAction, by, no_way, staying
from app.domain.agent_forms.amending import AMENDMENT
from app.domain.agent_forms.form import NOTHING_ASKED
from app.domain.agent_forms.words import Words
from app.domain.dossiers.states import GRANTED_STATES, OPEN, Role
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

REREAD = AgentAction(
    key="reread",
    moves={Role.AGENT: staying(OPEN | GRANTED_STATES)},
    words=Words(
        N_("Relire l’état civil au registre"),
        N_("Relire l’état civil au registre ?"),
        N_(
            "Vous avez fait corriger le registre des titres : le dossier reprend ce qu’il dit, et les attestations en "
            "vigueur sont remplacées. L’usager est prévenu si quelque chose change."
        ),
        N_("Le registre est interrogé. Le résultat vient dans l’historique."),
    ),
    form=NOTHING_ASKED,
    history=N_("%(agent)s fait relire l’état civil au registre"),
    way_back=no_way("The register says who somebody is: it is corrected there, then read again."),
    notice=None,  # the applicant is told of what changes, once the register has answered
    on_answers=True,
)
