"""Actions of agents on certificates: extensions withheld or allowed (CESEDA R.431-15-1), that of a decision again."""

from app.domain.actions.action import AgentAction, by, no_way, staying
from app.domain.agent_forms.acts import WITHHOLDING, WORK
from app.domain.agent_forms.form import NOTHING_ASKED
from app.domain.agent_forms.words import Words
from app.domain.dossiers.states import GRANTED_STATES, UNDER_REVIEW, Role
from app.domain.text import N_
from app.domain.texts.notices import NoticeKind

WITHHOLD = AgentAction(
    key="withhold",
    moves={Role.AGENT: staying(UNDER_REVIEW)},
    words=Words(
        N_("Ne pas prolonger"),
        N_("Ne plus émettre d’attestation de prolongation ?"),
        N_(
            "La loi impose de prolonger les droits si le dossier est complet et déposé à temps. L’usager "
            "lit le motif que vous écrivez."
        ),
        N_("Plus aucune attestation ne sera émise automatiquement. L’usager est prévenu, avec votre motif."),
        danger=True,
    ),
    form=WITHHOLDING,
    history=N_("%(agent)s arrête les attestations de prolongation"),
    way_back=by("cover"),
    notice=NoticeKind.EXTENSION_WITHHELD,
    needs_reason=True,
    extended=True,
)

COVER = AgentAction(
    key="cover",
    moves={Role.AGENT: staying(UNDER_REVIEW)},
    words=Words(
        N_("Accorder la prolongation"),
        N_("Émettre les attestations de prolongation ?"),
        N_(
            "Elles sont alors émises automatiquement, avant chaque fin de droits, jusqu’à la décision. "
            "Elles ne disent rien des jours passés sans attestation."
        ),
        N_("La prolongation est accordée. L’usager est prévenu dès qu’une attestation est émise."),
    ),
    form=NOTHING_ASKED,
    history=N_("%(agent)s accorde les attestations de prolongation"),
    way_back=by("withhold"),
    notice=None,  # the applicant gets one for each certificate
    extended=False,
)

ISSUE_AGAIN = AgentAction(
    key="issue_again",
    moves={Role.AGENT: staying(GRANTED_STATES)},
    words=Words(
        N_("Émettre l’attestation"),
        N_("Émettre l’attestation de la décision ?"),
        N_(
            "Celle d’avant n’est plus en vigueur. La nouvelle dit la décision d’aujourd’hui, à partir d’aujourd’hui."
        ),
        N_("L’attestation est émise. L’usager est prévenu."),
    ),
    form=NOTHING_ASKED,
    history=N_("%(agent)s émet l’attestation de la décision"),
    way_back=no_way("A certificate is taken back on its own page, where it is revoked or replaced."),
    notice=NoticeKind.CERTIFICATE_ISSUED,
    uncertified=True,
    decided=True,
)

MENTION = AgentAction(
    key="mention",
    moves={Role.AGENT: staying(UNDER_REVIEW)},
    words=Words(
        N_("Autoriser le travail"),
        N_("Autoriser le travail, par exception ?"),
        N_(
            "Une attestation de prolongation d’une première demande ne donne pas le droit de travailler, sauf exception "
            "mentionnée sur le document. Cette mention est imprimée, et la page de vérification la montre."
        ),
        N_("La mention est enregistrée. L’usager est prévenu."),
    ),
    form=WORK,
    history=N_("%(agent)s change la mention sur le travail de l’attestation de prolongation"),
    way_back=by("mention"),
    notice=NoticeKind.WORK_MENTION,
    first=True,
)
