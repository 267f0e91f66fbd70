"""The searches that an agent keeps: under a name, renamed, forgotten."""

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.blueprints.instruction import search
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Kind, Question
from app.domain.text import N_, Problem
from app.forms import steps as forms
from app.forms.views import flat, views
from app.services.staff import saved_searches as service
from app.storage.people import agents
from app.storage.review import saved_searches as store
from app.web.current import agent, today
from app.web.language import language
from app.web.rendering import address, render_page

if TYPE_CHECKING:
    from app.storage.models import SavedView

NAME = "name"
NAMING = Step(
    "recherche",
    N_("Garder cette recherche"),
    "",
    (
        Question(
            NAME,
            Kind.TEXT,
            N_("Nom de la recherche"),
            hint=N_("Par exemple : « Mes étudiants en retard ». Personne d’autre ne la voit."),
            max_length=60,
            width="w20",
        ),
    ),
)
TAKEN = Problem(N_("Une autre de vos recherches a ce nom. Choisissez-en un autre."))
FULL = Problem(N_("Vous gardez déjà %(most)s recherches. Supprimez-en une d’abord."), {"most": service.MOST})


def searches() -> Response:
    """The searches kept, and where each is changed."""
    kept = [(one, search.written(search.wanted(one.query))) for one in store.of_agent(agent().id)]
    return render_page("instruction/searches.html", kept=kept, most=service.MOST)


def new_search() -> Response:
    """GET asks for a name, POST keeps the search that the address holds."""
    if request.method == "GET":
        return _shown(forms.Reading({}, forms.shown(NAMING, {})))
    typed = forms.read(NAMING, request.form, Case({}, today=today()))
    query = search.written(search.wanted(request.args))
    if not typed.errors:
        try:
            service.keep(agent(), typed.answers[NAME], query)
        except service.NameTaken:
            typed = typed.with_error(NAME, TAKEN)
        except service.TooMany:
            typed = typed.with_error(NAME, FULL)
    if typed.errors:
        return _shown(typed, 422)
    return redirect(address("instruction.queue", **query), 303)


def kept_search(number: int) -> Response:
    """A search of one's own, under another name."""
    found = store.owned_by(agent().id, number)
    if request.method == "GET":
        return _shown(forms.Reading({}, forms.shown(NAMING, {NAME: found.name})), found=found)
    typed = forms.read(NAMING, request.form, Case({}, today=today()))
    if not typed.errors:
        try:
            service.rename(agent(), found, typed.answers[NAME])
        except service.NameTaken:
            typed = typed.with_error(NAME, TAKEN)
    if typed.errors:
        return _shown(typed, 422, found)
    return redirect(url_for("instruction.searches"), 303)


def drop_search(number: int) -> Response:
    """Forget one."""
    service.drop(store.owned_by(agent().id, number))
    return redirect(url_for("instruction.searches"), 303)


def _shown(typed: forms.Reading, status: int = 200, found: "SavedView | None" = None) -> Response:
    fields = views(NAMING, typed.raw, language(), typed.errors)
    filters = search.wanted(found.query if found else request.args)
    return render_page(
        "instruction/search.html",
        status,
        found=found,
        list_title=search.TITLES[filters.view],
        query=search.written(filters),
        on=search.switched_on(filters, agents.colleagues(agent().service_id)),
        fields=fields,
        wrong=[one for one in flat(fields) if one.error],
    )
