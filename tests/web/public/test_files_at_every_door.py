"""Every page that takes files: counted for their sender, refused with the same words and a Retry-After."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from app import intake
from app.intake.queue import Queue
from app.services import received_files
from app.services.access import limits
from app.storage.models import Attachment, Conversation, Document
from tests import factories
from tests.intake.files import picture
from tests.web.agent_pages import act, address, enter, member
from tests.web.forms import sent

pytestmark = pytest.mark.engines("sqlite")

ASKED = {"topic": "form", "text": "La page des documents ne s’ouvre pas.", "page": "/fr/suivi/"}
SENTENCE = "beaucoup de fichiers arrivent en même temps"
FOR_ALL = "nous ne pouvons recevoir aucun fichier pour l’instant"


@dataclass
class Counted(Queue):
    """A queue without a free place, which notes who asked for one."""

    asked: list[str] = field(default_factory=list)

    def _join(self, source: str, cheap: bool) -> bool:
        self.asked.append(source)
        return False


@dataclass
class World:
    """What a door needs."""

    visitor: Any
    clock: Any

    def __post_init__(self) -> None:
        self.dossier = factories.filed()
        self.agent = member(self.dossier.service)
        self.person = f"account {self.dossier.account_id}"

    def mine(self) -> Any:
        """The person's browser."""
        return self.visitor().sign_in(self.dossier.account)

    def asked(self) -> None:
        """The agent asks for a document."""
        desk = enter(self.visitor(), self.agent, self.clock)
        act(desk, self.dossier, "take")
        act(desk, self.dossier, "ask", ask=["passport"], passport_reason="illegible")


Door = Callable[[World], tuple[Any, str, dict[str, Any], str]]


def draft(world: World) -> Any:
    """A document of a draft."""
    owner = factories.account()
    factories.draft(owner)
    client = world.visitor().sign_in(owner)
    return client, "/fr/demande/etudiant/pieces/passport", {}, f"account {owner.id}"


def letter(world: World) -> Any:
    """A letter in place of a document."""
    client, path, _fields, source = draft(world)
    return client, f"{path}/explication", {"why": ""}, source


def correction(world: World) -> Any:
    """A document of a filed application."""
    return world.mine(), f"/fr/suivi/{world.dossier.reference}/documents/passport", {}, world.person


def complement(world: World) -> Any:
    """A document that was asked for."""
    world.asked()
    path = f"/fr/suivi/{world.dossier.reference}/complement/passport"
    return world.mine(), path, {"choice": "replace"}, world.person


def question(world: World) -> Any:
    """A question of somebody who is signed in."""
    return world.mine(), "/fr/aide/ecrire", {**ASKED}, world.person


def stranger(world: World) -> Any:
    """A question of somebody without account."""
    mine = {"email": "anh@exemple.fr", "postcode": "69003"}
    return world.visitor(), "/fr/aide/ecrire", {**ASKED, **mine}, "127.0.0.1"


def begun(world: World) -> Conversation:
    """A question without files."""
    client = world.mine()
    client.get("/fr/aide/ecrire")
    assert client.post("/fr/aide/ecrire", ASKED).status_code == 303
    return Conversation.get()


def reply(world: World) -> Any:
    """A further message."""
    number = begun(world).number
    return world.mine(), f"/fr/suivi/questions/{number}", {"text": "Encore"}, world.person


def answer(world: World) -> Any:
    """The agent's answer."""
    number = begun(world).number
    desk = enter(world.visitor(), world.agent, world.clock)
    path = f"/fr/agents/questions/{number}"
    last = desk.get(path).text.split('name="last" value="', 1)[1].split('"', 1)[0]
    return desk, path, {"text": "Bonjour", "last": last}, f"agent {world.agent.id}"


def written(world: World) -> Any:
    """What an agent writes unasked."""
    desk = enter(world.visitor(), world.agent, world.clock)
    return desk, address(world.dossier, "ecrire"), {"text": "Bonjour"}, f"agent {world.agent.id}"


DOORS: tuple[Door, ...] = (
    draft, letter, correction, complement, question, stranger, reply, answer, written,
)  # fmt: skip


def send(client: Any, path: str, fields: dict[str, Any]) -> Any:
    """Send a file, which is not kept; return the page that tells why."""
    client.get(path)
    before = Attachment.select().count() + Document.select().count()
    told = client.post(path, {**fields, "files": [sent(picture(), "carte.jpg")]})
    assert Attachment.select().count() + Document.select().count() == before
    return client.get(told.location) if told.status_code == 303 else told


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_each_sender_is_counted_and_waits_in_a_queue_before_anything_is_decoded(
    door, app, visitor, clock, monkeypatch
):
    queue = Counted()
    monkeypatch.setattr(intake.shared_sandbox, "queue", queue)
    one_an_hour = limits.Limit("files", "", source=limits.Quota(1, limits.HOUR))
    monkeypatch.setattr(received_files, "FILES", one_an_hour)
    *page, source = door(World(visitor, clock))
    told = send(*page)
    assert queue.asked == [source]
    assert SENTENCE in told.text
    assert told.headers["Retry-After"] == "60"
    told = send(*page)
    assert queue.asked == [source], "the second is too many for this sender, and asks for no place"
    assert SENTENCE in told.text


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_where_nothing_is_confined_every_door_says_so(door, app, visitor, clock, monkeypatch):
    monkeypatch.setattr(intake.shared_sandbox, "needed", frozenset({"a layer of tomorrow"}))
    *page, _source = door(World(visitor, clock))
    told = send(*page)
    assert FOR_ALL in told.text
    assert told.headers["Retry-After"] == "3600"
