"""The steps of an application: one view for all steps of all procedures."""

from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.blueprints.demande import retired
from app.blueprints.demande.pages import PAGES
from app.blueprints.demande.step_page import StepPage, render_step
from app.domain.dossiers.states import OPEN
from app.domain.journeys.journey import Journey, Page, Step
from app.domain.journeys.questions import Kind
from app.domain.procedures import current
from app.domain.rules.deadlines import Answers
from app.domain.rules.parameters import COMPLEMENT_DAYS
from app.domain.rules.rights import AttestationKind
from app.domain.text import N_, Problem, plain
from app.forms.steps import StepForm
from app.forms.views import commune_view
from app.presenters import notice_words
from app.presenters.answers import format_answer
from app.presenters.applicants import photo_words
from app.presenters.applicants.stepper import frame
from app.presenters.standing_view import standing_view
from app.services.applications import dossiers, reuse, stamps
from app.services.applications.dossiers import AlreadyFiled, Draft, SavedMeanwhile
from app.services.standing import standing_of
from app.storage.applications import attestations
from app.storage.applications import dossiers as store
from app.web.current import account, gateways, now, today
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted import kept_forms
from app.web.posted.forms import blank_form, form_fields, form_of, format_problem, stored_fields

SAME_HOME = N_(
    "C’est l’adresse de votre demande déposée le %(day)s. Si vous avez déménagé, écrivez la nouvelle ; sinon, il n’y a "
    "rien à déclarer."
)


def draft_of(journey: Journey) -> Draft:
    """Return the person's draft, or a new one that is not in the database before its first save."""
    person = account()
    dossier = store.draft(person.id, journey.slug)
    return dossiers.load_draft(dossier or dossiers.unsaved_draft(person, journey), today())


def journey_at(slug: str) -> Journey:
    """Return the journey of an address; abort with the page of a retired one, otherwise 404."""
    return current(slug) or abort(retired.retired_page(slug))


def step_at(journey: Journey, slug: str) -> Step:
    """Return the step of an address, or 404."""
    return journey.step(slug) or abort(404)


def address(journey: Journey, step: Step, **query: Any) -> str:
    """Return the address of a step."""
    return url_for("demande.step", procedure=journey.slug, slug=step.slug, **query)


def begin(procedure: str) -> Response:
    """Redirect to the first incomplete step.

    Redirect to the application if one is pending, or to the presentation if the procedure is not for this permit.
    """
    journey = journey_at(procedure)
    draft = draft_of(journey)
    if already := dossiers.pending(account().id, journey):
        return redirect(url_for("suivi.dossier", reference=already.reference, deja=1), 303)
    if not draft.dossier.id and not journey.serves(account().identity):
        return redirect(url_for("accueil.presentation", procedure=procedure, autre=1), 303)
    after = request.args.get("apres") or None  # an application just filed that leads here
    return redirect(address(draft.journey, draft.first_incomplete_step, apres=after), 303)


def step(procedure: str, slug: str) -> Response:
    """Show a step of a draft, or save it and go on."""
    if request.method == "POST" and current(procedure) is None:
        retired.save_typed(procedure, slug)
    draft = draft_of(journey_at(procedure))
    here = step_at(draft.journey, slug)
    if elsewhere := _elsewhere(draft, here):
        return redirect(elsewhere, 303)
    if here.page is not Page.FORM:
        return PAGES[here.page](draft, here)
    if request.method == "GET":
        return render_step(draft, _opened(draft, here))
    return _save(draft, here)


def _save(draft: Draft, step: Step) -> Response:
    form, seen = form_of(step, case=draft.case), request.form.get("seen", "")
    if not form.is_submitted():  # sent only to change the language of the page
        return render_step(draft, StepPage(step, form_fields(form), seen))
    leaving = "leave" in request.form
    if not _accepted(draft, form) and not leaving:
        return render_step(draft, StepPage(step, form_fields(form), seen), 422)
    try:
        dossiers.save_step(draft, step, form.record, seen, now())
    except SavedMeanwhile as meanwhile:
        return render_step(draft, _conflict(form, meanwhile.answers), 409)
    except AlreadyFiled:
        return redirect(_confirmation(draft.journey), 303)
    if leaving:
        return _left(draft, form)
    if (
        "relire" in request.args
    ):  # from « Modifier » of the summary; it leads on to what a change leaves to answer
        summary = next(last for last in draft.journey.steps if last.page is Page.SUMMARY)
        return redirect(address(draft.journey, summary, relire=1), 303)
    return redirect(address(draft.journey, draft.journey.after(step)), 303)


def _left(draft: Draft, form: StepForm) -> Response:
    """Lead to the space, which names the answers that were not saved; they wait in their step as they were typed."""
    wrong = [field.name for field in form if field.errors]
    if not wrong:
        return redirect(url_for("suivi.space"), 303)
    kept_forms.keep(kept_forms.owner_of(account()), request.form.items(multi=True))
    place = f"{draft.journey.slug}/{form.step.slug}"
    return redirect(url_for("suivi.space", reste=place, reponses=",".join(wrong)), 303)


