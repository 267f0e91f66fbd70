"""Every form of the route table, sent after its session has ended: each typed value is back after signing in."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from flask import Flask

from app.demonstration.people import APPLICANTS
from app.demonstration.staff import AGENTS
from app.storage.models import Account, Agent, Dossier, KeptForm, Outbox, PhotoCode
from app.web.access.audiences import AUDIENCE, Audience
from tests.clients import HTML, PageClient
from tests.crawl import crawl, followed, is_paper
from tests.factories import PASSWORD
from tests.fixtures import NOON, Clock
from tests.web.accounts import hidden
from tests.web.agent_pages import CODE, DOOR, SECRET, enter
from tests.web.appointments.meetings import correction
from tests.web.frame.test_every_page import with_certificate

# Endpoints that take buttons, ticks of a list or files alone: nothing is typed into them. Of the summary's form the
# demonstration has no page: see test_coming_and_going.
BUTTONS = {
    "demande.submit",
    "instruction.appointment",
    "instruction.batch",
    "instruction.mark",
    "agents.judge", "suivi.end_others", "suivi.end_session", "suivi.remove_passkey",
    "suivi.upload", "agents.remove_passkey",
    "agents.codes_noted", "agents.stay", "agents.end_others", "agents.end_session", "compte.stay", "demande.document",
    "demande.remove_document", "demande.use_again", "instruction.drop_search", "instruction.drop_text",
    "instruction.export",
    "instruction.restore",
    "instruction.retry_work", "instruction.strike", "suivi.collected", "suivi.complement_remove",
    "suivi.accept_appointment", "suivi.complement_send", "suivi.keep_account", "suivi.replace_document",
}  # fmt: skip
# Passwords and one-time codes are never kept.
SECRETS = {
    "agents.password", "agents.codes", "agents.change_authenticator", "agents.new_authenticator",
    "agents.add_passkey", "suivi.add_passkey", "suivi.own_data", "suivi.password", "suivi.take_copy",
}  # fmt: skip
OWN = {"aide.write", "aide.blocked"}  # public, and other forms for somebody signed in

_FORM = re.compile(r"<form\b.*?</form>", re.S)
pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.slow]


class Form:
    """A form of a page: where it is sent, what it holds."""

    def __init__(self, element: Any, own_path: str) -> None:
        self.path = element.get("action") or own_path
        self.fields = [
            one
            for one in element.iter()
            if one.tag in {f"{HTML}{tag}" for tag in ("input", "select", "textarea")}
        ]

    @property
    def typed(self) -> list[Any]:
        """The fields that somebody fills in."""
        unseen = ("hidden", "password", "file", "submit")
        seen = [one for one in self.fields if one.get("type") not in unseen and one.get("hidden") is None]
        return [one for one in seen if one.get("name")]

    def values(self) -> dict[str, list[str]]:
        """What is in the fields, by name."""
        found: dict[str, list[str]] = {}
        for one in self.typed:
            found.setdefault(one.get("name"), []).extend(_values(one))
        return found

    def filled(self) -> dict[str, Any]:
        """What a browser would send after everything visible was changed."""
        sent: dict[str, Any] = {
            one.get("name"): one.get("value") or "" for one in self.fields if one.get("type") == "hidden"
        }
        for place, one in enumerate(self.typed):
            name = one.get("name")
            if one.tag == f"{HTML}select":
                sent[name] = [option.get("value") for option in one.iter(f"{HTML}option")][-1]
            elif one.get("type") in ("radio", "checkbox"):
                sent[name] = one.get("value") or "on"
            else:
                sent[name] = f"tapé {place} <ici>"
        return sent


def _values(one: Any) -> list[str]:
    if one.tag == f"{HTML}select":
        return [
            option.get("value") for option in one.iter(f"{HTML}option") if option.get("selected") is not None
        ]
    if one.tag == f"{HTML}textarea":
        return ["".join(one.itertext())]
    if one.get("type") in ("radio", "checkbox"):
        return [one.get("value") or "on"] if one.get("checked") is not None else []
    return [one.get("value") or ""]


def forms(text: str, own_path: str) -> Iterator[Form]:
    """The forms of a page that are sent by POST and into which something is typed; the page itself is sound."""
    for element in html5lib.parseFragment("".join(_FORM.findall(text))).iter(f"{HTML}form"):
        form = Form(element, own_path)
        if element.get("method") == "post" and form.typed:
            yield form


def sent_to(app: Flask, path: str) -> str:
    """The endpoint of a form."""
    return str(app.url_map.bind("localhost").match(urlsplit(path).path, method="POST")[0])


@pytest.fixture
def people(seeded: Flask) -> list[tuple[str, Account | Agent]]:
    """Everybody of the demonstration, and where each begins."""
    Agent.update(totp_secret=SECRET).execute()
    # Pages that only mishaps have: a photo that has not arrived, a letter that came back.
    PhotoCode.update(state="not_arrived").execute()
    Outbox.update(failed_at=NOON).where(Outbox.done_at.is_null()).execute()
    agents = [Agent.get(Agent.email == member.email) for member in AGENTS]
    numbers = [one.number for one in APPLICANTS]
    return [
        *(("/fr/suivi/", account) for account in Account.select().where(Account.foreign_number.in_(numbers))),
        *(("/fr/agents/" if agent.service_id else "/fr/administration/", agent) for agent in agents),
    ]


def back_in(client: PageClient, page: Any, person: Account | Agent, clock: Clock) -> str:
    """Sign in from the page that a session's end led to; where this leads."""
    sent = {"password": PASSWORD, "next": hidden(page, "next")}
    if isinstance(person, Account):
        return client.post("/fr/compte/connexion", sent | {"identifier": person.email}).location
    import pyotp

    clock.advance(seconds=60)
    client.post(DOOR, sent | {"email": person.email})
    client.get(CODE)
    return client.post(CODE, {"code": pyotp.TOTP(SECRET).at(clock())}).location


