"""The audience of each endpoint, checked before every view; an endpoint without one is denied."""

from enum import StrEnum
from typing import Any, cast

from flask import Flask, abort, current_app, redirect, request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.dossiers.ranks import Rank
from app.languages import SOURCE, language_of
from app.web.localisation.language import language, same_page_in
from app.web.posted import own_forms


class Audience(StrEnum):
    """The people that a page is for."""

    PUBLIC = "public"
    APPLICANT = "applicant"
    AGENT = "agent"  # of a service, supervisors too
    SUPERVISOR = "supervisor"  # of a service
    ADMINISTRATOR = "administrator"  # of no service
    STAFF = "staff"  # any of these three
    DEMONSTRATION = "demonstration"  # everybody, but 404 in production


AUDIENCE: dict[str, Audience] = {
    endpoint: audience
    for audience, endpoints in {
        Audience.PUBLIC: (
            "static",
            "root",
            "alive",
            "readiness",
            "figures",
            "accueil.home",
            "accueil.presentation",
            "accueil.documents_list",
            "accueil.procedures",
            "accueil.my_list",
            "accueil.my_list_pdf",
            "orientation.ask",
            "orientation.dates",
            "orientation.reminder",
            "orientation.confirm",
            "aide.fees",
            "aide.questions",
            "aide.question",
            "aide.site_map",
            "aide.contact",
            "aide.service",
            "aide.write",
            "aide.blocked",
            "aide.written",
            "aide.certificate",
            "aide.accessibility",
            "aide.privacy",
            "aide.legal",
            "aide.council",
            "aide.recognise",
            "suivi.address_confirm",
            "compte.identify",
            "compte.identify_visa",
            "compte.email",
            "compte.verify",
            "compte.resend",
            "compte.password",
            "compte.sign_in",
            "compte.sign_out",
            "compte.follow",
            "compte.enter",
            "compte.passkey",
            "compte.enter_by_link",
            "compte.lost",
            "compte.lost_visa",
            "compte.lost_sent",
            "compte.lost_done",
            "compte.lost_stopped",
            "compte.lost_confirm",
            "compte.lost_stop",
            "compte.forgotten",
            "compte.reset",
            "attestations.verify",
            "attestations.words",
            "published.attestation_keys",
            "published.offline_worker",
            "published.security",
            "published.robots",
            "instruction.sign_in",
            "instruction.second_factor",
            "instruction.passkey",
            "instruction.sign_out",
            "agents.recovery_code",
            "agents.invitation",
            "agents.authenticator",
            "agents.forgotten",
            "agents.reset",
        ),
        Audience.APPLICANT: (
            "compte.stay",
            "demande.begin",
            "demande.step",
            "demande.communes",
            "demande.document",
            "demande.remove_document",
            "demande.use_again",
            "demande.explain",
            "demande.photo",
            "demande.file",
            "demande.submit",
            "demande.confirmation",
            "suivi.space",
            "suivi.dossier",
            "suivi.application_pdf",
            "suivi.unprinted",
            "suivi.upload",
            "suivi.file",
            "suivi.file_pages",
            "suivi.complement",
            "suivi.complement_document",
            "suivi.complement_send",
            "suivi.complement_time",
            "suivi.complement_remove",
            "suivi.notice",
            "suivi.calendar",
            "suivi.reminders",
            "suivi.contact",
            "suivi.sessions",
            "suivi.passkeys",
            "suivi.password",
            "suivi.add_passkey",
            "suivi.remove_passkey",
            "suivi.end_session",
            "suivi.end_others",
            "suivi.dossiers",
            "suivi.change",
            "suivi.answers",
            "suivi.documents",
            "suivi.photo",
            "suivi.address",
            "suivi.own_data",
            "suivi.take_copy",
            "suivi.close_account",
            "suivi.keep_account",
            "suivi.address_sent",
            "suivi.add_document",
            "suivi.replace_document",
            "suivi.withdraw",
            "suivi.conversations",
            "suivi.conversation",
            "suivi.attachment",
            "suivi.certificate",
            "suivi.readers",
            "suivi.letter",
            "suivi.letter_pdf",
            "suivi.collect",
            "suivi.collected",
            "attestations.page",
            "attestations.pdf",
        ),
        Audience.AGENT: (
            "instruction.queue",
            "instruction.batch",
            "instruction.batch_result",
            "instruction.dossier",
            "instruction.file",
            "instruction.act",
            "instruction.mark",
            "instruction.note",
            "instruction.strike",
            "instruction.revoke",
            "instruction.settle_work",
            "instruction.retry_work",
            "instruction.mailboxes",
            "instruction.mailbox",
            "instruction.questions",
            "instruction.question",
            "instruction.question_file",
            "instruction.letter",
            "instruction.paper",
            "instruction.whole",
            "instruction.write",
            "instruction.searches",
            "instruction.new_search",
            "instruction.kept_search",
            "instruction.drop_search",
            "instruction.texts",
            "instruction.new_text",
            "instruction.text",
            "instruction.drop_text",
        ),
        Audience.SUPERVISOR: (
            "instruction.templates",
            "instruction.template",
            "instruction.restore",
            "instruction.template_pdf",
            "instruction.figures",
            "instruction.export",
        ),
        Audience.ADMINISTRATOR: (
            "administration.home",
            "administration.members",
            "administration.invite",
            "administration.member",
            "administration.act",
            "administration.services",
            "administration.service",
            "administration.journal",
        ),
        Audience.STAFF: (
            "agents.account",
            "agents.stay",
            "agents.end_session",
            "agents.end_others",
            "agents.password",
            "agents.codes",
            "agents.passkeys",
            "agents.add_passkey",
            "agents.remove_passkey",
            "agents.codes_noted",
            "agents.change_authenticator",
            "agents.new_authenticator",
            "agents.letters",
            "agents.newcomers",
            "agents.judge",
        ),
        Audience.DEMONSTRATION: ("dev.components", "dev.mailbox", "dev.message", "dev.sentences"),
    }.items()
    for endpoint in endpoints
}

