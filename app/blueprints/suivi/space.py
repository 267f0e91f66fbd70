"""The applicant's space: the state of each dossier, open requests, documents, certificates, messages."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.actions import DECIDING
from app.domain.dossiers.standing import Held, Todo
from app.domain.dossiers.states import OPEN, State
from app.domain.journeys.journey import Journey, Purpose
from app.domain.procedures import journey, open_to, renewal_of
from app.domain.public_forms.asking import TOPIC_TITLES
from app.domain.rules.calendar import Timing, continued_by_law, days_since, filing_window
from app.domain.rules.parameters import STAMP_REFUND_MONTHS, STAMP_VALID_MONTHS
from app.domain.texts.notices import NoticeKind
from app.presenters import message_text, notice_words
from app.presenters.applicants import photo_words
from app.presenters.applicants.beginning import beginning
from app.presenters.applicants.late_filing import late_filing
from app.presenters.applicants.notice_titles import notice_title
from app.presenters.applicants.open_request import open_request
from app.presenters.applicants.opening import Needed, opening
from app.presenters.applicants.permit_timeline import periods
from app.presenters.applicants.retired import Retirement, retirement
from app.presenters.applicants.timeline import Followed, stages
from app.presenters.applicants.unsaved import unsaved
from app.presenters.appointments import views as appointment_views
from app.presenters.decision_view import decision_view, silence_ways
from app.presenters.law_words import spans
from app.presenters.public import delay_words
from app.presenters.standing_view import StandingView, standing_view
from app.services.applications.applicant_overview import journey_of, overview
from app.services.applications.dossiers import load_draft, permit_end
from app.services.certificates.attestations import to_pay
from app.services.certificates.verification import is_over
from app.services.own_data import closing
from app.services.standing import standing_of
from app.storage import appointments, failed_work
from app.storage.applications import attestations, conversations, notices
from app.storage.applications import decision_letters as letter_store
from app.storage.applications import dossiers as store
from app.storage.review import delays
from app.web.current import account, now, settings, today
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import render_page

if TYPE_CHECKING:
    from datetime import datetime

    from app.storage.models import Appointment, Dossier, Event, Notice


Invited = Mapping[int, "Sequence[Appointment]"]  # the appointments of dossiers, by their id
NOTHING_FOLLOWED = dict.fromkeys(
    ("dossier", "asked", "decision", "papers", "silence", "photo", "lost_file", "meetings")
)

_TO_COME = frozenset({State.FAVOURABLE, State.IN_PRODUCTION})  # granted, the card not available yet

_BEFORE_CARD = OPEN | {State.FAVOURABLE}  # the e-photo can still be given


def space() -> Response:
    """Show the applicant's first page: the dossier that matters most, open requests, the permit's dates."""
    return _space(store.of_account(account().id))


def dossier(reference: str) -> Response:
    """Show the space with a chosen dossier."""
    return _space(store.of_account(account().id), store.owned(account().id, reference).reference or "")


def dossiers_list() -> Response:
    """List every dossier of the applicant, drafts included, the newest first."""
    mine = store.of_account(account().id)
    rows = [(dossier, journey_of(dossier), retirement(dossier.journey)) for dossier in mine]
    return render_page("suivi/dossiers.html", rows=rows, titles=notice_words.LISTED)


def _space(mine: Sequence["Dossier"], reference: str = "") -> Response:
    person, on = account(), today()
    seen = overview(mine, person.identity, on, reference)
    ends = date.fromisoformat(person.identity["valid_until"])
    if reference and seen.first:
        ends = permit_end(seen.first)
    cover, begins = seen.cover, beginning(person.identity, seen.first.state if seen.first else None)
    lost_on = _invalid_since(mine, person.identity)
    drafts = _drafts(mine, seen.drafts)
    unreached = failed_work.unreached(person.id)
    permit = _permit(person.identity, ends, on, free=not cover and not begins)
    views, invited = _standings({seen.first, cover}, on, lost_on)
    shown = views[seen.first.id] if seen.first else None
    # Of an application that covers nobody any more, a certificate may still be in force.
    left = shown if shown and shown.stand.held is Held.EXTENSION else None
    return render_page(
        "suivi/space.html",
        person=person,
        drafts=drafts,
        resumable=any(retired is None for _draft, _begun, retired in drafts),
        others=[(other, journey_of(other)) for other in seen.others],
        other_states=notice_words.LISTED,
        notices=notices.latest(person.id),
        unreached=unreached,
        notice_title=notice_title,
        **permit,
        invalid_since=lost_on,
        today=on,
        begins=begins,
        changes=open_to(person.identity, Purpose.CHANGE),
        renewing=any(begun.purpose is Purpose.RENEWAL for _draft, begun, gone in drafts if not gone),
        cover=cover,
        rights=views[cover.id] if cover else left,
        already="deja" in request.args,
        closing_on=_closing_on(mine),
        unsaved=unsaved(request.args.get("reste", ""), request.args.get("reponses", "")),
        opening=opening(seen.first, shown, _needed(permit, drafts, unreached)),
        **(_followed(seen.first, shown, invited, on) if seen.first and shown else NOTHING_FOLLOWED),
    )


def _standings(
    filed: "set[Dossier | None]", on: date, lost_on: date | None
) -> tuple[dict[int, StandingView], Invited]:
    """Return where each filed dossier stands, and its appointments, by its id."""
    there = [dossier for dossier in filed if dossier]
    invited: Invited = {dossier.id: appointments.of_dossier(dossier.id) for dossier in there}
    stands = {dossier.id: standing_of(dossier, on, lost_on, invited[dossier.id]) for dossier in there}
    return {number: standing_view(stand) for number, stand in stands.items()}, invited


def _closing_on(mine: Sequence["Dossier"]) -> "datetime | None":
    """Return when the account goes at its holder's wish; never while an application is open, which ends that wish."""
    return None if any(State(dossier.state) in OPEN for dossier in mine) else closing.due(account().id)


