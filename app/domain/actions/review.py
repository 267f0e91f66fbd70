"""Actions of agents to review an application: begin, request documents, decide, close, reopen."""

from app.domain.actions.action import AgentAction, into, staying
from app.domain.agent_forms.deciding import CLOSURE, GRANT, REFUSAL, REOPENING
from app.domain.agent_forms.form import NOTHING_ASKED
from app.domain.agent_forms.requesting import REQUEST, TIME_ANSWER
from app.domain.agent_forms.words import Words
from app.domain.dossiers.decisions import Outcome
from app.domain.dossiers.states import UNDER_REVIEW, Role, State
from app.domain.text import N_
from app.domain.texts.notices import NoticeKind

# States in which the agent, not the applicant, has the next step.
_TO_DECIDE = (State.IN_REVIEW, State.COMPLEMENT_RECEIVED)

TAKE = AgentAction(
    key="take",
    moves={Role.AGENT: {State.FILED: State.IN_REVIEW}},
    words=Words(
        N_("Prendre le dossier"),
        N_("Prendre ce dossier ?"),
        N_("L’instruction commence. Si les droits de l’usager finissent bientôt, son attestation est émise."),
        N_("Vous avez pris le dossier. L’usager est prévenu."),
        at_once=True,
    ),
    form=NOTHING_ASKED,
    batch=NOTHING_ASKED,
    history=N_("%(agent)s prend le dossier"),
    history_from=N_("%(agent)s prend le dossier, qui était confié à %(origin)s"),
    notice=NoticeKind.TAKEN,
)

ASK = AgentAction(
    key="ask",
    moves={Role.AGENT: into(State.COMPLEMENT_REQUESTED, _TO_DECIDE)},
    words=Words(
        N_("Demander des documents"),
        N_("Quels documents demander ?"),
        N_(
            "L’usager lit le motif de chaque document. Le dossier ne se ferme pas automatiquement après la "
            "date."
        ),
        N_("La demande est partie. L’usager est prévenu."),
        quiet=True,
    ),
    form=REQUEST,
    history=N_("%(agent)s demande des documents (%(count)s), réponse avant le %(day)s"),
    notice=NoticeKind.COMPLEMENT_ASKED,
    needs_reason=True,
)

ANSWER_TIME = AgentAction(
    key="answer_time",
    moves={Role.AGENT: staying({State.COMPLEMENT_REQUESTED})},
    words=Words(
        N_("Répondre à la demande de délai"),
        N_("Donner plus de temps ?"),
        N_("L’usager lit votre réponse tout de suite."),
        N_("Votre réponse est partie."),
    ),
    form=TIME_ANSWER,
    history=N_("%(agent)s répond à la demande de délai"),
    notice=NoticeKind.TIME_ANSWERED,
    if_asked=True,
)

APPROVE = AgentAction(
    key="approve",
    # The system approves at filing what no agent has to review.
    moves={Role.SYSTEM: {State.FILED: State.FAVOURABLE}, Role.AGENT: into(State.FAVOURABLE, _TO_DECIDE)},
    words=Words(
        N_("Décision favorable"),
        N_("Décision favorable ?"),
        N_("L’usager est prévenu. Il reçoit la lettre, et l’attestation que la démarche prévoit."),
        N_("La décision favorable est prise. L’usager est prévenu."),
    ),
    form=GRANT,
    history=N_("%(agent)s : décision favorable"),
    notice=NoticeKind.APPROVED,
    outcome=Outcome.FAVOURABLE,
    needs_photo=True,
)

REFUSE = AgentAction(
    key="refuse",
    moves={Role.AGENT: into(State.UNFAVOURABLE, _TO_DECIDE)},
    words=Words(
        N_("Décision défavorable"),
        N_("Décision défavorable ?"),
        N_("L’usager est prévenu. Il lit le motif, les recours et la lettre."),
        N_("La décision défavorable est prise. L’usager est prévenu."),
        danger=True,
    ),
    form=REFUSAL,
    history=N_("%(agent)s : décision défavorable"),
    notice=NoticeKind.REFUSED,
    outcome=Outcome.UNFAVOURABLE,
    needs_reason=True,
)

CLOSE = AgentAction(
    key="close",
    moves={Role.AGENT: into(State.CLOSED, UNDER_REVIEW)},
    words=Words(
        N_("Clore le dossier"),
        N_("Clore ce dossier ?"),
        N_(
            "Le service ne dit ni oui ni non à la demande. L’usager lit pourquoi, et comment demander la "
            "réouverture."
        ),
        N_("Le dossier est clos. L’usager est prévenu."),
        quiet=True,
    ),
    form=CLOSURE,
    history=N_("%(agent)s ferme le dossier"),
    notice=NoticeKind.CLOSED,
    outcome=Outcome.CLOSED,
    needs_reason=True,
)

REOPEN = AgentAction(
    key="reopen",
    # An agent can undo a closure; a refusal or the applicant's withdrawal only a supervisor.
    moves={
        Role.AGENT: {State.CLOSED: State.IN_REVIEW},
        Role.SUPERVISOR: into(State.IN_REVIEW, {State.UNFAVOURABLE, State.WITHDRAWN}),
    },
    words=Words(
        N_("Rouvrir le dossier"),
        N_("Rouvrir ce dossier ?"),
        N_("L’instruction reprend, et avec elle les attestations de prolongation que la loi prévoit."),
        N_("Le dossier est rouvert. L’usager est prévenu."),
        at_once=True,
    ),
    form=REOPENING,
    history=N_("%(agent)s rouvre le dossier"),
    notice=NoticeKind.REOPENED,
    alone=True,
)
