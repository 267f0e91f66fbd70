"""The application, step by step: one view for all steps, whatever the procedure."""

from dataclasses import replace

from flask import abort, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.blueprints.demande.pages import PAGES, timing_words
from app.domain.dossiers.states import OPEN
from app.domain.journeys.journey import Journey, Page, Step
from app.domain.journeys.questions import Kind
from app.domain.procedures import current, open_to
from app.domain.rules.calendar import Timing
from app.domain.rules.parameters import COMPLEMENT_DAYS
from app.domain.rules.rights import AttestationKind
from app.domain.text import Problem
from app.forms.steps import StepForm, digest, form_class
from app.forms.views import commune_view
from app.presenters import notice_words
from app.presenters.answers import format_answer
from app.presenters.applicants.stepper import frame, identity_rows
from app.services.accounts import accounts
from app.services.applications import dossiers, reuse, stamps
from app.services.applications.dossiers import AlreadyFiled, Draft, SavedMeanwhile
from app.services.applications.reuse import ReusableAnswers
from app.storage.applications import attestations
from app.storage.applications import dossiers as store
from app.storage.people.accounts import kept_form
from app.web import formats
from app.web.current import account, gateways, now, today
from app.web.forms import blank_form, form_fields, form_of, format_problem
from app.web.language import language
from app.web.rendering import render_page


def draft_of(journey: Journey) -> Draft:
    """The person's draft; before the first save, one that is not in the database yet."""
    person = account()
    dossier = store.draft(person.id, journey.slug)
    return dossiers.load_draft(dossier or dossiers.unsaved_draft(person, journey), today())


def journey_at(slug: str) -> Journey:
    """The journey at an address, or 404."""
    return current(slug) or abort(404)


def step_at(journey: Journey, slug: str) -> Step:
    """The step at an address, or 404."""
    return journey.step(slug) or abort(404)


def address(journey: Journey, step: Step) -> str:
    """Where a step is."""
    return url_for("demande.step", procedure=journey.slug, slug=step.slug)


def begin(procedure: str) -> Response:
    """Go on where the person stopped; a procedure that their permit does not open is presented instead."""
    journey = journey_at(procedure)
    draft = draft_of(journey)
    if already := dossiers.pending(account().id, journey):
        return redirect(url_for("suivi.dossier", reference=already.reference, deja=1), 303)
    if not draft.dossier.id and not journey.serves(account().identity):
        return redirect(url_for("accueil.presentation", procedure=procedure, autre=1), 303)
    return redirect(address(draft.journey, draft.first_incomplete_step), 303)


def step(procedure: str, slug: str) -> Response:
    """Any step: not reachable before the ones before it are done."""
    draft = draft_of(journey_at(procedure))
    here = step_at(draft.journey, slug)
    if here.page is Page.CONFIRMATION:
        return _confirmation(draft.journey)
    if not draft.dossier.id and (already := dossiers.pending(account().id, draft.journey)):
        return redirect(url_for("suivi.dossier", reference=already.reference, deja=1), 303)
    if not draft.can_visit(here):
        return redirect(address(draft.journey, draft.first_incomplete_step), 303)
    if here.page is not Page.FORM:
        return PAGES[here.page](draft, here)
    return _save(draft, here) if request.method == "POST" else _show(draft, here)


def _confirmation(journey: Journey) -> Response:
    filed = store.latest_filed(account().id, journey.slug)
    if filed is None:
        return redirect(url_for("demande.begin", procedure=journey.slug), 303)
    return redirect(url_for("demande.confirmation", reference=filed.reference), 303)


def _show(draft: Draft, step: Step) -> Response:
    if "kept" in session and (kept := kept_form(account().id, request.path)):
        form = form_class(step)(MultiDict(kept), draft.case)
        form.validate()
        return _page(draft, form, kept=True)
    answers, before = draft.case.answers, None
    if not any(question.key in answers for question in step.questions):
        before = reuse.reusable_answers(account().id, step)
        answers = {**answers, **before.answers} if before else answers
    return _page(draft, blank_form(step, answers), before=before)


def _save(draft: Draft, step: Step) -> Response:
    form = form_of(step, draft.case.answers, draft.case)
    seen = request.form.get("seen", "")
    if not form.is_submitted():
        return _page(draft, form, seen=seen)
    form.validate()
    leaving = "leave" in request.form
    if leaving:
        form.accept_unanswered()
    _check_stamp(draft, form)
    if form.errors:
        return _page(draft, form, status=422)
    dossier = draft.dossier if draft.dossier.id else dossiers.begin(account(), draft.journey, now())
    try:
        dossiers.save_step(
            dossier, form.answers, lambda stored: digest(step, stored) == seen or not seen, now()
        )
    except SavedMeanwhile as meanwhile:
        return _conflict(draft, form, meanwhile)
    except AlreadyFiled:
        return _confirmation(draft.journey)
    accounts.forget_form(account(), request.path)
    if leaving:
        return redirect(url_for("suivi.space"), 303)
    return redirect(address(draft.journey, draft.journey.after(step)), 303)


