"""Actions of agents on a card: its price, production, announcement, hand-over, and the way back from each."""

from app.domain.actions.action import AgentAction, by, into, staying
from app.domain.agent_forms.acts import ANNOUNCEMENT, CORRECTED_FEE, SHARED_ANNOUNCEMENT, UNDOING
from app.domain.agent_forms.form import NOTHING_ASKED
from app.domain.agent_forms.words import Words
from app.domain.dossiers.states import GRANTED_STATES, UNDER_REVIEW, Role, State
from app.domain.text import N_
from app.domain.texts.notices import NoticeKind

PRODUCE = AgentAction(
    key="produce",
    moves={Role.AGENT: {State.FAVOURABLE: State.IN_PRODUCTION}},
    words=Words(
        N_("Mettre en fabrication"),
        N_("Le titre est en fabrication ?"),
        N_("L’usager voit que sa carte est en fabrication. Prévenez-le quand elle arrive."),
        N_("Le titre est en fabrication. L’usager est prévenu."),
    ),
    form=NOTHING_ASKED,
    batch=NOTHING_ASKED,
    history=N_("%(agent)s : la carte est en fabrication"),
    way_back=by("step_back"),
    notice=NoticeKind.IN_PRODUCTION,
    for_card=True,
    needs_photo=True,
    needs_prints=True,
)

ANNOUNCE = AgentAction(
    key="announce",
    moves={Role.AGENT: into(State.CARD_AVAILABLE, {State.FAVOURABLE, State.IN_PRODUCTION})},
    words=Words(
        N_("Prévenir que la carte est prête"),
        N_("La carte est prête ?"),
        N_("L’usager est prévenu par e-mail et par SMS : où venir, et quel timbre électronique acheter."),
        N_("L’usager est prévenu que sa carte est prête."),
    ),
    form=ANNOUNCEMENT,
    batch=SHARED_ANNOUNCEMENT,
    history=N_("%(agent)s prévient que la carte est prête"),
    way_back=by("step_back"),
    notice=NoticeKind.CARD_AVAILABLE,
    for_card=True,
    needs_photo=True,
    needs_prints=True,
)

HAND_OVER = AgentAction(
    key="hand_over",
    moves={Role.AGENT: {State.CARD_AVAILABLE: State.HANDED_OVER}},
    words=Words(
        N_("Titre remis"),
        N_("Le titre est remis ?"),
        N_("Le dossier est alors terminé."),
        N_("Le titre est remis. Le dossier est terminé."),
    ),
    form=NOTHING_ASKED,
    batch=NOTHING_ASKED,
    history=N_("%(agent)s remet la carte"),
    way_back=by("step_back"),
    notice=NoticeKind.HANDED_OVER,
)

# The rule's amount is not certain for every case (`rules.fees`), and some owe another one (CESEDA L.436-1, L.436-7).
CORRECT_FEE = AgentAction(
    key="correct_fee",
    moves={Role.SUPERVISOR: staying(UNDER_REVIEW | GRANTED_STATES)},
    words=Words(
        N_("Corriger le montant"),
        N_("Corriger le montant à payer ?"),
        N_(
            "Si le montant que la règle donne n’est pas celui de cette personne. Une lettre de décision déjà envoyée est "
            "remplacée."
        ),
        N_("Le montant est corrigé. L’usager est prévenu."),
        quiet=True,
    ),
    form=CORRECTED_FEE,
    history=N_("%(agent)s corrige le montant à payer : %(amount)s"),
    way_back=by("correct_fee"),
    notice=NoticeKind.FEE_CORRECTED,
    needs_reason=True,
    for_card=True,
)

# Each of these steps says a fact. Noted by mistake, it is taken back as if it had not been said: the check page follows.
STEP_BACK = AgentAction(
    key="step_back",
    moves={
        Role.AGENT: {
            State.IN_PRODUCTION: State.FAVOURABLE,
            State.CARD_AVAILABLE: State.IN_PRODUCTION,
            State.HANDED_OVER: State.CARD_AVAILABLE,
        }
    },
    words=Words(
        N_("Annuler la dernière étape"),
        N_("Annuler la dernière étape ?"),
        N_("Elle a été notée par erreur : le dossier revient à l’étape d’avant. L’usager lit pourquoi."),
        N_("La dernière étape est annulée. L’usager est prévenu."),
        quiet=True,
    ),
    form=UNDOING,
    history=N_("%(agent)s annule la dernière étape, notée par erreur"),
    way_back=by("produce", "announce", "hand_over"),
    notice=NoticeKind.STEP_UNDONE,
    needs_reason=True,
    for_card=True,
    undoes=True,
    own_step=True,
)
