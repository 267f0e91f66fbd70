"""The agents' side: a separate door, the queue of one service, a dossier on one page, the acts on it."""

from flask import Blueprint

from app.blueprints import (
    instruction_acts,
    instruction_checks,
    instruction_door,
    instruction_dossier,
    instruction_figures,
    instruction_letters,
    instruction_mailboxes,
    instruction_messages,
    instruction_queue,
    instruction_revocation,
    instruction_views,
)

bp = Blueprint("instruction", __name__, url_prefix="/agents")

bp.add_url_rule("/connexion", "sign_in", instruction_door.sign_in, methods=["GET", "POST"])
bp.add_url_rule("/code", "second_factor", instruction_door.second_factor, methods=["GET", "POST"])
bp.add_url_rule("/deconnexion", "sign_out", instruction_door.sign_out, methods=["POST"])
bp.add_url_rule("/", "queue", instruction_queue.queue)
bp.add_url_rule("/confier", "assign", instruction_queue.assign, methods=["GET", "POST"])
bp.add_url_rule("/recherches", "searches", instruction_views.searches)
bp.add_url_rule("/recherches/garder", "new_search", instruction_views.new_search, methods=["GET", "POST"])
_SEARCH = "/recherches/<int:number>"
bp.add_url_rule(_SEARCH, "kept_search", instruction_views.kept_search, methods=["GET", "POST"])
bp.add_url_rule(f"{_SEARCH}/supprimer", "drop_search", instruction_views.drop_search, methods=["POST"])
bp.add_url_rule("/questions", "questions", instruction_messages.questions)
bp.add_url_rule("/questions/<number>", "question", instruction_messages.question, methods=["GET", "POST"])
bp.add_url_rule(
    "/questions/<number>/fichiers/<int:file>", "question_file", instruction_messages.question_file
)
bp.add_url_rule("/chiffres", "figures", instruction_figures.figures)
bp.add_url_rule("/chiffres/export", "export", instruction_figures.export, methods=["POST"])
bp.add_url_rule("/adresses", "mailboxes", instruction_mailboxes.mailboxes)
bp.add_url_rule(
    "/adresses/<int:number>",
    "mailbox",
    instruction_mailboxes.mailbox,
    methods=["GET", "POST"],
)
bp.add_url_rule(
    "/dossiers/<reference>/attestations/<code>",
    "revoke",
    instruction_revocation.revoke,
    methods=["GET", "POST"],
)
bp.add_url_rule("/dossiers/<reference>/lettres/<int:number>", "letter", instruction_letters.letter)
bp.add_url_rule(
    "/dossiers/<reference>/lettres/<int:number>.pdf",
    "letter_pdf",
    instruction_letters.letter_pdf,
)
bp.add_url_rule("/modeles", "templates", instruction_letters.templates)
bp.add_url_rule("/modeles/<kind>", "template", instruction_letters.template, methods=["GET", "POST"])
bp.add_url_rule("/modeles/<kind>/origine", "restore", instruction_letters.restore, methods=["POST"])
bp.add_url_rule("/modeles/<kind>/specimen.pdf", "template_pdf", instruction_letters.template_pdf)
bp.add_url_rule("/dossiers/<reference>/ecrire", "write", instruction_messages.write, methods=["GET", "POST"])
bp.add_url_rule("/dossiers/<reference>/<action>", "act", instruction_acts.act, methods=["GET", "POST"])
bp.add_url_rule("/dossiers/<reference>", "dossier", instruction_dossier.dossier)
bp.add_url_rule("/dossiers/<reference>/fichiers/<int:document>", "file", instruction_dossier.file)
bp.add_url_rule("/dossiers/<reference>/pieces/<slot>/avis", "mark", instruction_checks.mark, methods=["POST"])
bp.add_url_rule("/dossiers/<reference>/notes", "note", instruction_checks.note, methods=["POST"])
bp.add_url_rule(
    "/dossiers/<reference>/notes/<int:number>/rayer",
    "strike",
    instruction_checks.strike,
    methods=["POST"],
)
