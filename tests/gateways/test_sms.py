"""Short messages: kept in the demonstration, handed to a provider elsewhere, once each."""

import os
from pathlib import Path

import pytest

from app.gateways import sms
from app.gateways.sms import FolderTexter, Sms, SmsUnavailable, WebTexter
from tests.gateways.answering import Desk

MESSAGE = Sms("+33612345678", "Votre titre de séjour est disponible.", "notice-1")


def test_messages_are_kept_newest_first_and_once(tmp_path: Path):
    texter = sms.from_url(f"file:{tmp_path / 'sms'}")
    assert isinstance(texter, FolderTexter)
    assert texter.messages() == []
    later = Sms("+33612345678", "Deux", "notice-2")
    texter.send(MESSAGE)
    texter.send(MESSAGE)
    os.utime(tmp_path / "sms" / "notice-1.json", (1, 1))
    texter.send(later)
    assert texter.messages() == [later, MESSAGE]


def test_a_folder_that_cannot_be_written(tmp_path: Path):
    (tmp_path / "taken").write_text("a file stands where the folder should be", encoding="utf-8")
    with pytest.raises(SmsUnavailable):
        FolderTexter(tmp_path / "taken").send(MESSAGE)


def test_a_provider(desk: Desk):
    desk.say(202, {"accepted": True})
    WebTexter(desk.url).send(MESSAGE)
    assert desk.questions == [{"to": MESSAGE.to, "text": MESSAGE.text, "id": "notice-1"}]


@pytest.mark.parametrize("status", [404, 429, 500])
def test_a_provider_that_does_not_take_it(desk: Desk, status: int):
    desk.say(status, {})
    with pytest.raises(SmsUnavailable):
        WebTexter(desk.url).send(MESSAGE)


def test_addresses():
    assert isinstance(sms.from_url("https://sms.example/send"), WebTexter)
    with pytest.raises(ValueError, match="begins with neither"):
        sms.from_url("tel:+33612345678")
