"""Actions of agents once a card is granted: production, announcement, hand-over."""

from app.domain.actions.action import AgentAction, into
from app.domain.agent_forms.acts import ANNOUNCEMENT, SHARED_ANNOUNCEMENT
from app.domain.agent_forms.form import NOTHING_ASKED
from app.domain.agent_forms.words import Words
from app.domain.dossiers.states import Role, State
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
    notice=NoticeKind.IN_PRODUCTION,
    for_card=True,
    needs_photo=True,
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
    notice=NoticeKind.CARD_AVAILABLE,
    for_card=True,
    needs_photo=True,
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
    notice=NoticeKind.HANDED_OVER,
)