# Public forms that are others for somebody signed in.
_OWN_FORMS = frozenset({"aide.write", "aide.blocked"})

RANKS: dict[Audience, frozenset[Rank]] = {
    Audience.AGENT: frozenset({Rank.AGENT, Rank.SUPERVISOR}),
    Audience.SUPERVISOR: frozenset({Rank.SUPERVISOR}),
    Audience.ADMINISTRATOR: frozenset({Rank.ADMINISTRATOR}),
    Audience.STAFF: frozenset(Rank),
}

# The page after signing in, also the link of error pages.
FIRST_PAGES: dict[Rank, str] = {
    Rank.AGENT: "instruction.queue",
    Rank.SUPERVISOR: "instruction.queue",
    Rank.ADMINISTRATOR: "administration.home",
}


def first_page(person: Any) -> str:
    """Return the endpoint of the first page of a signed-in Account or Agent."""
    return FIRST_PAGES[Rank(person.rank)] if hasattr(person, "rank") else "suivi.space"


def install(app: Flask) -> None:
    """Check the audience before any view runs."""

    @app.before_request
    def admit() -> Response | None:
        if request.endpoint is None:
            return None  # no such page: the router answers 404 or 405 itself
        audience = AUDIENCE.get(request.endpoint)
        if audience is None:
            abort(403)
        if audience in RANKS and not language_of(language()).of_agents and request.method == "GET":
            return redirect(same_page_in(SOURCE))
        if answer := _refusal(audience):
            return answer
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            # After the audience: without a session no token is valid, and the sign-in page keeps the form.
            own_forms.require()
        return None


def _refusal(audience: Audience) -> Response | None:
    """Return the answer to a request from outside the audience (or abort), None if it is inside."""
    if audience is Audience.APPLICANT and not getattr(current_user, "account", None):
        return sign_in_answer("applicant")
    if request.endpoint in _OWN_FORMS and request.method == "POST" and "token" in session:
        # It was shown to somebody signed in: as a visitor's form it would ask who they are, and lose their dossier.
        return None if current_user.is_authenticated else sign_in_answer("applicant")
    if audience in RANKS:
        return _staff_refusal(RANKS[audience])
    if audience is Audience.DEMONSTRATION and not current_app.extensions["settings"].demonstration:
        abort(404)
    return None


def _staff_refusal(ranks: frozenset[Rank]) -> Response | None:
    agent = getattr(current_user, "agent", None)
    if agent is None:
        return sign_in_answer("agent")
    if Rank(agent.rank) not in ranks:
        abort(403)
    return None


def sign_in_answer(side: str) -> Response:
    """Return the way to the sign-in page of a side, "applicant" or "agent", as its blueprint set it; forms are kept."""
    return cast(Response, current_app.extensions["sign_in"][side]())
