"""The applicant's space: addresses and what answers at each."""

from flask import Blueprint

from app.blueprints import (
    suivi_card,
    suivi_complement,
    suivi_corrections,
    suivi_letters,
    suivi_messages,
    suivi_person,
    suivi_readers,
    suivi_space,
)

bp = Blueprint("suivi", __name__, url_prefix="/suivi")

bp.add_url_rule("/", "space", suivi_space.space)
bp.add_url_rule("/demandes", "dossiers", suivi_space.dossiers_list)
bp.add_url_rule("/questions", "conversations", suivi_messages.conversations)
bp.add_url_rule("/questions/<number>", "conversation", suivi_messages.conversation, methods=["GET", "POST"])
bp.add_url_rule("/questions/<number>/fichiers/<int:file>", "attachment", suivi_messages.attachment)
bp.add_url_rule("/questions/<number>/certificat.pdf", "certificate", suivi_messages.certificate)
bp.add_url_rule("/pieces/<int:document>", "file", suivi_space.file)
bp.add_url_rule("/messages/<int:number>", "notice", suivi_space.notice)
bp.add_url_rule("/echeances.ics", "calendar", suivi_person.calendar)
bp.add_url_rule("/rappels", "reminders", suivi_person.reminders, methods=["GET", "POST"])
bp.add_url_rule("/coordonnees", "contact", suivi_person.contact, methods=["GET", "POST"])
bp.add_url_rule("/<reference>", "dossier", suivi_space.dossier)
bp.add_url_rule("/<reference>/demande.pdf", "application_pdf", suivi_space.application_pdf)
bp.add_url_rule("/<reference>/lettres/<int:number>", "letter", suivi_letters.letter)
bp.add_url_rule("/<reference>/lettres/<int:number>.pdf", "letter_pdf", suivi_letters.letter_pdf)
bp.add_url_rule("/<reference>/consultations", "readers", suivi_readers.readers)
bp.add_url_rule("/<reference>/modifier", "change", suivi_corrections.change)
bp.add_url_rule("/<reference>/modifier/<slug>", "answers", suivi_corrections.answers, methods=["GET", "POST"])
bp.add_url_rule("/<reference>/documents", "documents", suivi_corrections.documents_page)
bp.add_url_rule(
    "/<reference>/documents/<slot>", "add_document", suivi_corrections.add_document, methods=["POST"]
)
bp.add_url_rule(
    "/<reference>/documents/retirer/<int:document>",
    "replace_document",
    suivi_corrections.replace_document,
    methods=["POST"],
)
bp.add_url_rule("/<reference>/retirer", "withdraw", suivi_corrections.withdraw, methods=["GET", "POST"])
bp.add_url_rule("/<reference>/recupere", "collect", suivi_card.ask)
bp.add_url_rule("/<reference>/recupere", "collected", suivi_card.collect, methods=["POST"])
bp.add_url_rule("/<reference>/complement", "complement", suivi_complement.complement)
bp.add_url_rule(
    "/<reference>/complement/<slot>",
    "complement_document",
    suivi_complement.complement_document,
    methods=["POST"],
)
bp.add_url_rule(
    "/<reference>/complement/delai", "complement_time", suivi_complement.complement_time, methods=["POST"]
)
bp.add_url_rule(
    "/<reference>/complement/envoyer", "complement_send", suivi_complement.complement_send, methods=["POST"]
)
bp.add_url_rule(
    "/<reference>/complement/retirer/<int:document>",
    "complement_remove",
    suivi_complement.complement_remove,
    methods=["POST"],
)
