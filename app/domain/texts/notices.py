"""Kinds of notice to applicants, and their titles."""

from enum import StrEnum

from app.domain.text import N_


class NoticeKind(StrEnum):
    """The kinds of notice; the sentences of each are in the template `mail/notices/<kind>.txt`."""

    FILED = "filed"
    TAKEN = "taken"
    COMPLEMENT_ASKED = "complement_asked"
    COMPLEMENT_SENT = "complement_sent"
    COMPLEMENT_REMINDER = "complement_reminder"
    COMPLEMENT_UNSENT = "complement_unsent"
    TIME_ANSWERED = "time_answered"
    PHOTO_PROBLEM = "photo_problem"
    FILE_INFECTED = "file_infected"
    EXTENSION_ISSUED = "extension_issued"
    EXTENSION_WITHHELD = "extension_withheld"
    RIGHTS_ENDING = "rights_ending"
    SILENCE = "silence"
    REVOKED = "revoked"
    APPROVED = "approved"
    REFUSED = "refused"
    CLOSED = "closed"
    REOPENED = "reopened"
    REQUEST_CANCELLED = "request_cancelled"
    DECISION_TAKEN_BACK = "decision_taken_back"
    DECISION_CORRECTED = "decision_corrected"
    FEE_CORRECTED = "fee_corrected"
    STEP_UNDONE = "step_undone"
    ANSWER_CORRECTED = "answer_corrected"
    WORK_MENTION = "work_mention"
    IDENTITY_CORRECTED = "identity_corrected"
    CERTIFICATE_ISSUED = "certificate_issued"
    CERTIFICATE_REPLACED = "certificate_replaced"
    IN_PRODUCTION = "in_production"
    CARD_AVAILABLE = "card_available"
    CARD_WAITING = "card_waiting"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"
    COLLECTED = "collected"
    MOVED = "moved"
    ANSWERED = "answered"
    WRITTEN = "written"
    APPOINTMENT_MADE = "appointment_made"
    APPOINTMENT_MOVED = "appointment_moved"
    APPOINTMENT_CANCELLED = "appointment_cancelled"
    APPOINTMENT_COMING = "appointment_coming"
    APPOINTMENT_NEAR = "appointment_near"
    APPOINTMENT_MISSED = "appointment_missed"
    APPOINTMENT_CORRECTED = "appointment_corrected"
    HELD = "held"
    RELEASED = "released"
    DRAFT_ENDING = "draft_ending"
    DOSSIER_ENDING = "dossier_ending"
    COPY_READY = "copy_ready"
    ACCOUNT_CLOSING = "account_closing"
    ACCOUNT_KEPT = "account_kept"
    RENEWAL_OPENING = "renewal_opening"
    RENEWAL_HALFWAY = "renewal_halfway"
    RENEWAL_LAST_DAYS = "renewal_last_days"