def _check_stamp(draft: Draft, form: StepForm) -> None:
    """An e-stamp is worth what its desk says: told beside its number, as any other slip."""
    question = draft.journey.stamp
    number = form.answers.get(question.key) if question else None
    if question is None or not number:
        return
    problem = stamps.check(gateways().stamps, number, draft.journey, draft.case, draft.dossier.id or 0)
    if problem:
        form.add_error(question.key, format_problem(problem))


def stamp_refused(draft: Draft, problem: Problem) -> Response:
    """The step of the e-stamp again, with what is wrong with it."""
    form = blank_form(draft.stamp_step, draft.case.answers)
    key = next(q.key for q in form.step.questions if q.kind is Kind.STAMP)
    form.add_error(key, format_problem(problem))
    return _page(draft, form, status=409)


def _conflict(draft: Draft, form: StepForm, meanwhile: SavedMeanwhile) -> Response:
    """Another tab saved this step: both values are shown, the next save decides."""
    answers = form.answers
    others = {
        q.key: format_answer(q, meanwhile.answers.get(q.key), language())
        for q in form.step.asked(meanwhile.answers)
        if q.key in answers and answers[q.key] != meanwhile.answers.get(q.key)
    }
    return _page(draft, form, status=409, others=others, seen=digest(form.step, meanwhile.answers))


def _page(
    draft: Draft,
    form: StepForm,
    status: int = 200,
    others: dict[str, str] | None = None,
    seen: str | None = None,
    kept: bool = False,
    before: ReusableAnswers | None = None,
) -> Response:
    step = form.step
    return render_page(
        "demande/step.html",
        status,
        **frame(draft, step),
        **form_fields(form, others),
        identity=identity_rows(draft.dossier.identity) if step is draft.journey.steps[0] else (),
        switch_form="step-form",
        conflict=bool(others),
        kept=kept,
        before=before,
        price=_price(draft, step),
        # Who is late knows it before they buy a stamp.
        timing=timing_words(draft, Timing.LATE) if step.price and _late(draft) else None,
        can_file=True,
        seen=digest(step, draft.case.answers) if seen is None else seen,
    )


def _late(draft: Draft) -> bool:
    return draft.window.timing(today()) is Timing.LATE


def _price(draft: Draft, step: Step) -> str:
    """What a step says of what is paid, "" where it says nothing."""
    if step.price is None:
        return ""
    case = replace(draft.case, answers={**draft.case.answers, **dict(step.price.supposing)})
    amount = formats.euros(draft.journey.fee(case, today()), language())
    return _(step.price.sentence, amount=amount)


def communes(procedure: str, slug: str) -> Response:
    """The commune field for a postcode: a fragment that follows the typing."""
    draft = draft_of(journey_at(procedure))
    here = step_at(draft.journey, slug)
    typed, chosen = request.args.get("postcode", "")[:9], request.args.get("commune", "")
    field = commune_view(here, typed, chosen, language()) or abort(404)
    return render_page("demande/_commune.html", draft=draft, step=here, f=field)


def confirmation(reference: str) -> Response:
    """Step 6: what was filed, what it proves, what comes next."""
    dossier = store.owned(account().id, reference)
    draft = dossiers.load_draft(dossier, today())
    return render_page(
        "demande/confirmation.html",
        **frame(draft, draft.journey.steps[-1]),
        dossier=dossier,
        filed_at=attestations.filed_at(dossier.id),
        certificate=attestations.first(dossier.id),
        next=_next(draft),
        deposit=draft.journey.on_filing is AttestationKind.DEPOSIT,
        certificate_titles=notice_words.CERTIFICATES,
        permit_end=dossiers.permit_end(dossier),
        permit_running=dossiers.permit_end(dossier) >= today(),
        changeable=dossier.state in OPEN,
        extends=draft.journey.deadline.extends,
        complement_days=COMPLEMENT_DAYS,
    )


def _next(draft: Draft) -> Journey | None:
    """What has to be asked next, where the procedure leads to another one."""
    purpose = draft.journey.leads_to(draft.case)
    offered = open_to(draft.dossier.identity, purpose) if purpose else ()
    return next((one for one in offered if one.continues(draft.dossier.identity)), None)
