"""Questions put to an agent's own service: the longest waiting first, and the answer."""

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.procedures.asking import ANSWER, TOPIC_TITLES
from app.domain.questions import Case
from app.forms import steps as forms
from app.forms.views import flat, views
from app.services import conversations as service
from app.storage import conversations as store
from app.web import blockage, downloads, joined
from app.web.current import agent, gateways, now, today
from app.web.language import language
from app.web.rendering import page

if TYPE_CHECKING:
    from app.storage.models import Conversation

OLD_DAYS = 7  # an answer that waits longer is told apart


def questions() -> Response:
    """What waits, then what was answered last."""
    mine = agent().service_id
    return page(
        "instruction/questions.html",
        waiting=[(one, (now() - one.waits_since).days) for one in store.waiting(mine)],
        answered=store.answered(mine),
        topics=TOPIC_TITLES,
        old=OLD_DAYS,
        me=agent(),
        done="fait" in request.args,
    )


def question(number: str) -> Response:
    """One question with what was said, and the answer."""
    found = store.in_service(agent().service_id, number)
    if request.method == "GET":
        return _shown(found, forms.Reading({}, forms.shown(ANSWER, {})))
    typed = forms.read(ANSWER, request.form, Case({}, today=today()))
    if typed.errors:
        return _shown(found, typed, 422)
    kept = joined.keep()
    service.answer(found, agent(), typed.answers["text"], kept, now())
    if kept.refused:
        return redirect(url_for("instruction.question", number=number, refus=joined.reason(kept)), 303)
    return redirect(url_for("instruction.questions", fait=1), 303)


def _shown(found: "Conversation", typed: forms.Reading, status: int = 200) -> Response:
    fields = views(ANSWER, typed.raw, language(), typed.errors)
    return page(
        "instruction/question.html",
        status,
        conversation=found,
        topic=TOPIC_TITLES[found.topic],
        said=store.messages(found.id),
        declared=list(blockage.sections(found, language())) if found.blocked else (),
        fields=fields,
        wrong=[one for one in flat(fields) if one.error],
        refused=joined.refused(),
        most=service.MAX_FILES,
        file_endpoint="instruction.question_file",
    )


def question_file(number: str, file: int) -> Response:
    """A file joined to one of the messages."""
    found = store.attachment(store.in_service(agent().service_id, number).id, file)
    return downloads.inline(gateways().files.read(found.key), found.media_type)