def test_what_was_typed_into_any_form_is_back_after_the_session(
    app: Flask, people: list[tuple[str, Account | Agent]], visitor: Callable[[], PageClient], clock: Clock
) -> None:
    done: set[tuple[str, tuple[str, ...]]] = set()
    for start, person in people:
        agent = isinstance(person, Agent)
        client = enter(visitor(), person, clock) if agent else visitor().sign_in(person)
        found: list[tuple[str, Form]] = []

        def fetch(address: str, client: PageClient = client, found: list[Any] = found) -> str:
            if is_paper(address):
                return ""
            text = followed(client.get(address))
            for form in forms(text, urlsplit(address).path):
                kind = (sent_to(app, form.path), tuple(sorted(form.values())))
                if kind not in done and (AUDIENCE[kind[0]] is not Audience.PUBLIC or kind[0] in OWN):
                    done.add(kind)
                    found.append((address, form))
            return text

        also = (*with_certificate("fr", client), *_unlinked(person)) if agent else ()
        crawl(start, "fr", fetch, of_each=1, also=also)
        for address, form in found:
            _left_by_a_link(client, address, form)
            _sent_too_late(client, person, address, form, clock)
    guarded = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and AUDIENCE[rule.endpoint] is not Audience.PUBLIC
    }
    reached = {name for name, _fields in done}
    assert guarded - BUTTONS - SECRETS - reached == set(), "forms that no page of the demonstration shows"
    assert reached & BUTTONS == set()


def _unlinked(agent: Agent) -> Iterator[str]:
    """What no link leads to: the message to the people of ticked dossiers, the correction of a mark."""
    of_service = (Dossier.service == agent.service_id) & Dossier.reference.is_null(False)
    for dossier in Dossier.select().where(of_service).limit(1):
        yield f"/fr/agents/lot/ecrire?dossiers={dossier.id}.0"
        yield correction(dossier)


def _left_by_a_link(client: PageClient, address: str, form: Form) -> None:
    """What the script sends when somebody leaves: nothing is done with it, and the page gives it back."""
    if form.path.partition("/demande/")[2].count("/") == 1:
        return  # a step stores what is typed
    client.get(address)
    typed = form.filled()
    answer = client.post(form.path, {**typed, "leave": "1", "csrf_token": client.token})
    assert answer.status_code == 204, f"{form.path}: {answer.location}"
    _is_back(client.get(address), urlsplit(address).path, form, typed)
    KeptForm.delete().execute()


def _sent_too_late(
    client: PageClient, person: Account | Agent, address: str, form: Form, clock: Clock
) -> None:
    typed = form.filled()
    clock.advance(minutes=31)
    answer = client.post(form.path, typed, headers={"Referer": f"http://localhost{address}"})
    assert answer.status_code == 303, f"{form.path}: {answer.status_code}"
    location = back_in(client, client.get(answer.location), person, clock)
    page = client.get(location)
    assert page.status_code == 200, f"{location}: {page.status_code}"
    _is_back(page, urlsplit(location).path, form, typed)
    KeptForm.delete().execute()


def _is_back(page: Any, path: str, form: Form, typed: dict[str, Any]) -> None:
    same = [one for one in forms(page.text, path) if one.path == form.path]
    shown = [one.values() for one in same if one.values().keys() == form.values().keys()]
    wanted = {name: typed[name] for name in form.values()}
    assert any(all(wanted[name] in values for name, values in one.items()) for one in shown), (
        f"{form.path} on {path}: {wanted} is not in {shown}"
    )
    assert 'id="garde"' in page.text
