"""Actions of agents to review an application: begin, request documents, decide, close, and the way back from each."""

from app.domain.actions.action import AgentAction, by, into, no_way, staying
from app.domain.agent_forms.acts import UNDOING
from app.domain.agent_forms.deciding import CLOSURE, CORRECTED_GRANT, GRANT, REFUSAL
from app.domain.agent_forms.form import NOTHING_ASKED
from app.domain.agent_forms.requesting import REQUEST, TIME_ANSWER
from app.domain.agent_forms.words import Words
from app.domain.dossiers.decisions import Outcome
from app.domain.dossiers.states import GRANTED_STATES, UNDER_REVIEW, Role, State
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
    way_back=no_way(
        "An agent has read the dossier, and the applicant knows it: it is passed on, not untaken."
    ),
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
    history=N_("%(agent)s demande des documents (%(count)s), réponse avant la fin du %(day)s"),
    way_back=by("cancel_request"),
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
    way_back=by("cancel_request"),
    notice=NoticeKind.TIME_ANSWERED,
    if_asked=True,
)

REMIND = AgentAction(
    key="remind",
    moves={Role.AGENT: staying({State.COMPLEMENT_REQUESTED})},
    words=Words(
        N_("Rappeler la demande"),
        N_("Rappeler la demande de documents ?"),
        N_(
            "L’usager reçoit un rappel, avec la date. Un seul par jour : qui en a reçu un aujourd’hui, ou attend une "
            "réponse de vous, n’en reçoit pas."
        ),
        N_("Le rappel est parti."),
        quiet=True,
    ),
    form=NOTHING_ASKED,
    batch=NOTHING_ASKED,
    history=N_("%(agent)s rappelle la demande de documents"),
    way_back=no_way("A reminder repeats what was asked: it is the request that is cancelled."),
    notice=NoticeKind.COMPLEMENT_REMINDER,
    if_silent=True,
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
    history_alone=N_("Décision favorable automatique, au dépôt"),
    way_back=by(
        "take_back",
        "amend",
        none_because="What the system grants at filing, nobody judged: the register has it at once, by law.",
    ),
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
    way_back=by("reopen"),
    notice=NoticeKind.REFUSED,
    outcome=Outcome.UNFAVOURABLE,
    needs_reason=True,
    settles=True,
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
    way_back=by("reopen"),
    notice=NoticeKind.CLOSED,
    outcome=Outcome.CLOSED,
    needs_reason=True,
    settles=True,
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
    ),
    form=UNDOING,
    history=N_("%(agent)s rouvre le dossier"),
    way_back=by("approve", "refuse", "close"),
    notice=NoticeKind.REOPENED,
    needs_reason=True,
    alone=True,
    settles=True,
    undoes=True,
)

TAKE_BACK = AgentAction(
    key="take_back",
    moves={Role.SUPERVISOR: {State.FAVOURABLE: State.IN_REVIEW}},
    words=Words(
        N_("Retirer la décision favorable"),
        N_("Retirer la décision favorable ?"),
        N_(
            "L’instruction reprend. Une décision qui donne un droit ne se retire que si elle est illégale, dans les "
            "quatre mois (CRPA, L. 242-1), et après que l’usager a pu présenter ses observations (L. 121-1)."
        ),
        N_("La décision est retirée, l’instruction reprend. L’usager est prévenu."),
        danger=True,
    ),
    form=UNDOING,
    history=N_("%(agent)s retire la décision favorable"),
    way_back=by("approve"),
    notice=NoticeKind.DECISION_TAKEN_BACK,
    needs_reason=True,
    settles=True,
    undoes=True,
    decided=True,
)

AMEND = AgentAction(
    key="amend",
    moves={Role.AGENT: staying(GRANTED_STATES | {State.HANDED_OVER})},
    words=Words(
        N_("Corriger la décision"),
        N_("Corriger le titre accordé ?"),
        N_(
            "Pour une erreur de date, de titre ou de mention. Une nouvelle lettre remplace la première, une nouvelle "
            "attestation aussi."
        ),
        N_("La décision est corrigée. L’usager est prévenu, avec la nouvelle lettre."),
        quiet=True,
    ),
    form=CORRECTED_GRANT,
    history=N_("%(agent)s corrige la décision"),
    way_back=by("amend"),
    notice=NoticeKind.DECISION_CORRECTED,
    outcome=Outcome.FAVOURABLE,
    needs_reason=True,
    granted=True,
    own_step=True,
)

CANCEL_REQUEST = AgentAction(
    key="cancel_request",
    moves={Role.AGENT: {State.COMPLEMENT_REQUESTED: State.IN_REVIEW}},
    words=Words(
        N_("Annuler la demande de documents"),
        N_("Annuler la demande de documents ?"),
        N_("L’usager n’a plus à répondre. Ce qu’il a préparé vous arrive. L’instruction reprend."),
        N_("La demande de documents est annulée. L’usager est prévenu."),
        quiet=True,
    ),
    form=UNDOING,
    history=N_("%(agent)s annule la demande de documents"),
    way_back=by("ask"),
    notice=NoticeKind.REQUEST_CANCELLED,
    needs_reason=True,
    undoes=True,
)
