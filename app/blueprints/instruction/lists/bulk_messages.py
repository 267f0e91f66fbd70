"""One message to the people of the ticked dossiers: the form, the preview, the result."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import redirect, request
from werkzeug.wrappers import Response

from app.blueprints.instruction import saved_texts
from app.blueprints.instruction.lists import list_place, queue
from app.blueprints.instruction.lists.batches import DONE, LONGEST, described, picks_of
from app.blueprints.instruction.lists.list_place import LIST, TICKED
from app.domain.agent_forms.bulk_messages import BULK_MESSAGE, OWN, READY_TEXTS
from app.domain.agent_forms.saved_texts import Use
from app.domain.text import N_
from app.forms.steps import StepForm
from app.services.conversations import bulk_messages as service
from app.services.conversations.bulk_messages import Left, Readers
from app.storage.review import queue_lines
from app.storage.review import saved_texts as texts
from app.web.current import agent, now
from app.web.localisation.language import DEFAULT, sentences
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import address, render_page
from app.web.posted.forms import blank_form, form_fields, form_of

_REASON = re.compile(rf"\b(\d{{1,9}})([{''.join(Left)}])\b", re.ASCII)


REASONS: dict[Left, str] = {
    Left.CLOSED: N_("Compte supprimé par l’usager : écrivez par la poste."),
    Left.SAME: N_("Même personne qu’un autre dossier choisi : un seul message lui est envoyé."),
    Left.GONE: N_("Ce dossier n’est plus de votre service."),
}


def bulk_message() -> Response:
    """Ask for the message (GET), show what each language reads (POST), and send it once that was confirmed."""
    sent = request.form if request.method == "POST" else request.args
    ids = list(picks_of(sent.getlist(TICKED)))
    if not ids:
        return queue.whole(_("Cochez au moins un dossier de la liste."), 422)
    found = service.readers(agent(), ids)
    if request.method == "GET":
        text = saved_texts.chosen(Use.MESSAGE, "text")
        return _page(found, blank_form(BULK_MESSAGE, {"ready": OWN, "text": text} if text else None))
    form = form_of(BULK_MESSAGE)
    if not form.validate():
        return _page(found, form, 422)
    wordings = _wordings(form, found)
    if "sure" not in request.form or not found.chosen:
        return _page(found, form, wordings=wordings)
    done, left = service.send(agent(), ids, wordings, now())
    result = {
        "faits": str(done),
        "restes": ",".join(f"{dossier_id}{why}" for dossier_id, why in left.items()),
        LIST: list_place.current().value,
    }
    return redirect(address("instruction.bulk_sent", **result), 303)


def bulk_sent() -> Response:
    """Show to how many people the message went, and about which dossiers not and why."""
    asked = request.args.get("faits", "")
    reasons = _REASON.findall(request.args.get("restes", "")[:LONGEST])
    left = {int(dossier_id): Left(why) for dossier_id, why in reasons}
    lines = _lines(left)
    return render_page(
        "instruction/bulk_sent.html",
        done=int(asked) if DONE.fullmatch(asked) else 0,
        left=lines,
        unnamed=len(left) - len(lines),
        list=list_place.current(),
    )


def _wordings(form: StepForm, found: Readers) -> dict[str, str]:
    """Return what is sent in each language: a ready text with the French below it, or the agent's own."""
    ready = form.answers["ready"]
    if ready == OWN:
        return dict.fromkeys(found.languages, form.answers["text"])
    french = READY_TEXTS[ready][1]
    return {code: _with_french(sentences(code).gettext(french), french) for code in found.languages}


def _with_french(text: str, french: str) -> str:
    return text if text == french else f"{text}\n\n{french}"


def _page(
    found: Readers, form: StepForm, status: int = 200, wordings: Mapping[str, str] | None = None
) -> Response:
    ids = [dossier.id for dossier in found.chosen]
    ticks = [(TICKED, f"{dossier_id}.0") for dossier_id in (*ids, *found.left)]
    query = urlencode([(LIST, list_place.current().value), *ticks])
    return render_page(
        "instruction/bulk_message.html",
        status,
        step=BULK_MESSAGE,
        chosen=found.chosen,
        left=_lines(found.left),
        languages=[(code, many, (wordings or {}).get(code, "")) for code, many in found.languages.items()],
        preview=wordings is not None,
        kept=form.answers if wordings is not None else {},
        source=DEFAULT,
        list=list_place.current(),
        here=f"{address('instruction.bulk_message')}?{query}",
        texts=texts.of_service(agent().service_id, Use.MESSAGE),
        **form_fields(form),
    )


def _lines(left: Mapping[int, Left]) -> Sequence[Any]:
    """Return the dossiers left, of the service, each with the reason."""
    rows = queue_lines.chosen(agent().service_id, list(left))
    return described(list_place.current(), rows, {key: REASONS[why] for key, why in left.items()})
