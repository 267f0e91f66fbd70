"""Accounts of applicants: the three screens that make one, the door, the forgotten password."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from app.blueprints import compte_door, compte_entry, compte_lost, compte_making, compte_recovery

bp = Blueprint("compte", __name__, url_prefix="/compte")

GET_POST = ["GET", "POST"]

bp.add_url_rule("/creer", "identify", compte_making.identify, methods=GET_POST)
bp.add_url_rule("/creer/visa", "identify_visa", compte_making.identify_visa, methods=GET_POST)
bp.add_url_rule("/creer/adresse", "email", compte_making.email, methods=GET_POST)
bp.add_url_rule("/creer/code", "verify", compte_making.verify, methods=GET_POST)
bp.add_url_rule("/creer/code/<token>", "verify", compte_making.verify, methods=GET_POST)
bp.add_url_rule("/creer/nouveau-code", "resend", compte_making.resend, methods=["POST"])
bp.add_url_rule("/creer/mot-de-passe", "password", compte_making.password, methods=GET_POST)
bp.add_url_rule("/connexion", "sign_in", compte_door.sign_in, methods=GET_POST)
bp.add_url_rule("/deconnexion", "sign_out", compte_door.sign_out, methods=["POST"])
bp.add_url_rule("/rester", "stay", compte_door.stay, methods=GET_POST)
bp.add_url_rule("/suivre", "follow", compte_entry.follow, methods=GET_POST)
bp.add_url_rule("/suivre/code", "enter", compte_entry.enter, methods=GET_POST)
bp.add_url_rule("/suivre/lien/<token>", "enter_by_link", compte_entry.enter_by_link, methods=GET_POST)
bp.add_url_rule("/adresse-perdue", "lost", compte_lost.lost, methods=GET_POST)
bp.add_url_rule("/adresse-perdue/visa", "lost_visa", compte_lost.lost_visa, methods=GET_POST)
bp.add_url_rule("/adresse-perdue/envoi", "lost_sent", compte_lost.lost_sent)
bp.add_url_rule("/adresse-perdue/confirmee", "lost_done", compte_lost.lost_done)
bp.add_url_rule("/adresse-perdue/arretee", "lost_stopped", compte_lost.lost_stopped)
bp.add_url_rule("/adresse-perdue/lien/<token>", "lost_confirm", compte_lost.lost_confirm, methods=GET_POST)
bp.add_url_rule("/adresse-perdue/arreter/<token>", "lost_stop", compte_lost.lost_stop, methods=GET_POST)
bp.add_url_rule("/oublie", "forgotten", compte_recovery.forgotten, methods=GET_POST)
bp.add_url_rule("/nouveau-mot-de-passe/<token>", "reset", compte_recovery.reset, methods=GET_POST)


@bp.record_once
def open_door(state: BlueprintSetupState) -> None:
    """Let every page that asks for a person lead to the door."""
    state.app.extensions["sign_in"] = compte_door.answer