def _elsewhere(draft: Draft, step: Step) -> str:
    """Return the address to redirect to if a step cannot be visited, else ""."""
    if step.page is Page.CONFIRMATION:
        return _confirmation(draft.journey)
    if not draft.dossier.id and (already := dossiers.pending(account().id, draft.journey)):
        return url_for("suivi.dossier", reference=already.reference, deja=1)
    if draft.can_visit(step):
        return ""
    if not draft.dossier.id and _filed_today(draft.journey):
        return _confirmation(draft.journey)  # the way back of a browser, after filing
    return address(draft.journey, draft.first_incomplete_step, relire=request.args.get("relire"))


def _filed_today(journey: Journey) -> bool:
    filed = store.latest_filed(account().id, journey.slug)
    return filed is not None and filed.filed_on == today()


def _confirmation(journey: Journey) -> str:
    """Return the address of the confirmation of the last application filed, else of the procedure."""
    filed = store.latest_filed(account().id, journey.slug)
    if filed is None:
        return url_for("demande.begin", procedure=journey.slug)
    return url_for("demande.confirmation", reference=filed.reference)


def _opened(draft: Draft, step: Step) -> StepPage:
    """Return a step as a GET shows it: stored, or from an earlier application."""
    answers, before = draft.case.answers, None
    seen = step.digest(answers)
    if not any(question.key in answers for question in step.questions):
        before = reuse.reusable_answers(account().id, draft.journey.slug, step)
        answers = {**answers, **before.answers} if before else answers
    return StepPage(step, stored_fields(step, answers), seen, before=before)


def _accepted(draft: Draft, form: StepForm) -> bool:
    """Validate a form, and return whether nothing is wrong; unanswered questions are no error on leaving."""
    form.validate()
    if "leave" in request.form:
        form.accept_unanswered()
    _check_stamp(draft, form)
    if draft.journey.moves_dossiers and (day := reuse.filed_with_home(account().id, form.answers)):
        form.add_error("address", _(SAME_HOME, day=formats.day(day, language())))
    return not form.errors


def _check_stamp(draft: Draft, form: StepForm) -> None:
    """Check the number of the e-stamp with the stamp register; a refusal is an error of its field."""
    question = draft.journey.stamp
    number = form.answers.get(question.key) if question else None
    if question is None or not number:
        return
    problem = stamps.check(gateways().stamps, number, draft.journey, draft.case, draft.dossier)
    if problem:
        form.add_error(question.key, format_problem(problem))


def stamp_refused(draft: Draft, problem: Problem) -> Response:
    """Return the step of the e-stamp with the error of its number, with status 409."""
    form = blank_form(draft.stamp_step, draft.case.answers)
    key = next(q.key for q in form.step.questions if q.kind is Kind.STAMP)
    form.add_error(key, format_problem(problem))
    return render_step(
        draft, StepPage(form.step, form_fields(form), form.step.digest(draft.case.answers)), 409
    )


def _conflict(form: StepForm, saved: Answers) -> StepPage:
    """Return the page of a conflict, which shows the values of both tabs: the next save decides."""
    answers = form.answers
    others = {
        q.key: format_answer(q, saved.get(q.key), language())
        for q in form.step.asked(saved)
        if q.key in answers and answers[q.key] != saved.get(q.key)
    }
    return StepPage(form.step, form_fields(form, others), form.step.digest(saved), conflict=bool(others))


def communes(procedure: str, slug: str) -> Response:
    """Return the commune field for a typed postcode, as a fragment."""
    draft = draft_of(journey_at(procedure))
    here = step_at(draft.journey, slug)
    typed, chosen = plain(request.args.get("postcode", ""))[:9], request.args.get("commune", "")
    field = commune_view(here, typed, chosen, language()) or abort(404)
    return render_page("demande/_commune.html", draft=draft, step=here, form_field=field)


def confirmation(reference: str) -> Response:
    """Step 6: confirm the filing, with its certificate and what comes next."""
    dossier = store.owned(account().id, reference)
    draft = dossiers.load_draft(dossier, dossier.filed_on or today())
    stand = standing_of(dossier, today())
    return render_page(
        "demande/confirmation.html",
        **frame(draft, draft.journey.steps[-1]),
        dossier=dossier,
        filed_at=attestations.filed_at(dossier.id),
        certificate=attestations.first(dossier.id),
        deposit=draft.journey.on_filing is AttestationKind.DEPOSIT,
        certificate_titles=notice_words.CERTIFICATES,
        permit_end=dossiers.permit_end(dossier),
        permit_running=dossiers.permit_end(dossier) >= today(),
        changeable=dossier.state in OPEN,
        view=standing_view(stand),
        photo=None if stand.facts.photo_ready else photo_words.awaited(dossier, now()),
        complement_days=COMPLEMENT_DAYS,
    )
