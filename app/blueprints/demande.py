"""The application, step by step: addresses and what answers at each."""

from flask import Blueprint

from app.blueprints import demande_acts, demande_steps

bp = Blueprint("demande", __name__, url_prefix="/demande")

bp.add_url_rule("/confirmation/<reference>", "confirmation", demande_steps.confirmation)
bp.add_url_rule("/<procedure>", "begin", demande_steps.begin)
bp.add_url_rule("/<procedure>/<slug>", "step", demande_steps.step, methods=["GET", "POST"])
bp.add_url_rule("/<procedure>/<slug>/communes", "communes", demande_steps.communes)
bp.add_url_rule("/<procedure>/pieces/<slot>", "document", demande_acts.document, methods=["POST"])
bp.add_url_rule("/<procedure>/pieces/<slot>/explication", "explain", demande_acts.explain, methods=["POST"])
bp.add_url_rule("/<procedure>/pieces/<slot>/reprendre", "use_again", demande_acts.use_again, methods=["POST"])
bp.add_url_rule(
    "/<procedure>/retirer/<int:document>", "remove_document", demande_acts.remove_document, methods=["POST"]
)
bp.add_url_rule("/<procedure>/ephoto", "photo", demande_acts.photo, methods=["POST"])
bp.add_url_rule("/<procedure>/deposer", "submit", demande_acts.submit, methods=["POST"])
