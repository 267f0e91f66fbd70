"""The applicant's space after filing. Only routes."""

from flask import Blueprint

from app.blueprints.suivi import (
    appointments,
    card,
    complement,
    corrections,
    files,
    letters,
    messages,
    new_address,
    open_sessions,
    own_data,
    own_keys,
    own_password,
    person,
    photo,
    readers,
    sending,
    space,
    whole_application,
)
from app.storage.applications.dossiers import StaleDossier

bp = Blueprint("suivi", __name__, url_prefix="/suivi")

bp.register_error_handler(StaleDossier, corrections.moved_on)
bp.add_url_rule("/", "space", space.space)
bp.add_url_rule("/demandes", "dossiers", space.dossiers_list)
bp.add_url_rule("/questions", "conversations", messages.conversations)
bp.add_url_rule("/questions/<number>", "conversation", messages.conversation, methods=["GET", "POST"])
bp.add_url_rule("/questions/<number>/fichiers/<int:file>", "attachment", messages.attachment)
bp.add_url_rule(
    "/questions/<number>/fichiers/<int:file>/verification", "attachment_scan", messages.attachment_scan
)
bp.add_url_rule("/questions/<number>/certificat.pdf", "certificate", messages.certificate)
bp.add_url_rule("/pieces/<int:document>", "file", files.file)
bp.add_url_rule("/pieces/<int:document>/pages", "file_pages", files.file_pages)
bp.add_url_rule("/pieces/<int:document>/verification", "file_scan", files.file_scan)
bp.add_url_rule("/envois", "upload", sending.upload, methods=["POST"])
bp.add_url_rule("/envois/<number>", "upload", sending.upload, methods=["GET", "PATCH", "DELETE"])
bp.add_url_rule("/messages/<int:number>", "notice", space.notice)
bp.add_url_rule("/echeances.ics", "calendar", person.calendar)
bp.add_url_rule("/rappels", "reminders", person.reminders, methods=["GET", "POST"])
bp.add_url_rule("/coordonnees", "contact", person.contact, methods=["GET", "POST"])
bp.add_url_rule("/connexions", "sessions", open_sessions.sessions_list)
bp.add_url_rule("/connexions/fermer", "end_others", open_sessions.end_others, methods=["POST"])
bp.add_url_rule("/connexions/<int:number>", "end_session", open_sessions.end_session, methods=["POST"])
bp.add_url_rule("/mot-de-passe", "password", own_password.password, methods=["GET", "POST"])
bp.add_url_rule("/cles", "passkeys", own_keys.passkeys, methods=["GET", "POST"])
bp.add_url_rule("/cles/ajouter", "add_passkey", own_keys.add_passkey, methods=["POST"])
bp.add_url_rule("/cles/<int:number>/retirer", "remove_passkey", own_keys.remove_passkey, methods=["POST"])
bp.add_url_rule("/adresse-e-mail", "address", new_address.ask, methods=["GET", "POST"])
bp.add_url_rule("/adresse-e-mail/envoi", "address_sent", new_address.sent)
bp.add_url_rule(
    "/adresse-e-mail/lien/<token>", "address_confirm", new_address.confirm, methods=["GET", "POST"]
)
bp.add_url_rule("/donnees", "own_data", own_data.own_data, methods=["GET", "POST"])
bp.add_url_rule("/donnees/copie", "take_copy", own_data.take_copy, methods=["POST"])
bp.add_url_rule("/donnees/supprimer", "close_account", own_data.close_account, methods=["GET", "POST"])
bp.add_url_rule("/donnees/garder", "keep_account", own_data.keep_account, methods=["POST"])
bp.add_url_rule("/<reference>", "dossier", space.dossier)
bp.add_url_rule("/<reference>/demande.pdf", "application_pdf", whole_application.application_pdf)
bp.add_url_rule("/<reference>/demande", "application", whole_application.application)
bp.add_url_rule("/<reference>/lettres/<int:number>", "letter", letters.letter)
bp.add_url_rule("/<reference>/lettres/<int:number>.pdf", "letter_pdf", letters.letter_pdf)
bp.add_url_rule("/<reference>/photo", "photo", photo.photo, methods=["GET", "POST"])
bp.add_url_rule("/<reference>/consultations", "readers", readers.readers)
bp.add_url_rule("/<reference>/modifier", "change", corrections.change)
bp.add_url_rule("/<reference>/modifier/<slug>", "answers", corrections.answers, methods=["GET", "POST"])
bp.add_url_rule("/<reference>/documents", "documents", corrections.documents_page)
bp.add_url_rule("/<reference>/documents/<slot>", "add_document", corrections.add_document, methods=["POST"])
bp.add_url_rule(
    "/<reference>/documents/retirer/<int:document>",
    "replace_document",
    corrections.replace_document,
    methods=["POST"],
)
bp.add_url_rule("/<reference>/retirer", "withdraw", corrections.withdraw, methods=["GET", "POST"])
bp.add_url_rule("/<reference>/recupere", "collect", card.ask)
bp.add_url_rule("/<reference>/recupere", "collected", card.collect, methods=["POST"])
_APPOINTMENT = "/<reference>/rendez-vous/<int:number>"
bp.add_url_rule(_APPOINTMENT, "appointment", appointments.appointment, methods=["GET", "POST"])
bp.add_url_rule(f"{_APPOINTMENT}/je-viens", "accept_appointment", appointments.accept, methods=["POST"])
bp.add_url_rule(f"{_APPOINTMENT}/agenda.ics", "appointment_calendar", appointments.appointment_calendar)
bp.add_url_rule("/<reference>/complement", "complement", complement.complement)
bp.add_url_rule(
    "/<reference>/complement/<slot>",
    "complement_document",
    complement.complement_document,
    methods=["POST"],
)
bp.add_url_rule(
    "/<reference>/complement/delai", "complement_time", complement.complement_time, methods=["POST"]
)
bp.add_url_rule(
    "/<reference>/complement/envoyer", "complement_send", complement.complement_send, methods=["POST"]
)
bp.add_url_rule(
    "/<reference>/complement/retirer/<int:document>",
    "complement_remove",
    complement.complement_remove,
    methods=["POST"],
)
