"""An agent's own account: invitation, recovery, password, sessions, recovery codes, authenticator. Only routes."""

from flask import Blueprint

from app.blueprints.agents import account, authenticator, newcomers, own_keys, sign_in_links

bp = Blueprint("agents", __name__, url_prefix="/agents")

GET_POST = ["GET", "POST"]

bp.add_url_rule("/code/secours", "recovery_code", sign_in_links.recovery_code, methods=GET_POST)
bp.add_url_rule("/invitation/<token>", "invitation", sign_in_links.invitation, methods=GET_POST)
bp.add_url_rule(
    "/invitation/<token>/application", "authenticator", sign_in_links.authenticator, methods=GET_POST
)
bp.add_url_rule("/oublie", "forgotten", sign_in_links.forgotten, methods=GET_POST)
bp.add_url_rule("/nouveau-mot-de-passe/<token>", "reset", sign_in_links.reset, methods=GET_POST)
bp.add_url_rule("/compte", "account", account.account)
bp.add_url_rule("/compte/rester", "stay", account.stay, methods=GET_POST)
bp.add_url_rule("/compte/sessions", "end_others", account.end_others, methods=["POST"])
bp.add_url_rule(
    "/compte/sessions/<int:number>",
    "end_session",
    account.end_session,
    methods=["POST"],
)
bp.add_url_rule("/compte/mot-de-passe", "password", account.password, methods=GET_POST)
bp.add_url_rule("/compte/codes", "codes", account.codes, methods=GET_POST)
bp.add_url_rule("/compte/codes/notes", "codes_noted", account.codes_noted, methods=["POST"])
bp.add_url_rule("/compte/application", "change_authenticator", authenticator.change, methods=GET_POST)
bp.add_url_rule("/compte/application/nouvelle", "new_authenticator", authenticator.new, methods=GET_POST)
bp.add_url_rule("/compte/langue", "letters", account.letters, methods=GET_POST)
bp.add_url_rule("/nouveaux", "newcomers", newcomers.newcomers)
bp.add_url_rule("/nouveaux/<int:number>", "judge", newcomers.judge, methods=["POST"])
bp.add_url_rule("/compte/cles", "passkeys", own_keys.passkeys, methods=GET_POST)
bp.add_url_rule("/compte/cles/ajouter", "add_passkey", own_keys.add_passkey, methods=["POST"])
bp.add_url_rule(
    "/compte/cles/<int:number>/retirer", "remove_passkey", own_keys.remove_passkey, methods=["POST"]
)
