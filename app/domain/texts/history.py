"""What an event says to agents; `%(agent)s` is who acted, `%(count)s` and `%(day)s` its facts."""

from app.domain.text import N_

HISTORY: dict[str, str] = {
    "submit": N_("Dépôt par l’usager"),
    "take": N_("%(agent)s prend le dossier"),
    "ask": N_("%(agent)s demande des documents (%(count)s), réponse avant le %(day)s"),
    "answer": N_("Complément reçu"),
    "correct": N_("L’usager corrige ses réponses (%(count)s)"),
    "add": N_("L’usager ajoute ou remplace un document"),
    "withdraw": N_("L’usager retire sa demande"),
    "ask_time": N_("L’usager demande plus de temps"),
    "answer_time": N_("%(agent)s répond à la demande de délai"),
    "approve": N_("%(agent)s : décision favorable"),
    "refuse": N_("%(agent)s : décision défavorable"),
    "close": N_("%(agent)s ferme le dossier"),
    "reopen": N_("%(agent)s rouvre le dossier"),
    "produce": N_("%(agent)s : le titre est en fabrication"),
    "withhold": N_("%(agent)s arrête les attestations de prolongation"),
    "cover": N_("%(agent)s accorde les attestations de prolongation"),
    "assign": N_("%(agent)s confie le dossier à %(target)s"),
    "pass_on": N_("%(agent)s passe le dossier à %(target)s"),
    "claim": N_("%(agent)s reprend le dossier"),
    "announce": N_("%(agent)s annonce que le titre est disponible"),
    "hand_over": N_("%(agent)s remet le titre"),
    "collect": N_("L’usager dit avoir récupéré son titre"),
    "extension_issued": N_("Attestation de prolongation d’instruction émise"),
    "approval_certified": N_("Attestation de la décision émise"),
    "number_given": N_("Numéro étranger attribué"),
    "mailbox_counter": N_("%(agent)s change l’adresse e-mail du compte, identité vérifiée au guichet"),
    "mailbox_papers": N_("%(agent)s change l’adresse e-mail du compte, identité vérifiée par des documents"),
    "mailbox_refused": N_("%(agent)s refuse de changer l’adresse e-mail du compte"),
    "message_sent": N_("Message de l’usager"),
    "message_written": N_("%(agent)s écrit à l’usager"),
    "message_answered": N_("%(agent)s répond à un message"),
    "moved": N_("Passe de « %(origin)s » à « %(target)s » : l’usager a déménagé"),
    "permit_invalidated": N_("Titre déclaré signalé au registre : il n’est plus valable"),
    "document_infected": N_("Fichier dangereux écarté"),
    "attestation_revoked": N_("Attestation retirée"),
    "application_printed": N_("Copie de la demande imprimée"),
}

# The same of a dossier that was somebody's: `%(origin)s` is who had it.
FROM_SOMEBODY: dict[str, str] = {
    "take": N_("%(agent)s prend le dossier, qui était confié à %(origin)s"),
    "assign": N_("%(agent)s confie à %(target)s le dossier de %(origin)s"),
    "claim": N_("%(agent)s reprend le dossier de %(origin)s"),
}