def _permit(identity: dict[str, Any], ends: date, on: date, free: bool) -> dict[str, Any]:
    """Return the context of the permit held: its end, the filing window, the days of both, what is to be done.

    `free` says that no application covers the person, and that the permit is no visa with a first step of its own.
    """
    window, renewal = filing_window(ends), renewal_of(identity)
    timing = window.timing(on)
    return {
        "permit_end": ends,
        "left": (ends - on).days,
        "window": window,
        "timing": timing,
        "periods": periods(window, ends, on),
        "continued": continued_by_law(date.fromisoformat(identity["valid_from"]), ends),
        "renewal": renewal,
        "late": late_filing(identity, ends, on) if free else None,
        "due": free and renewal is not None and timing is Timing.IN_TIME,
        "opens": window.opens if free and renewal and timing is Timing.EARLY else None,
    }


def _needed(permit: dict[str, Any], *others: object) -> Needed:
    return Needed(permit["late"] is not None, permit["due"], any(others), permit["opens"])


def _drafts(
    mine: Sequence["Dossier"], drafts: Sequence["Dossier"]
) -> list[tuple["Dossier", Journey, Retirement | None]]:
    """Return drafts with their procedure and, if it is retired, its retirement.

    The draft of a retired procedure is left out once its replacement has been begun.
    """
    rows = [(draft, journey_of(draft), retirement(draft.journey)) for draft in drafts]
    return [(draft, begun, retired) for draft, begun, retired in rows if not _replaced(draft, retired, mine)]


def _replaced(draft: "Dossier", retired: Retirement | None, mine: Sequence["Dossier"]) -> bool:
    new = retired.replacement if retired else None
    return new is not None and any(dossier.journey == new.slug and dossier.id > draft.id for dossier in mine)


def _invalid_since(mine: Sequence["Dossier"], identity: dict[str, Any]) -> date | None:
    """Return the day on which the permit was declared lost, None if it is valid.

    A declaration filed here counts before the register has it.
    """
    if since := identity.get("invalid_since"):
        return date.fromisoformat(since)
    lost = (dossier for dossier in mine if dossier.filed_on and journey_of(dossier).invalidates)
    return next(
        (dossier.filed_on for dossier in lost if dossier.identity["valid_until"] == identity["valid_until"]),
        None,
    )


