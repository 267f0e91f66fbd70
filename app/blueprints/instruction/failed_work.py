"""Letters, messages and papers about a dossier that failed: tried again, or settled otherwise."""

from flask import redirect
from werkzeug.wrappers import Response

from app.domain.agent_forms.acts import SETTLEMENT
from app.presenters.staff import failed_work as words
from app.services.review import failed_work as service
from app.web.current import agent, now
from app.web.pages.rendering import address, render_page
from app.web.posted.forms import form_fields, form_of


def retry(reference: str, number: int) -> Response:
    """Have failed work tried again."""
    dossier, work = service.of_service(agent(), reference, number)
    service.retry(dossier, work, agent(), now())
    return redirect(address("instruction.dossier", reference=reference), 303)


def settle(reference: str, number: int) -> Response:
    """Ask how it was done otherwise (GET), or end the work (POST)."""
    dossier, work = service.of_service(agent(), reference, number)
    form = form_of(SETTLEMENT)
    if form.validate_on_submit():
        service.settle(dossier, work, form.answers["reason"], agent(), now())
        return redirect(address("instruction.dossier", reference=reference), 303)
    return render_page(
        "instruction/settle.html",
        422 if form.errors else 200,
        dossier=dossier,
        failed=words.view(work),
        **form_fields(form),
    )
