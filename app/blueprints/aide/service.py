"""« Quel service ? »: the prefecture or sub-prefecture in charge of a postcode, without an account."""

from typing import TYPE_CHECKING

from flask import request
from werkzeug.wrappers import Response

from app.domain.dossiers.figures import USUAL_PERIOD
from app.domain.procedures import on_offer
from app.domain.public_forms.service_lookup import WHEREABOUTS
from app.domain.rules.territories import issues_permits, only_in
from app.forms.steps import StepForm
from app.forms.views import views
from app.presenters.public import delay_words
from app.reference.communes import communes_of
from app.services.applications.competence import service_at, service_of, services_by_commune
from app.storage.review import delays
from app.web.current import today
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, query_form

if TYPE_CHECKING:
    from app.storage.models import Service


def service() -> Response:
    """Show the form and the service in charge; a postcode may have communes of several services."""
    if "postcode" not in request.args:
        return _page(blank_form(WHEREABOUTS))
    form = query_form(WHEREABOUTS)
    form.validate()
    if form["postcode"].errors:
        return _page(form)
    postcode = form.answers["postcode"]
    towns = communes_of(postcode)
    if not towns:  # in no list, and confirmed
        return _page(form, found=service_at(postcode), place=postcode)
    services = services_by_commune(towns)
    several = len({candidate.code for candidate in services.values()}) > 1
    commune = form["commune"]
    # The list of communes is a new question: no error until it was sent back unanswered, or with a name it has not.
    if not several or not (commune.written or ("commune" in request.args and form.unanswered("commune"))):
        commune.errors = []
    chosen = next((town for town in towns if town.code == commune.data), None)
    if several and commune.written and not commune.errors:  # a name in no list, and confirmed
        return _page(form, several=True, found=service_of(form.answers), place=commune.written)
    if several and not chosen:
        return _page(form, several=True)
    place = chosen.name if chosen else postcode
    return _page(form, several=several, found=services[(chosen or towns[0]).code], place=place)


def _page(
    form: StepForm, *, several: bool = False, found: "Service | None" = None, place: str = ""
) -> Response:
    fields = [field for field in views(form, language()) if several or field.key == "postcode"]
    wrong = [field for field in fields if field.error]
    figures = delays.for_service(found.id) if found else {}
    return render_page(
        "aide/service.html",
        422 if wrong else 200,
        step=WHEREABOUTS,
        fields=fields,
        wrong=wrong,
        found=found,
        place=place,
        journeys=on_offer() if found and issues_permits(found.department) else (),
        limited=bool(found and only_in(found.department, "", today())),
        delays={slug: figure for slug, figure in figures.items() if delay_words.enough(figure)},
        half=delay_words.half,
        delay_days=USUAL_PERIOD,
    )
