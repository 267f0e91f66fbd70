"""Titles of certificates and states, and the meaning of each public state for the applicant (FAQ)."""

from app.domain.dossiers.states import PublicState, State
from app.domain.rules.rights import AttestationKind
from app.domain.text import N_

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

DONE = N_("Votre démarche est terminée")  # without a card to collect

# The meaning of each public state, and what the applicant can do.
STAGES: dict[PublicState, str] = {
    PublicState.FILED: N_("Votre demande a bien été prise en compte."),
    PublicState.IN_REVIEW: N_("Un agent étudie votre dossier. S’il manque un document, on vous écrit."),
    PublicState.DECIDED: N_("La préfecture accepte ou refuse la demande. Vous êtes prévenu(e) le jour même."),
    PublicState.AVAILABLE: N_(
        "Un SMS vous dit où retirer la carte. Vous payez alors, avec un timbre électronique."
    ),
}
# The same for the present state.
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
# Shown at the coming decision, where silence means a refusal.
SILENCE = N_(
    "Sans réponse à cette date, la loi considère la demande comme refusée. Vous avez alors deux mois pour contester."
)

SILENCE_REFUSED = N_(
    "Cette date est passée : la loi considère la demande comme refusée, mais le service peut encore décider."
)
# Shown instead of the review for applications decided automatically.
BY_ITSELF = N_("La vérification s’est faite toute seule, au moment du dépôt.")

# The state in lists of dossiers.
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
