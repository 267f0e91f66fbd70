"""The application form, step by step. Only routes."""

from flask import Blueprint

from app.blueprints.demande import acts, steps
from app.storage.applications.dossiers import StaleDossier

bp = Blueprint("demande", __name__, url_prefix="/demande")

bp.add_url_rule("/confirmation/<reference>", "confirmation", steps.confirmation)
bp.add_url_rule("/<procedure>", "begin", steps.begin)
bp.add_url_rule("/<procedure>/<slug>", "step", steps.step, methods=["GET", "POST"])
bp.add_url_rule("/<procedure>/<slug>/communes", "communes", steps.communes)
bp.add_url_rule("/<procedure>/pieces/<slot>", "document", acts.document, methods=["POST"])
bp.add_url_rule("/<procedure>/pieces/<slot>/explication", "explain", acts.explain, methods=["POST"])
bp.add_url_rule("/<procedure>/pieces/<slot>/reprendre", "use_again", acts.use_again, methods=["POST"])
bp.add_url_rule(
    "/<procedure>/retirer/<int:document>", "remove_document", acts.remove_document, methods=["POST"]
)
bp.add_url_rule("/<procedure>/ephoto", "photo", acts.photo, methods=["POST"])
bp.add_url_rule("/<procedure>/deposer", "submit", acts.submit, methods=["POST"])
bp.register_error_handler(StaleDossier, acts.filed_meanwhile)
