"""What goes wrong, a line a case: what is done, the sentence read in each language, and what stays."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.domain.journeys import journey
from app.storage.files import StoreUnavailable
from app.storage.models import Account, Document, Dossier, PhotoCode
from tests import factories
from tests.answers import ANSWERS
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.intake.files import picture
from tests.on_offer import STUDENT_RENEWAL
from tests.web.accounts import NUMBER, PASSWORD, TYPED, facts, permit, register
from tests.web.agent_pages import act, address, enter, member
from tests.web.forms import filled, sent

PERSONAL = STUDENT_RENEWAL.steps[0]


@dataclass
class World:
    """All that a case can reach."""

    app: Flask
    clock: Clock
    visitor: Callable[[], PageClient]
    lang: str
    owner: Account | None = None
    browser: PageClient | None = None

    @property
    def account(self) -> Account:
        """An applicant of the service of Lyon, in the filing window."""
        if self.owner is None:
            factories.service()
            self.owner = factories.account()
        return self.owner

    @property
    def client(self) -> PageClient:
        """That applicant's browser."""
        if self.browser is None:
            self.browser = self.visitor().sign_in(self.account)
        return self.browser

    def to(self, path: str) -> str:
        """An address in the case's language."""
        return f"/{self.lang}{path}"

    def draft(self, code: str = "7K2M9QXA41TBZC83WD6R5H") -> Dossier:
        """A draft, whole, with one document that must stay."""
        return factories.complete(factories.draft(self.account), code=code)

    def send(self, content: bytes, name: str) -> TestResponse:
        """A file for the slot « passeport »."""
        self.draft()
        return self.sent_to_draft(content, name)

    def sent_to_draft(self, content: bytes, name: str) -> TestResponse:
        """A file for that slot of the draft that is there."""
        self.client.get(self.to("/demande/etudiant/justificatifs"))
        return self.client.post(self.to("/demande/etudiant/pieces/passport"), {"files": sent(content, name)})

    def photo(self, code: str) -> TestResponse:
        """An e-photo code."""
        factories.draft(self.account)
        codes = {state: {"state": state.lower(), "taken_on": "2026-11-01"} for state in ("USED", "UNSIGNED")}
        codes["EXPIRED"] = {"state": "ready", "taken_on": "2026-01-01"}
        desk = {f"{name:0<22}": known for name, known in codes.items()}
        path = Path(self.app.extensions["settings"].ephoto_url.removeprefix("file:"))
        path.write_text(json.dumps(desk), encoding="utf-8")
        self.client.get(self.to("/demande/etudiant/ressources"))
        return self.client.post(self.to("/demande/etudiant/ephoto"), {"code": code})

    def desk(self, **columns: Any) -> tuple[PageClient, Dossier]:
        """An agent and a dossier of their service."""
        dossier = factories.filed(self.account)
        return enter(self.visitor(), member(dossier.service, **columns), self.clock), dossier


@dataclass(frozen=True)
class Case:
    """One line of the table. `stays` looks at what must not be lost, after the answer."""

    name: str
    does: Callable[[World], TestResponse]
    status: int
    french: str
    english: str
    stays: Callable[[World, TestResponse], bool]


def identify(**changes: str) -> Callable[[World], TestResponse]:
    """The first screen of an account."""

    def does(world: World) -> TestResponse:
        register(world.app.extensions["settings"], permit(), permit(foreign_number="9920000777"))
        client = world.browser = world.visitor()
        client.get(world.to("/compte/creer"))
        return client.post(world.to("/compte/creer"), TYPED | changes)

    return does


def typed_stays(world: World, answer: TestResponse) -> bool:
    """The number is still in its field."""
    return 'value="99 20 00' in answer.text or NUMBER in answer.text.replace(" ", "")


def signup(world: World, *screens: dict[str, str]) -> TestResponse:
    """An account being made, up to the last of these screens."""
    register(world.app.extensions["settings"], permit())
    client = world.browser = world.visitor()
    place, answer = world.to("/compte/creer"), None
    for fields in (TYPED, *screens):
        client.get(place)
        answer = client.post(place, {k: facts()["code"] if v == "CODE" else v for k, v in fields.items()})
        place = answer.location or place
    assert answer is not None
    return answer


def used_link(world: World) -> TestResponse:
    """A link that sets a password, a second time."""
    client = world.visitor()
    client.get(world.to("/compte/oublie"))
    client.post(world.to("/compte/oublie"), {"identifier": world.account.foreign_number})
    place = f"/fr/compte/nouveau-mot-de-passe/{facts()['token']}"
    client.get(place)
    assert client.post(place, {"password": PASSWORD}).status_code == 303
    return client.get(place.replace("/fr/", f"/{world.lang}/", 1))


