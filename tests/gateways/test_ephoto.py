"""The desk of e-photos: every answer it can give, and six months of validity."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.domain.rules.ephotos import EPhotoState
from app.gateways import ephoto
from app.gateways.ephoto import FileDesk, PhotoDeskUnavailable, WebDesk
from tests.gateways.answering import Desk

TODAY = date(2026, 11, 23)
CODES = {
    "READY00000000000000000": {"state": "ready", "taken_on": "2026-11-01"},
    "USED000000000000000000": {"state": "used", "taken_on": "2026-11-01"},
    "UNSIGNED00000000000000": {"state": "unsigned", "taken_on": "2026-11-01"},
    "REFUSED000000000000000": {"state": "refused", "taken_on": "2026-11-01"},
    "WAIT000000000000000000": {"state": "not_arrived", "taken_on": "2026-11-22"},
    "LASTDAY000000000000000": {"state": "ready", "taken_on": "2026-05-23"},
    "OLD0000000000000000000": {"state": "ready", "taken_on": "2026-05-22"},
}


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("READY00000000000000000", EPhotoState.READY),
        ("USED000000000000000000", EPhotoState.USED),
        ("UNSIGNED00000000000000", EPhotoState.UNSIGNED),
        ("REFUSED000000000000000", EPhotoState.REFUSED),
        ("WAIT000000000000000000", EPhotoState.NOT_ARRIVED),
        ("LASTDAY000000000000000", EPhotoState.READY),
        ("OLD0000000000000000000", EPhotoState.EXPIRED),
        ("NEVERSEEN0000000000000", EPhotoState.NOT_ARRIVED),
    ],
)
def test_states(tmp_path: Path, desk: Desk, code: str, state: EPhotoState):
    path = tmp_path / "ephotos.json"
    path.write_text(json.dumps(CODES), encoding="utf-8")
    assert ephoto.from_url(f"file:{path}").look_up(code, TODAY) is state

    desk.say(200 if code in CODES else 404, CODES.get(code, {}))
    assert WebDesk(desk.url).look_up(code, TODAY) is state
    assert desk.questions == [{"code": code}]


@pytest.mark.parametrize("content", [None, "", "{"])
def test_a_file_that_cannot_be_read_concludes_nothing(tmp_path: Path, content: str | None):
    path = tmp_path / "ephotos.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(PhotoDeskUnavailable):
        FileDesk(path).look_up("READY00000000000000000", TODAY)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, {}),
        (200, b"oops"),
        (200, []),
        (200, None),
        (200, {}),
        (200, {"state": "blurred"}),
        (200, {"state": "ready", "taken_on": "yesterday"}),
    ],
)
def test_an_answer_that_means_nothing_concludes_nothing(desk: Desk, status: int, answer: object):
    desk.say(status, answer)
    with pytest.raises(PhotoDeskUnavailable):
        WebDesk(desk.url).look_up("READY00000000000000000", TODAY)


def test_addresses():
    assert isinstance(ephoto.from_url("https://photos.example/"), WebDesk)
    with pytest.raises(ValueError, match="begins with neither"):
        ephoto.from_url("ftp://photos.example")