def _followed(chosen: "Dossier", view: StandingView, invited: Invited, on: date) -> dict[str, Any]:
    """Return the context of the chosen dossier and its appointments on a day."""
    certificates = attestations.listed(chosen.id)
    events = store.moves(chosen.id)
    asked = open_request(chosen)
    waits = chosen.state in _BEFORE_CARD and not view.stand.facts.photo_ready
    photo = photo_words.awaited(chosen, now()) if waits and not (asked and asked.with_photo) else None
    heard = view.stand.silence
    return {
        "dossier": chosen,
        "journey": journey(chosen.journey, chosen.journey_version),
        "stages": stages(_timeline(chosen, events, view)),
        "decision": decision_view(chosen, events),
        # Once the card is available, its own panel shows the amount.
        "owed": to_pay(chosen, now()).get("amount") if chosen.state in _TO_COME else None,
        "papers": letter_store.of_dossier(chosen.id) if _was_decided(chosen, events) else (),
        "silence": heard,
        "told_of_silence": view.silence,
        "silence_ways": silence_ways(chosen, heard),
        "spans": spans(on, language()),
        "asked": asked,
        **_meetings(invited[chosen.id]),
        "lost_file": Todo.RESEND in view.stand.todo,
        "photo": photo,
        "certificates": certificates,
        "over": [certificate.code for certificate in certificates if is_over(certificate, chosen, on)],
        **notice_words.CERTIFICATE_WORDS,
        "stamp_valid_months": STAMP_VALID_MONTHS,
        "stamp_refund_months": STAMP_REFUND_MONTHS,
        "changeable": chosen.state in OPEN,
        "delay": _delay(chosen),
        "questions": [
            (asked, days_since(asked.waits_since, on) if asked.waits_since else 0)
            for asked in conversations.of_dossier(chosen.id)
        ],
        "topics": TOPIC_TITLES,
    }


def _meetings(invited: Sequence["Appointment"]) -> dict[str, Any]:
    """Return the appointments of a dossier: those that wait for their day or a new date, the others."""
    found = appointment_views(invited, now())
    first = [meeting for meeting in reversed(found) if meeting.open and meeting.status != "unmarked"]
    return {"meetings": first, "met": [meeting for meeting in found if meeting not in first]}


def _was_decided(dossier: "Dossier", events: Sequence["Event"]) -> bool:
    """Return whether there can be letters of a decision, be it one that was taken back."""
    return bool(dossier.decision) or any(event.action in DECIDING for event in events)


def _delay(dossier: "Dossier") -> str:
    """Return the sentence about the service's usual delay for this procedure, "" once it is decided."""
    if dossier.state not in OPEN or dossier.service_id is None:
        return ""
    return delay_words.sentence(delays.for_journey(dossier.service_id, dossier.journey))


def _timeline(dossier: "Dossier", events: Sequence["Event"], view: StandingView) -> Followed:
    if dossier.state != State.FAVOURABLE or dossier.with_card:
        return Followed(dossier, events, view)
    whole = load_draft(store.owned(account().id, dossier.reference or ""), today())
    granted, automatic = whole.journey.granted(whole.case)[0], whole.journey.automatic(whole.case)
    return Followed(dossier, events, view, _(granted), automatic)


def notice(number: int) -> Response:
    """Show one message."""
    found = notices.owned(account().id, number)
    link, name = _message_link(found)
    title, sentences = message_text.title_and_sentences(found, language(), settings())
    asked = open_request(found.dossier) if found.dossier else None
    return render_page(
        "suivi/notice.html",
        notice=found,
        link=link,
        asked=asked,
        title=title,
        sentences=sentences,
        name=name,
    )


def _message_link(found: "Notice") -> tuple[str, str]:
    """Return the address and the text of a message's link."""
    if found.kind in (NoticeKind.ANSWERED, NoticeKind.WRITTEN):
        return url_for("suivi.conversation", number=found.facts["number"]), _("Lire et répondre")
    if found.dossier:
        return url_for("suivi.dossier", reference=found.dossier.reference), _("Voir mon dossier")
    return url_for("suivi.space"), _("Mon espace")
