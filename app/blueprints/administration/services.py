"""The administrator's pages about services: their state, and the texts shown to applicants."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.agent_forms.administration import SERVICE_TEXTS
from app.domain.text import clean, fold
from app.services.staff import administration
from app.services.staff.administration import AdminActor
from app.storage.people import administration as store
from app.storage.people import services as offices
from app.web.current import agent, now, settings
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_of, render_staff_form


def services() -> Response:
    """List the services, closed ones included, filtered by code, name or town."""
    query = clean(request.args.get("q", ""))[:100]
    found = [
        candidate
        for candidate in offices.all_services().values()
        if all(word in fold(candidate.code, candidate.name, candidate.city) for word in fold(query).split())
    ]
    return render_page(
        "administration/services.html",
        services=found,
        members=store.members_by_service(),
        words=query,
        file=bool(settings().services_file),
    )


def service(code: str) -> Response:
    """Show one service and save its texts; the rest comes from the operator's file."""
    shown = store.service(code)
    known = {question.key: getattr(shown, question.key) for question in SERVICE_TEXTS.questions}
    form = form_of(SERVICE_TEXTS, known)
    if form.validate_on_submit():
        texts = {key: form.answers.get(key, "") for key in known}
        administration.write_texts(shown, texts, AdminActor(agent(), now()))
        return redirect(url_for("administration.service", code=code, fait=1), 303)
    return render_staff_form(
        "administration/service.html",
        form,
        service=shown,
        file=bool(settings().services_file),
        done="fait" in request.args,
        members=store.members_by_service().get(shown.id, 0),
    )