NOTICE_TITLES: dict[NoticeKind, str] = {
    NoticeKind.FILED: N_("Votre demande est déposée"),
    NoticeKind.TAKEN: N_("Un agent a ouvert votre dossier"),
    NoticeKind.COMPLEMENT_ASKED: N_("Le service vous demande des documents"),
    NoticeKind.COMPLEMENT_SENT: N_("Votre réponse est envoyée"),
    NoticeKind.COMPLEMENT_REMINDER: N_("Votre réponse est toujours attendue"),
    NoticeKind.COMPLEMENT_UNSENT: N_("Votre réponse est prête, mais pas envoyée"),
    NoticeKind.TIME_ANSWERED: N_("Le service répond à votre demande de délai"),
    NoticeKind.PHOTO_PROBLEM: N_("Votre e-photo : un autre code est nécessaire"),
    NoticeKind.FILE_INFECTED: N_("Un fichier contenait un virus : renvoyez-le"),
    NoticeKind.EXTENSION_ISSUED: N_("Votre attestation de prolongation est dans votre espace"),
    NoticeKind.EXTENSION_WITHHELD: N_("Pas d’attestation de prolongation"),
    NoticeKind.RIGHTS_ENDING: N_("Vos droits finissent bientôt"),
    NoticeKind.SILENCE: N_("Le délai de réponse est passé"),
    NoticeKind.REVOKED: N_("Une attestation est retirée"),
    NoticeKind.APPROVED: N_("Décision favorable"),
    NoticeKind.REFUSED: N_("Décision défavorable"),
    NoticeKind.CLOSED: N_("Votre dossier est clos"),
    NoticeKind.REOPENED: N_("Votre dossier est rouvert"),
    NoticeKind.REQUEST_CANCELLED: N_("Nous ne vous demandons plus de document"),
    NoticeKind.DECISION_TAKEN_BACK: N_("La décision favorable est retirée"),
    NoticeKind.DECISION_CORRECTED: N_("La décision est corrigée"),
    NoticeKind.FEE_CORRECTED: N_("Le montant à payer est corrigé"),
    NoticeKind.STEP_UNDONE: N_("Une étape notée par erreur est annulée"),
    NoticeKind.ANSWER_CORRECTED: N_("Une faute de frappe est corrigée"),
    NoticeKind.WORK_MENTION: N_("Votre attestation et le travail"),
    NoticeKind.IDENTITY_CORRECTED: N_("Votre état civil est corrigé"),
    NoticeKind.CERTIFICATE_ISSUED: N_("Une attestation vous attend"),
    NoticeKind.CERTIFICATE_REPLACED: N_("Une attestation est remplacée"),
    NoticeKind.IN_PRODUCTION: N_("Votre carte est en fabrication"),
    NoticeKind.CARD_AVAILABLE: N_("Votre titre de séjour est disponible"),
    NoticeKind.CARD_WAITING: N_("Votre carte vous attend toujours"),
    NoticeKind.WITHDRAWN: N_("Votre demande est retirée"),
    NoticeKind.HANDED_OVER: N_("Votre titre vous a été remis"),
    NoticeKind.COLLECTED: N_("Vous avez récupéré votre titre"),
    NoticeKind.MOVED: N_("Votre demande change de service"),
    NoticeKind.ANSWERED: N_("Le service vous a répondu"),
    NoticeKind.WRITTEN: N_("Le service vous écrit"),
    NoticeKind.APPOINTMENT_MADE: N_("Vous avez un rendez-vous"),
    NoticeKind.APPOINTMENT_MOVED: N_("Votre rendez-vous change"),
    NoticeKind.APPOINTMENT_CANCELLED: N_("Votre rendez-vous est annulé"),
    NoticeKind.APPOINTMENT_COMING: N_("Rappel : votre rendez-vous"),
    NoticeKind.APPOINTMENT_NEAR: N_("Votre rendez-vous est très bientôt"),
    NoticeKind.APPOINTMENT_MISSED: N_("Vous n’étiez pas au rendez-vous"),
    NoticeKind.APPOINTMENT_CORRECTED: N_("Une erreur sur votre rendez-vous est corrigée"),
    NoticeKind.HELD: N_("Votre dossier est gardé pour un recours"),
    NoticeKind.RELEASED: N_("Votre dossier n’est plus gardé pour un recours"),
    NoticeKind.DRAFT_ENDING: N_("Votre demande commencée sera bientôt effacée"),
    NoticeKind.DOSSIER_ENDING: N_("Un ancien dossier sera bientôt effacé"),
    NoticeKind.COPY_READY: N_("La copie de vos données est prête"),
    NoticeKind.ACCOUNT_CLOSING: N_("Votre compte sera supprimé"),
    NoticeKind.ACCOUNT_KEPT: N_("Votre compte n’est pas supprimé"),
    NoticeKind.RENEWAL_OPENING: N_("Vous pouvez déposer votre renouvellement"),
    NoticeKind.RENEWAL_HALFWAY: N_("Pensez à votre renouvellement"),
    NoticeKind.RENEWAL_LAST_DAYS: N_("Votre renouvellement : la date limite"),
}
