"""The titles of messages and certificates, and what each public state means for the person (FAQ)."""

from app.domain.dossiers.states import PublicState, State
from app.domain.rules.rights import AttestationKind
from app.domain.text import N_
from app.services.messages.notices import NoticeKind

NOTICES: dict[NoticeKind, str] = {
    NoticeKind.FILED: N_("Votre demande est déposée"),
    NoticeKind.TAKEN: N_("Un agent a ouvert votre dossier"),
    NoticeKind.COMPLEMENT_ASKED: N_("Un document vous est demandé"),
    NoticeKind.COMPLEMENT_SENT: N_("Votre réponse est envoyée"),
    NoticeKind.COMPLEMENT_REMINDER: N_("Un document est toujours attendu"),
    NoticeKind.COMPLEMENT_UNSENT: N_("Votre réponse est prête, mais pas envoyée"),
    NoticeKind.TIME_ANSWERED: N_("Le service répond à votre demande de délai"),
    NoticeKind.EXTENSION_ISSUED: N_("Votre attestation de prolongation est prête"),
    NoticeKind.EXTENSION_WITHHELD: N_("Pas d’attestation de prolongation"),
    NoticeKind.RIGHTS_ENDING: N_("Vos droits finissent bientôt"),
    NoticeKind.REVOKED: N_("Une attestation est retirée"),
    NoticeKind.APPROVED: N_("Décision favorable"),
    NoticeKind.REFUSED: N_("Décision défavorable"),
    NoticeKind.CLOSED: N_("Votre dossier est clos"),
    NoticeKind.REOPENED: N_("Votre dossier est rouvert"),
    NoticeKind.IN_PRODUCTION: N_("Votre carte est en fabrication"),
    NoticeKind.CARD_AVAILABLE: N_("Votre titre de séjour est disponible"),
    NoticeKind.WITHDRAWN: N_("Votre demande est retirée"),
    NoticeKind.HANDED_OVER: N_("Votre titre vous a été remis"),
    NoticeKind.COLLECTED: N_("Vous avez récupéré votre titre"),
    NoticeKind.MOVED: N_("Votre demande change de service"),
    NoticeKind.ANSWERED: N_("Le service vous a répondu"),
    NoticeKind.WRITTEN: N_("Le service vous écrit"),
    NoticeKind.RENEWAL_OPENING: N_("Vous pouvez déposer votre renouvellement"),
    NoticeKind.RENEWAL_HALFWAY: N_("Pensez à votre renouvellement"),
    NoticeKind.RENEWAL_LAST_DAYS: N_("Votre renouvellement : la date limite"),
}

CERTIFICATES: dict[AttestationKind, str] = {
    AttestationKind.DEPOSIT: N_("Confirmation de dépôt"),
    AttestationKind.EXTENSION: N_("Attestation de prolongation d’instruction"),
    AttestationKind.FAVOURABLE: N_("Attestation de décision favorable"),
    AttestationKind.VALIDATION: N_("Confirmation de la validation du visa"),
    AttestationKind.ADDRESS: N_("Attestation de changement d’adresse"),
    AttestationKind.LOSS: N_("Attestation de déclaration de perte, de vol ou de détérioration"),
}

HEADINGS: dict[State, str] = {
    State.FILED: N_("Votre demande est déposée"),
    State.IN_REVIEW: N_("Votre demande est en cours d’instruction"),
    State.COMPLEMENT_REQUESTED: N_("On attend un document de vous"),
    State.COMPLEMENT_RECEIVED: N_("Votre réponse est reçue, l’instruction continue"),
    State.FAVOURABLE: N_("Votre demande est acceptée"),
    State.UNFAVOURABLE: N_("Votre demande est refusée"),
    State.CLOSED: N_("Votre dossier est clos"),
    State.WITHDRAWN: N_("Vous avez retiré votre demande"),
    State.IN_PRODUCTION: N_("Votre carte est en fabrication"),
    State.CARD_AVAILABLE: N_("Votre titre de séjour est disponible"),
    State.HANDED_OVER: N_("Votre titre de séjour vous a été remis"),
}

DONE = N_("Votre démarche est terminée")  # where no card is made

# What a state means, and what the person can do.
STAGES: dict[PublicState, str] = {
    PublicState.FILED: N_("Votre demande a bien été prise en compte."),
    PublicState.IN_REVIEW: N_("Un agent étudie votre dossier. S’il manque un document, on vous écrit."),
    PublicState.DECIDED: N_("La préfecture accepte ou refuse la demande. Vous êtes prévenu(e) le jour même."),
    PublicState.AVAILABLE: N_(
        "Un SMS vous dit où retirer la carte. Vous payez alors, avec un timbre électronique."
    ),
}
# The same, once it is the present state.
PRESENT: dict[State, str] = {
    State.FILED: N_(
        "Votre demande a bien été prise en compte. Un agent va l’ouvrir, vous n’avez rien à faire."
    ),
    State.IN_REVIEW: N_("Un agent étudie votre dossier. Vous n’avez rien à faire."),
    State.COMPLEMENT_REQUESTED: N_("Un agent étudie votre dossier. Il attend un document de vous."),
    State.COMPLEMENT_RECEIVED: N_("Votre réponse est arrivée. Un agent la lit, vous n’avez rien à faire."),
    State.FAVOURABLE: N_("Décision favorable : votre carte va être fabriquée."),
    State.IN_PRODUCTION: N_(
        "Décision favorable : votre carte est en fabrication. On vous écrit quand elle est prête."
    ),
    State.CLOSED: N_(
        "Le service a fermé votre dossier sans décision sur le fond. La raison est plus haut. Il peut le rouvrir."
    ),
    State.WITHDRAWN: N_("Vous avez retiré cette demande : aucune décision n’est prise."),
    State.UNFAVOURABLE: N_("Décision défavorable. La raison, les recours et la lettre sont plus haut."),
    State.CARD_AVAILABLE: N_("Votre carte vous attend. L’adresse et le montant sont plus haut."),
    State.HANDED_OVER: N_("Votre carte vous a été remise."),
}
# Under refusal, silence of the law: said at the decision to come.
SILENCE = N_(
    "Sans réponse à cette date, la loi considère la demande comme refusée. Vous avez alors deux mois pour contester."
)

SILENCE_REFUSED = N_(
    "Cette date est passée : la loi considère la demande comme refusée, mais le service peut encore décider."
)
# Of what nobody has to read: said instead of the review.
BY_ITSELF = N_("La vérification s’est faite toute seule, au moment du dépôt.")

# One word for each state, where dossiers are listed.
LISTED: dict[State, str] = {
    State.DRAFT: N_("Pas encore déposée"),
    State.FILED: N_("Déposée"),
    State.IN_REVIEW: N_("En cours d’instruction"),
    State.COMPLEMENT_REQUESTED: N_("Document attendu"),
    State.COMPLEMENT_RECEIVED: N_("En cours d’instruction"),
    State.FAVOURABLE: N_("Acceptée"),
    State.UNFAVOURABLE: N_("Refusée"),
    State.CLOSED: N_("Close"),
    State.WITHDRAWN: N_("Retirée"),
    State.IN_PRODUCTION: N_("Carte en fabrication"),
    State.CARD_AVAILABLE: N_("Titre disponible"),
    State.HANDED_OVER: N_("Titre remis"),
}
