"""An agent's saved searches: save, rename, delete."""

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.blueprints.instruction.lists import search
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Question
from app.domain.text import N_, Problem
from app.forms.steps import StepForm
from app.services.staff import saved_searches as service
from app.storage.people import agents
from app.storage.review import saved_searches as store
from app.web.current import agent
from app.web.pages.rendering import address, render_page
from app.web.posted.forms import form_fields, form_of, format_problem

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
            missing=N_("Écrivez un nom pour cette recherche."),
            hint=N_("Par exemple : « Mes étudiants en retard ». Personne d’autre ne la voit."),
            max_length=60,
            width="w20",
        ),
    ),
)
TAKEN = Problem(N_("Une autre de vos recherches a ce nom. Choisissez-en un autre."))
FULL = Problem(N_("Vous gardez déjà %(most)s recherches. Supprimez-en une d’abord."), {"most": service.MOST})


def searches() -> Response:
    """List the agent's saved searches."""
    kept = [(saved, search.written(search.wanted(saved.query))) for saved in store.of_agent(agent().id)]
    return render_page("instruction/searches.html", kept=kept, most=service.MOST)


def new_search() -> Response:
    """Ask for a name (GET), or save the search of the query string under it (POST)."""
    form = form_of(NAMING)
    query = search.written(search.wanted(request.args))
    if not form.validate_on_submit():
        return _shown(form)
    try:
        service.keep(agent(), form.answers[NAME], query)
    except service.NameTaken:
        form.add_error(NAME, format_problem(TAKEN))
    except service.TooMany:
        form.add_error(NAME, format_problem(FULL))
    else:
        return redirect(address("instruction.queue", **query), 303)
    return _shown(form)


def kept_search(number: int) -> Response:
    """Rename a saved search of the agent."""
    found = store.owned_by(agent().id, number)
    form = form_of(NAMING, {NAME: found.name})
    if not form.validate_on_submit():
        return _shown(form, found)
    try:
        service.rename(agent(), found, form.answers[NAME])
    except service.NameTaken:
        form.add_error(NAME, format_problem(TAKEN))
        return _shown(form, found)
    return redirect(url_for("instruction.searches"), 303)


def drop_search(number: int) -> Response:
    """Delete a saved search of the agent."""
    service.drop(store.owned_by(agent().id, number))
    return redirect(url_for("instruction.searches"), 303)


def _shown(form: StepForm, found: "SavedView | None" = None) -> Response:
    filters = search.wanted(found.query if found else request.args)
    return render_page(
        "instruction/search.html",
        422 if form.errors else 200,
        found=found,
        list_title=search.TITLES[filters.view],
        query=search.written(filters),
        on=search.switched_on(filters, agents.members(agent().service_id)),
        **form_fields(form),
    )
