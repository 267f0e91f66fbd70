"""Titles of certificates and states, and what each public state is, was or will be for the applicant (FAQ)."""

from app.domain.dossiers.endings import ENDING_TITLES
from app.domain.dossiers.states import PublicState, State
from app.domain.help import ENTRIES
from app.domain.help.entry import Entry
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

_EXPLAINED_BY = {
    AttestationKind.DEPOSIT: "confirmation-de-depot",
    AttestationKind.EXTENSION: "adp",
    AttestationKind.FAVOURABLE: "adf",
    AttestationKind.VALIDATION: "confirmation-visa",
    AttestationKind.ADDRESS: "demenagement",
    AttestationKind.LOSS: "perte-vol",
}
# The question of the help pages whose answer says what each is for.
CERTIFICATE_HELP: dict[AttestationKind, Entry] = {
    kind: next(entry for entry in ENTRIES if entry.key == key) for kind, key in _EXPLAINED_BY.items()
}
# What the pages that list certificates need: titles, what explains them, how each left force.
CERTIFICATE_WORDS = {
    "certificate_titles": CERTIFICATES,
    "certificate_help": CERTIFICATE_HELP,
    "ending_titles": ENDING_TITLES,
}

HEADINGS: dict[State, str] = {
    State.FILED: N_("Votre demande est déposée"),
    State.IN_REVIEW: N_("Votre demande est en cours d’instruction"),
    State.COMPLEMENT_REQUESTED: N_("Le service attend votre réponse"),
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

# What each public state will be, while it is to come, and how it ended, once it is past.
COMING: dict[PublicState, str] = {
    PublicState.IN_REVIEW: N_(
        "Un agent étudiera votre dossier. S’il manque un document, nous vous écrirons."
    ),
    PublicState.DECIDED: N_(
        "La préfecture acceptera ou refusera la demande. Nous vous préviendrons le jour même."
    ),
    PublicState.AVAILABLE: N_(
        "Un e-mail ou un SMS vous dira où retirer la carte. Vous paierez alors, avec un timbre électronique."
    ),
}
PAST: dict[PublicState, str] = {
    PublicState.FILED: N_("Votre demande a bien été prise en compte."),
    PublicState.IN_REVIEW: N_("Un agent a étudié votre dossier."),
    PublicState.DECIDED: N_("La préfecture a accepté votre demande."),
}
BEGUN = N_("Un agent avait commencé à étudier votre dossier.")  # withdrawn meanwhile
NEVER_OPENED = N_("Aucun agent n’avait encore ouvert votre dossier.")
# What the present state is; what there is to do, or nothing, is told by domain.dossiers.standing.
PRESENT: dict[State, str] = {
    State.FILED: N_("Votre demande a bien été prise en compte. Un agent va l’ouvrir."),
    State.IN_REVIEW: N_("Un agent étudie votre dossier."),
    State.COMPLEMENT_REQUESTED: N_("Un agent étudie votre dossier. Il attend votre réponse."),
    State.COMPLEMENT_RECEIVED: N_("Votre réponse est arrivée. Un agent la lit."),
    State.FAVOURABLE: N_("Décision favorable : votre carte va être fabriquée."),
    State.IN_PRODUCTION: N_(
        "Décision favorable : votre carte est en fabrication. Nous vous écrivons quand elle est prête."
    ),
    State.CLOSED: N_(
        "Le service a fermé votre dossier sans dire ni oui ni non à la demande. La raison est plus haut. Il "
        "peut le rouvrir."
    ),
    State.WITHDRAWN: N_("Vous avez retiré cette demande : aucune décision n’est prise."),
    State.UNFAVOURABLE: N_("Décision défavorable. La raison, les recours et la lettre sont plus haut."),
    State.CARD_AVAILABLE: N_("Votre carte vous attend. L’adresse et le montant sont plus haut."),
    State.HANDED_OVER: N_("Votre carte vous a été remise."),
}
# Shown instead of the review for applications decided automatically.
BY_ITSELF = N_("La vérification est automatique, au moment du dépôt.")

# The state in lists of dossiers.
LISTED: dict[State, str] = {
    State.DRAFT: N_("Pas encore déposée"),
    State.FILED: N_("Déposée"),
    State.IN_REVIEW: N_("En cours d’instruction"),
    State.COMPLEMENT_REQUESTED: N_("Réponse attendue"),
    State.COMPLEMENT_RECEIVED: N_("En cours d’instruction"),
    State.FAVOURABLE: N_("Acceptée"),
    State.UNFAVOURABLE: N_("Refusée"),
    State.CLOSED: N_("Close"),
    State.WITHDRAWN: N_("Retirée"),
    State.IN_PRODUCTION: N_("Carte en fabrication"),
    State.CARD_AVAILABLE: N_("Titre disponible"),
    State.HANDED_OVER: N_("Titre remis"),
}