def second_click(world: World) -> TestResponse:
    """« Déposer » twice: the second answer is the confirmation of the first."""
    world.draft()
    place = world.to("/demande/etudiant/deposer")
    world.client.get(world.to("/demande/etudiant/recapitulatif"))
    world.client.post(place, {"sworn": "yes"})
    return world.client.get(world.client.post(place, {"sworn": "yes"}).location, follow_redirects=True)


def two_tabs(world: World) -> TestResponse:
    """A step saved from a page older than what is stored."""
    factories.draft(world.account)
    place = world.to(f"/demande/etudiant/{PERSONAL.slug}")
    page = world.client.get(place).text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    world.client.post(place, filled(PERSONAL, address="1 rue A", seen=seen))
    return world.client.post(place, filled(PERSONAL, address="2 rue B", seen=seen))


def late_session(world: World) -> TestResponse:
    """A step sent after the session's end."""
    place = world.to(f"/demande/etudiant/{PERSONAL.slug}")
    world.client.get(place)
    world.clock.advance(minutes=31)
    return world.client.get(world.client.post(place, filled(PERSONAL, address="3 rue Neuve")).location)


def expired_permit(world: World) -> TestResponse:
    """The summary of somebody whose permit ended more than six months ago."""
    factories.service()
    ended = factories.today() - timedelta(days=200)
    world.owner = factories.account(factories.identity(ended))
    world.draft()
    return world.client.get(world.to("/demande/etudiant/recapitulatif"))


def store_away(world: World) -> TestResponse:
    """A document while the store of documents does not answer."""
    files = world.app.extensions["gateways"].files
    world.draft()

    def away(*_arguments: Any) -> None:
        raise StoreUnavailable("away")

    object.__setattr__(files, "put", away)
    return world.sent_to_draft(picture(), "carte.jpg")


def mail_away(world: World) -> TestResponse:
    """The filing while no letter can leave."""
    Path(world.app.extensions["settings"].mail_url.removeprefix("file:")).write_text("no folder")
    return second_click(world)


def too_late(world: World) -> TestResponse:
    """An agent who decides on a dossier that a colleague has just taken."""
    desk, dossier = world.desk()
    desk.get(address(dossier))
    assert act(
        enter(world.visitor(), member(dossier.service, name="S. Marchand"), world.clock), dossier, "take"
    )
    return desk.post(address(dossier, "take", world.lang), {"seen": "1"})


def without_reason(world: World) -> TestResponse:
    """A refusal that says nothing."""
    desk, dossier = world.desk()
    assert act(desk, dossier, "take").status_code == 303
    place = address(dossier, "refuse", world.lang)
    seen = desk.get(place).text.split('name="seen" value="')[1].split('"')[0]
    return desk.post(place, {"seen": seen, "reason": " "})


def other_service(world: World) -> TestResponse:
    """A dossier of Lyon at the desk of Paris."""
    dossier = factories.filed(world.account)
    paris = enter(world.visitor(), member(factories.service("75", "Paris")), world.clock)
    return paris.get(address(dossier, lang=world.lang))


def kept(world: World, answer: TestResponse) -> bool:
    """Every document that was there is there."""
    return Document.select().where(Document.removed_at.is_null()).count() == len(
        STUDENT_RENEWAL.needed(journey.Case(ANSWERS))
    )


def still(state: str) -> Callable[[World, TestResponse], bool]:
    """One dossier, in this state."""
    return lambda world, answer: [one.state for one in Dossier.select()] == [state]


def said(text: str) -> Callable[[World, TestResponse], bool]:
    """The page still holds what was typed."""
    return lambda world, answer: text in answer.text


def nobody(world: World, answer: TestResponse) -> bool:
    """No account came to be, and the page does not show a password."""
    return Account.select().count() == 0 and "azerty" not in answer.text


def not_arrived(world: World) -> TestResponse:
    """A code that the desk does not know yet: kept, and the way on is open."""
    answer = world.photo("9" * 22)
    assert answer.status_code == 303
    return world.client.get(world.to("/demande/etudiant/justificatifs"))


def code_kept(world: World, answer: TestResponse) -> bool:
    """The code waits for its photo."""
    return PhotoCode.get().state == "not_arrived"


def no_code(world: World, answer: TestResponse) -> bool:
    """The code is in its field to be mended, and is not kept."""
    return (
        PhotoCode.select().count() == 0 and 'name="code"' in answer.text and Dossier.get().answers == ANSWERS
    )
