"""Applicants' accounts: sign-up in three screens, sign-in, lost password and lost e-mail address. Only routes."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from app.blueprints.compte import (
    email_recovery,
    email_sign_in,
    passkey_sign_in,
    password_reset,
    sign_in,
    signup,
)

bp = Blueprint("compte", __name__, url_prefix="/compte")

GET_POST = ["GET", "POST"]

bp.add_url_rule("/creer", "identify", signup.identify, methods=GET_POST)
bp.add_url_rule("/creer/visa", "identify_visa", signup.identify_visa, methods=GET_POST)
bp.add_url_rule("/creer/adresse", "email", signup.email, methods=GET_POST)
bp.add_url_rule("/creer/code", "verify", signup.verify, methods=GET_POST)
bp.add_url_rule("/creer/code/<token>", "verify", signup.verify, methods=GET_POST)
bp.add_url_rule("/creer/nouveau-code", "resend", signup.resend, methods=["POST"])
bp.add_url_rule("/creer/mot-de-passe", "password", signup.password, methods=GET_POST)
bp.add_url_rule("/connexion", "sign_in", sign_in.sign_in, methods=GET_POST)
bp.add_url_rule("/connexion/cle", "passkey", passkey_sign_in.passkey, methods=GET_POST)
bp.add_url_rule("/deconnexion", "sign_out", sign_in.sign_out, methods=["POST"])
bp.add_url_rule("/rester", "stay", sign_in.stay, methods=GET_POST)
bp.add_url_rule("/suivre", "follow", email_sign_in.follow, methods=GET_POST)
bp.add_url_rule("/suivre/code", "enter", email_sign_in.enter, methods=GET_POST)
bp.add_url_rule("/suivre/lien/<token>", "enter_by_link", email_sign_in.enter_by_link, methods=GET_POST)
bp.add_url_rule("/adresse-perdue", "lost", email_recovery.lost, methods=GET_POST)
bp.add_url_rule("/adresse-perdue/visa", "lost_visa", email_recovery.lost_visa, methods=GET_POST)
bp.add_url_rule("/adresse-perdue/envoi", "lost_sent", email_recovery.lost_sent)
bp.add_url_rule("/adresse-perdue/confirmee", "lost_done", email_recovery.lost_done)
bp.add_url_rule("/adresse-perdue/arretee", "lost_stopped", email_recovery.lost_stopped)
bp.add_url_rule("/adresse-perdue/lien/<token>", "lost_confirm", email_recovery.lost_confirm, methods=GET_POST)
bp.add_url_rule("/adresse-perdue/arreter/<token>", "lost_stop", email_recovery.lost_stop, methods=GET_POST)
bp.add_url_rule("/oublie", "forgotten", password_reset.forgotten, methods=GET_POST)
bp.add_url_rule("/nouveau-mot-de-passe/<token>", "reset", password_reset.reset, methods=GET_POST)


@bp.record_once
def register_sign_in(state: BlueprintSetupState) -> None:
    """Give web.audiences the answer to a request without a session."""
    state.app.extensions.setdefault("sign_in", {})["applicant"] = sign_in.answer
