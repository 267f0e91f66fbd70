"""Files sent in pieces, over the pages: whose they are, what is answered, and the form that takes them, once."""

from typing import Any

import pytest
from flask import Flask

from app.storage.models import Attachment, Document, Message, Upload
from tests import factories
from tests.clients import PageClient
from tests.intake.files import picture
from tests.web.forms import sent
from tests.web.procedures import words
from tests.web.public.test_files_at_every_door import ASKED, World, complement, correction, draft, letter

pytestmark = pytest.mark.engines("sqlite")
PIECE = "application/partial-upload"


def begin(client: PageClient, content: bytes, name: str = "carte.jpg") -> Any:
    return client.post("/fr/suivi/envois", {"name": name, "length": len(content)})


def patch(client: PageClient, address: str, offset: object, piece: bytes, **options: Any) -> Any:
    headers = {"Upload-Offset": str(offset), "X-CSRFToken": client.token}
    given = {"data": piece, "headers": headers, "content_type": PIECE, **options}
    return client.client.patch(address, **given)


def arrived(client: PageClient, content: bytes, name: str = "carte.jpg") -> str:
    """The token of a file sent in three pieces."""
    address = begin(client, content, name).headers["Location"]
    third = len(content) // 3 + 1
    for offset in range(0, len(content), third):
        assert patch(client, address, offset, content[offset : offset + third]).status_code == 204
    told = client.client.head(address)
    assert (told.status_code, told.headers["Upload-Offset"]) == (204, str(len(content)))
    return address.rpartition("/")[2]


@pytest.fixture
def client(visitor: Any) -> PageClient:
    client = visitor().sign_in(factories.account())
    client.get("/fr/suivi/")
    return client


def test_a_piece_that_was_cut_on_its_way_is_not_kept(client: PageClient) -> None:
    """Some servers hand on what came until then as though it were all."""
    address = begin(client, b"x" * 100).headers["Location"]
    cut = {"wsgi.input_terminated": True, "CONTENT_LENGTH": "60"}
    assert patch(client, address, 0, b"x" * 50, environ_overrides=cut).status_code == 400
    assert client.client.head(address).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    ("offset", "piece", "options", "status"),
    [
        (1, b"x", {}, 409),
        (0, b"x" * 101, {}, 400),
        (0, b"", {}, 400),
        ("-1", b"x", {}, 400),
        ("²", b"x", {}, 400),
        (0, b"x", {"content_type": "text/plain"}, 415),
        (0, b"x", {"headers": {"Upload-Offset": "0"}}, 400),  # without the token of a form
        (0, b"x" * 600_000, {}, 413),
    ],
)
def test_a_wrong_piece_is_refused_and_changes_nothing(
    client: PageClient, offset: object, piece: bytes, options: dict[str, Any], status: int
) -> None:
    address = begin(client, b"x" * 100).headers["Location"]
    answer = patch(client, address, offset, piece, **options)
    assert answer.status_code == status
    if status == 409:
        assert answer.headers["Upload-Offset"] == "0"
    assert Upload.get().received == 0


def test_a_body_cut_half_way_leaves_nothing(client: PageClient) -> None:
    address = begin(client, b"x" * 100).headers["Location"]
    cut = {"environ_overrides": {"CONTENT_LENGTH": "90"}}
    assert patch(client, address, 0, b"x" * 40, **cut).status_code == 400
    assert Upload.get().received == 0


@pytest.mark.parametrize("method", ["head", "patch", "delete"])
def test_a_file_on_its_way_is_its_sender_s(client: PageClient, visitor: Any, method: str) -> None:
    address = begin(client, b"x" * 100).headers["Location"]
    other, nobody = visitor().sign_in(factories.account()), visitor()
    other.get("/fr/suivi/")
    for somebody, status in ((other, 404), (nobody, 401)):
        headers = {"X-CSRFToken": somebody.token or "x", "Upload-Offset": "0"}
        answer = getattr(somebody.client, method)(address, data=b"x", content_type=PIECE, headers=headers)
        assert answer.status_code == status
    assert Upload.select().count() == 1


def test_a_file_too_heavy_is_refused_before_a_byte_comes(client: PageClient) -> None:
    answer = client.client.post(
        "/fr/suivi/envois", data={"csrf_token": client.token, "name": "a.pdf", "length": "10000001"}
    )
    assert answer.status_code == 422
    assert "10 Mo au plus" in words(answer.json["why"]).replace("\u00a0", " ")
    assert answer.json["cure"]


def test_its_sender_forgets_a_file(client: PageClient) -> None:
    address = begin(client, b"x" * 100).headers["Location"]
    assert client.client.delete(address, headers={"X-CSRFToken": client.token}).status_code == 204
    assert client.client.head(address).status_code == 404


@pytest.mark.parametrize("door", [draft, letter, correction, complement])
def test_a_form_takes_what_arrived_before_it_once(app: Flask, visitor: Any, clock: Any, door: Any) -> None:
    world = World(visitor, clock)
    client, path, fields, _source = door(world)
    client.get("/fr/suivi/")
    good, bad = arrived(client, picture()), arrived(client, b"Bonjour", "note.txt")
    before = Document.select().count()
    for _again in range(2):  # as after an answer that was lost
        answer = client.post(path, {**fields, "sent": [good, bad]}, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert "« note.txt »" in words(answer.text).replace("\u00a0", " ")
        assert Document.select().count() == before + 1
    assert client.post(path, {**fields, "sent": [good]}).status_code == 303
    assert Document.select().count() == before + 1
    with pytest.raises(Exception, match="envois"):
        app.extensions["gateways"].files.read(f"envois/{good}/00000000")


def test_what_has_not_wholly_arrived_or_is_somebody_else_s_is_not_taken(visitor: Any, clock: Any) -> None:
    world = World(visitor, clock)
    client, path, fields, _source = draft(world)
    client.get("/fr/suivi/")
    half = begin(client, picture()).headers["Location"].rpartition("/")[2]
    other = visitor().sign_in(factories.account())
    other.get("/fr/suivi/")
    theirs = arrived(other, picture())
    answer = client.post(path, {**fields, "sent": [half, theirs]})
    assert answer.status_code == 422
    assert "Aucun fichier" in answer.text
    assert not Document.select().where(Document.name == "carte.jpg").exists()


def test_a_message_takes_them_and_said_twice_is_one(visitor: Any, clock: Any) -> None:
    client = World(visitor, clock).mine()
    client.get("/fr/aide/ecrire")
    token = arrived(client, picture())
    for _again in range(2):
        fields = {**ASKED, "sent": token, "files": [sent(picture(), "autre.jpg")]}
        assert client.post("/fr/aide/ecrire", fields).status_code == 303
    assert Message.select().count() == 1
    assert [file.name for file in Attachment.select().order_by(Attachment.id)] == ["carte.jpg", "autre.jpg"]
