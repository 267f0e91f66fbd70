"""« Quel service ? »: from a postcode to the prefecture or sub-prefecture in charge, without an account."""

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import request
from werkzeug.wrappers import Response

from app.domain.dossiers.figures import USUAL_PERIOD
from app.domain.journeys.questions import Case
from app.domain.procedures import on_offer
from app.domain.public_forms.service_lookup import WHEREABOUTS
from app.forms import steps as forms
from app.forms.views import views
from app.presenters.public import delay_words
from app.reference.communes import communes_of
from app.services.applications.competence import services_by_commune
from app.storage.review import delays
from app.web.current import today
from app.web.language import language
from app.web.rendering import render_page

if TYPE_CHECKING:
    from app.storage.models import Service


def service() -> Response:
    """The form, and under it the service once it is known. A postcode may have communes of several services."""
    if "postcode" not in request.args:
        return _page(forms.Reading({}, forms.shown(WHEREABOUTS, {})))
    reading = forms.read(WHEREABOUTS, request.args, Case({}, today=today()))
    if error := reading.errors.get("postcode"):
        return _page(replace(reading, errors={"postcode": error}), 422)
    towns = communes_of(reading.answers["postcode"])
    services = services_by_commune(towns)
    several = len({one.code for one in services.values()}) > 1
    chosen = next((one for one in towns if one.code == reading.answers.get("commune")), None)
    if chosen or not several:
        found = services[(chosen or towns[0]).code]
        place = chosen.name if chosen else reading.answers["postcode"]
        return _page(replace(reading, errors={}), several=several, found=found, place=place)
    # The list is a question, and becomes an error only when it was sent back unanswered.
    if "commune" in request.args and "commune" in reading.missing:
        return _page(reading, 422, several=True)
    return _page(replace(reading, errors={}), several=True)


def _page(
    reading: forms.Reading,
    status: int = 200,
    *,
    several: bool = False,
    found: "Service | None" = None,
    place: str = "",
) -> Response:
    shown = views(WHEREABOUTS, reading.raw, language(), reading.errors)
    fields = [one for one in shown if several or one.key == "postcode"]
    told = delays.for_service(found.id) if found else {}
    return render_page(
        "aide/service.html",
        status,
        step=WHEREABOUTS,
        fields=fields,
        summary=fields if reading.errors else (),
        found=found,
        place=place,
        journeys=on_offer(),
        delays={slug: one for slug, one in told.items() if delay_words.enough(one)},
        half=delay_words.half,
        delay_days=USUAL_PERIOD,
    )
