"""The agents' side: sign-in, the queue of a service, a dossier on one page, the actions on it. Only routes."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from app.blueprints.instruction import (
    acts,
    appointments,
    checks,
    dossier,
    email_recovery,
    failed_work,
    figures,
    hiring,
    letters,
    messages,
    papers,
    revocation,
    saved_texts,
    sign_in,
)
from app.blueprints.instruction.lists import batches, bulk_messages, list_place, queue, saved_searches
from app.services.access.throttles import TooSoon

bp = Blueprint("instruction", __name__, url_prefix="/agents")
bp.register_error_handler(TooSoon, dossier.too_many)
bp.url_value_preprocessor(list_place.carry_along)

bp.add_url_rule("/connexion", "sign_in", sign_in.sign_in, methods=["GET", "POST"])
bp.add_url_rule("/code/cle", "passkey", sign_in.passkey, methods=["POST"])
bp.add_url_rule("/code", "second_factor", sign_in.second_factor, methods=["GET", "POST"])
bp.add_url_rule("/deconnexion", "sign_out", sign_in.sign_out, methods=["POST"])
bp.add_url_rule("/", "queue", queue.queue)
bp.add_url_rule("/lot", "batch", batches.batch, methods=["GET", "POST"])
bp.add_url_rule("/lot/fait", "batch_result", batches.batch_result)
bp.add_url_rule("/lot/ecrire", "bulk_message", bulk_messages.bulk_message, methods=["GET", "POST"])
bp.add_url_rule("/lot/ecrit", "bulk_sent", bulk_messages.bulk_sent)
bp.add_url_rule("/recherches", "searches", saved_searches.searches)
bp.add_url_rule("/recherches/garder", "new_search", saved_searches.new_search, methods=["GET", "POST"])
_SEARCH = "/recherches/<int:number>"
bp.add_url_rule(_SEARCH, "kept_search", saved_searches.kept_search, methods=["GET", "POST"])
bp.add_url_rule(f"{_SEARCH}/supprimer", "drop_search", saved_searches.drop_search, methods=["POST"])
bp.add_url_rule("/textes", "texts", saved_texts.texts)
bp.add_url_rule("/textes/nouveau", "new_text", saved_texts.new_text, methods=["GET", "POST"])
bp.add_url_rule("/textes/<int:number>", "text", saved_texts.text, methods=["GET", "POST"])
bp.add_url_rule("/textes/<int:number>/supprimer", "drop_text", saved_texts.drop_text, methods=["POST"])
bp.add_url_rule("/questions", "questions", messages.questions)
bp.add_url_rule("/questions/<number>", "question", messages.question, methods=["GET", "POST"])
bp.add_url_rule("/questions/<number>/fichiers/<int:file>", "question_file", messages.question_file)
bp.add_url_rule(
    "/questions/<number>/fichiers/<int:file>/verification", "question_file_scan", messages.question_file_scan
)
bp.add_url_rule("/embauches", "hirings", hiring.hirings)
bp.add_url_rule("/embauches/<number>", "hiring", hiring.hiring, methods=["GET", "POST"])
bp.add_url_rule("/chiffres", "figures", figures.figures)
bp.add_url_rule("/chiffres/export", "export", figures.export, methods=["POST"])
bp.add_url_rule("/adresses", "mailboxes", email_recovery.mailboxes)
bp.add_url_rule(
    "/adresses/<int:number>",
    "mailbox",
    email_recovery.mailbox,
    methods=["GET", "POST"],
)
bp.add_url_rule(
    "/dossiers/<reference>/attestations/<code>",
    "revoke",
    revocation.revoke,
    methods=["GET", "POST"],
)
bp.add_url_rule("/rendez-vous", "appointments", appointments.appointments)
_APPOINTMENT = "/dossiers/<reference>/rendez-vous/<int:number>"
bp.add_url_rule(
    "/dossiers/<reference>/rendez-vous/<purpose>", "invite", appointments.invite, methods=["GET", "POST"]
)
bp.add_url_rule(_APPOINTMENT, "appointment", appointments.appointment, methods=["GET", "POST"])
bp.add_url_rule(f"{_APPOINTMENT}/changer", "move_appointment", appointments.move, methods=["GET", "POST"])
bp.add_url_rule(f"{_APPOINTMENT}/annuler", "cancel_appointment", appointments.cancel, methods=["GET", "POST"])
bp.add_url_rule(
    f"{_APPOINTMENT}/corriger", "correct_appointment", appointments.correct, methods=["GET", "POST"]
)
_WORK = "/dossiers/<reference>/envois/<int:number>"
bp.add_url_rule(_WORK, "settle_work", failed_work.settle, methods=["GET", "POST"])
bp.add_url_rule(f"{_WORK}/reessayer", "retry_work", failed_work.retry, methods=["POST"])
bp.add_url_rule("/dossiers/<reference>/lettres/<int:number>", "letter", letters.letter)
bp.add_url_rule("/dossiers/<reference>/papiers/<key>.pdf", "paper", papers.paper)
bp.add_url_rule("/dossiers/<reference>/dossier.zip", "whole", papers.whole)
bp.add_url_rule("/modeles", "templates", letters.templates)
bp.add_url_rule("/modeles/<kind>", "template", letters.template, methods=["GET", "POST"])
bp.add_url_rule("/modeles/<kind>/origine", "restore", letters.restore, methods=["POST"])
bp.add_url_rule("/modeles/<kind>/specimen.pdf", "template_pdf", letters.template_pdf)
bp.add_url_rule("/dossiers/<reference>/ecrire", "write", messages.write, methods=["GET", "POST"])
bp.add_url_rule("/dossiers/<reference>/<action>", "act", acts.act, methods=["GET", "POST"])
bp.add_url_rule("/dossiers/<reference>", "dossier", dossier.dossier)
bp.add_url_rule("/dossiers/<reference>/fichiers/<int:document>", "file", dossier.file)
bp.add_url_rule("/dossiers/<reference>/fichiers/<int:document>/verification", "file_scan", dossier.file_scan)
bp.add_url_rule("/dossiers/<reference>/pieces/<slot>/avis", "mark", checks.mark, methods=["POST"])
bp.add_url_rule("/dossiers/<reference>/notes", "note", checks.note, methods=["POST"])
bp.add_url_rule(
    "/dossiers/<reference>/notes/<int:number>/rayer",
    "strike",
    checks.strike,
    methods=["POST"],
)


@bp.record_once
def register_sign_in(state: BlueprintSetupState) -> None:
    """Give web.audiences the answer to a request of agents without a session."""
    state.app.extensions.setdefault("sign_in", {})["agent"] = sign_in.answer
