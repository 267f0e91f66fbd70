"""Members of the agents' side and their own account: coming in for the first time, coming back, sessions and codes."""

from flask import Blueprint

from app.blueprints import agents_account, agents_authenticator, agents_entry

bp = Blueprint("agents", __name__, url_prefix="/agents")

GET_POST = ["GET", "POST"]

bp.add_url_rule("/code/secours", "spare_code", agents_entry.spare_code, methods=GET_POST)
bp.add_url_rule("/invitation/<token>", "invitation", agents_entry.invitation, methods=GET_POST)
bp.add_url_rule(
    "/invitation/<token>/application", "authenticator", agents_entry.authenticator, methods=GET_POST
)
bp.add_url_rule("/oublie", "forgotten", agents_entry.forgotten, methods=GET_POST)
bp.add_url_rule("/nouveau-mot-de-passe/<token>", "reset", agents_entry.reset, methods=GET_POST)
bp.add_url_rule("/compte", "account", agents_account.account)
bp.add_url_rule("/compte/sessions", "end_others", agents_account.end_others, methods=["POST"])
bp.add_url_rule(
    "/compte/sessions/<int:number>",
    "end_session",
    agents_account.end_session,
    methods=["POST"],
)
bp.add_url_rule("/compte/mot-de-passe", "password", agents_account.password, methods=GET_POST)
bp.add_url_rule("/compte/codes", "codes", agents_account.codes, methods=GET_POST)
bp.add_url_rule("/compte/codes/notes", "codes_noted", agents_account.codes_noted, methods=["POST"])
bp.add_url_rule("/compte/application", "change_authenticator", agents_authenticator.change, methods=GET_POST)
bp.add_url_rule(
    "/compte/application/nouvelle", "new_authenticator", agents_authenticator.new, methods=GET_POST
)
bp.add_url_rule("/compte/langue", "letters", agents_account.letters, methods=GET_POST)
