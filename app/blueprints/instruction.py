"""The agents' side: a separate door, the queue of one service, a dossier on one page, the acts on it."""

from typing import Any

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from app.blueprints import (
    instruction_acts,
    instruction_door,
    instruction_figures,
    instruction_letters,
    instruction_mailboxes,
    instruction_messages,
    instruction_queue,
    instruction_revocation,
    instruction_views,
)
from app.blueprints import instruction_words as words
from app.domain.acts import ACTS
from app.domain.calendar import days_since
from app.domain.decisions import OUTCOME_TITLES
from app.domain.parameters import UNANSWERED_DAYS
from app.domain.procedures.asking import TOPIC_TITLES
from app.domain.states import STATE_TITLES
from app.domain.text import N_
from app.services import corrections, readings
from app.services.overview import journey_of
from app.services.reviews import Review
from app.storage import attestations, audit, conversations, letters, reviews
from app.web import downloads
from app.web.answers import spoken
from app.web.current import agent, now, today
from app.web.decided import decided, silence
from app.web.language import language
from app.web.notice_words import CERTIFICATES
from app.web.reasons import say
from app.web.rendering import page
from app.web.stepper import identity_rows

bp = Blueprint("instruction", __name__, url_prefix="/agents")

bp.add_url_rule("/connexion", "sign_in", instruction_door.sign_in, methods=["GET", "POST"])
bp.add_url_rule("/code", "second_factor", instruction_door.second_factor, methods=["GET", "POST"])
bp.add_url_rule("/deconnexion", "sign_out", instruction_door.sign_out, methods=["POST"])
bp.add_url_rule("/", "queue", instruction_queue.queue)
bp.add_url_rule("/confier", "assign", instruction_queue.assign, methods=["GET", "POST"])
bp.add_url_rule("/recherches", "searches", instruction_views.searches)
bp.add_url_rule("/recherches/garder", "new_search", instruction_views.new_search, methods=["GET", "POST"])
_SEARCH = "/recherches/<int(max=2147483647):number>"
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
    "/adresses/<int(max=2147483647):number>",
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
bp.add_url_rule(
    "/dossiers/<reference>/lettres/<int(max=2147483647):number>", "letter", instruction_letters.letter
)
bp.add_url_rule(
    "/dossiers/<reference>/lettres/<int(max=2147483647):number>.pdf",
    "letter_pdf",
    instruction_letters.letter_pdf,
)
bp.add_url_rule("/modeles", "templates", instruction_letters.templates)
bp.add_url_rule("/modeles/<kind>", "template", instruction_letters.template, methods=["GET", "POST"])
bp.add_url_rule("/modeles/<kind>/origine", "restore", instruction_letters.restore, methods=["POST"])
bp.add_url_rule("/modeles/<kind>/specimen.pdf", "template_pdf", instruction_letters.template_pdf)
bp.add_url_rule("/dossiers/<reference>/ecrire", "write", instruction_messages.write, methods=["GET", "POST"])
bp.add_url_rule("/dossiers/<reference>/<action>", "act", instruction_acts.act, methods=["GET", "POST"])

MOST_READINGS = 20
NO_PHOTO = N_("Aucun code donné")


@bp.get("/dossiers/<reference>")
def dossier(reference: str) -> Response:
    """One dossier: the document chosen, large, beside the answers it has to prove."""
    review = readings.opened(agent(), reference, now())
    piece = review.piece(request.args.get("piece", ""))
    shown = [*piece.files, *piece.earlier] if piece else []
    wanted = request.args.get("fichier", "")
    return page(
        "instruction/dossier.html",
        review=review,
        dossier=review.dossier,
        piece=piece,
        file=next((one for one in shown if str(one.id) == wanted), shown[0] if shown else None),
        proved=[(question, spoken(question, value, language())) for question, value in review.proved(piece)]
        if piece
        else [],
        sections=[
            (step, [(q, spoken(q, value, language())) for q, value in rows if q.required or value])
            for step, rows in review.journey.rows(review.dossier.sealed)
        ],
        left=review.days_left(today()),
        identity=identity_rows(review.dossier.identity),
        correction=review.dossier.sealed.get("identity_error", ""),
        history=words.history(review.events),
        readings=audit.readings(review.dossier.id, MOST_READINGS),
        **_beside(review),
        state_titles=STATE_TITLES,
        say=say,
        standings=words.STANDINGS,
        photo_title=words.PHOTO_STATES.get(review.photo.state, "") if review.photo else NO_PHOTO,
        state_title=STATE_TITLES[review.state],
        tag=words.tag(review.state),
        acts=ACTS,
        can_ask=any(move.action == "ask" for move in review.acts),
        done=instruction_acts.just_done(review),
        me=agent(),
    )


def _beside(review: Review) -> dict[str, Any]:
    """What was changed since it was filed, what else the person asked, what was issued."""
    dossier_id = review.dossier.id
    return {
        "versions": [words.version(one, review.journey) for one in corrections.versions(dossier_id)],
        "others": [(one, journey_of(one)) for one in reviews.others(agent().service_id, review.dossier)],
        "questions": [
            (one, days_since(one.waits_since, today()) if one.waits_since else None)
            for one in conversations.of_dossier(dossier_id)
        ],
        "topics": TOPIC_TITLES,
        "decision": decided(review.dossier, review.events),
        "papers": letters.of_dossier(dossier_id),
        "outcome_titles": OUTCOME_TITLES,
        "silence": silence(review.dossier, today()),
        "old": UNANSWERED_DAYS,
        "certificates": attestations.listed(dossier_id),
        "certificate_titles": CERTIFICATES,
    }


@bp.get("/dossiers/<reference>/fichiers/<int(max=2147483647):document>")
def file(reference: str, document: int) -> Response:
    """A file of a dossier of one's own service, or its preview."""
    if "apercu" in request.args:  # a part of the page, whose opening is recorded
        found = reviews.document(agent().service_id, reference, document)
        return downloads.show(found, preview=True) if found.preview_key else abort(404)
    return downloads.show(readings.read(agent(), reference, document, now()), preview=False)
