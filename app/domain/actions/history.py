"""Texts of a dossier's events for agents; `%(agent)s` is the author, other placeholders are the event's facts."""

from app.domain.actions import ACTIONS
from app.domain.dossiers.appointments import PRINTS_WAIVED
from app.domain.text import N_

# Events of a dossier beside the actions on it.
EVENTS: dict[str, str] = {
    "extension_issued": N_("Attestation de prolongation d’instruction émise"),
    "approval_certified": N_("Attestation de la décision émise"),
    "identity_reread": N_("État civil repris du registre (changements : %(count)s)"),
    "identity_same": N_("Le registre dit le même état civil que le dossier"),
    "identity_unknown": N_("Le registre ne connaît pas de titre avec ce numéro et ces dates"),
    "number_given": N_("Numéro étranger attribué"),
    "mailbox_own": N_("L’usager change l’adresse e-mail de son compte"),
    "mailbox_counter": N_("%(agent)s change l’adresse e-mail du compte, identité vérifiée au guichet"),
    "mailbox_papers": N_("%(agent)s change l’adresse e-mail du compte, identité vérifiée par des documents"),
    "mailbox_refused": N_("%(agent)s refuse de changer l’adresse e-mail du compte"),
    "message_sent": N_("Message de l’usager"),
    "message_written": N_("%(agent)s écrit à l’usager"),
    "message_answered": N_("%(agent)s répond à un message"),
    "moved": N_("Passe de « %(origin)s » à « %(target)s » : l’usager a déménagé"),
    "permit_invalidated": N_("Titre déclaré signalé au registre : il n’est plus valable"),
    "document_infected": N_("Fichier avec un virus écarté, l’usager est prévenu"),
    "photo_arrived": N_("E-photo arrivée"),
    "photo_failed": N_("E-photo : le code donné ne marche pas, l’usager est prévenu"),
    "photo_waived": N_("%(agent)s continue sans e-photo"),
    PRINTS_WAIVED: N_("%(agent)s continue sans prise des empreintes"),
    "appointment_made": N_("%(agent)s invite l’usager : %(purpose)s, le %(moment)s"),
    "appointment_moved": N_("%(agent)s change le rendez-vous : %(purpose)s, le %(moment)s"),
    "appointment_cancelled": N_("%(agent)s annule le rendez-vous : %(purpose)s, le %(moment)s"),
    "appointment_declined": N_("L’usager ne peut pas venir : %(purpose)s, le %(moment)s"),
    "appointment_accepted": N_("L’usager viendra finalement : %(purpose)s, le %(moment)s"),
    "appointment_kept": N_("L’usager est venu : %(purpose)s, le %(moment)s (%(agent)s)"),
    "appointment_missed": N_("L’usager n’est pas venu : %(purpose)s, le %(moment)s (%(agent)s)"),
    "appointment_corrected": N_("%(agent)s corrige ce qui était noté : %(purpose)s, le %(moment)s"),
    "work_retried": N_("%(agent)s relance un envoi qui avait échoué"),
    "work_settled": N_("%(agent)s règle autrement un envoi qui a échoué"),
    "attestation_revoked": N_("Attestation retirée"),
    "attestation_ended": N_("Attestation terminée par la décision"),
    "attestation_replaced": N_("Attestation remplacée par une attestation corrigée"),
    "application_printed": N_("Copie de la demande imprimée"),
}

HISTORY: dict[str, str] = {key: action.history for key, action in ACTIONS.items()} | EVENTS
# Texts for a dossier that was a colleague's, `%(origin)s`.
HISTORY_FROM: dict[str, str] = {
    key: action.history_from for key, action in ACTIONS.items() if action.history_from
}
# Texts of what no agent did.
HISTORY_ALONE: dict[str, str] = {
    key: action.history_alone for key, action in ACTIONS.items() if action.history_alone
} | {
    "appointment_cancelled": N_("Rendez-vous annulé avec la demande : %(purpose)s, le %(moment)s"),
    "appointment_kept": N_("L’usager est venu : %(purpose)s, le %(moment)s"),
}
