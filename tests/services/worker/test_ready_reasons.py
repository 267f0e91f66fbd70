"""A ready reason chosen in French reaches the person in the language that they read: letter, text message and space."""

from collections.abc import Callable

import pytest
from flask import Flask

from app import jobs
from app.domain.dossiers.complements import REASONS
from app.gateways.sms import Sms
from app.services.decisions import instruction
from app.storage.models import Account, Outbox
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON
from tests.services.decisions.test_undoing import by, row
from tests.services.outside import Post, with_gateways

pytestmark = pytest.mark.engines("sqlite")
READY, OWN = next(reason for reason in REASONS if reason.key == "illegible"), "La page 3 manque."
IN_ARABIC = "هذه الوثيقة غير مقروءة."


def test_a_request_is_read_in_arabic(app: Flask, visitor: Callable[[], PageClient]) -> None:
    filed, officer, post, texts = factories.filed(), factories.agent(), Post(), []

    class Texter:
        def send(self, sms: Sms) -> None:
            texts.append(sms.text)

    with_gateways(app, mail=post, sms=Texter())
    Account.update(language="ar").where(Account.id == filed.account_id).execute()
    instruction.take(filed, by(officer, filed, NOON))
    Outbox.delete().execute()
    instruction.ask(row(filed), by(officer, filed, NOON), {"passport": READY.hint, "permit": OWN})
    jobs.run_once(app, NOON)
    (letter,) = post.letters
    (text,) = texts
    assert letter.language == "ar"
    assert letter.subject.startswith("تُطلب منكم 2 وثيقتان")
    for said in (letter.text, text):
        assert "http://localhost/ar/suivi/" in said
        assert READY.hint not in said
    page = visitor().sign_in(row(filed).account).get(f"/ar/suivi/{filed.reference}/complement").text
    assert IN_ARABIC in page
    assert READY.hint not in page
    assert f'<bdi lang="fr">{OWN}</bdi>' in page
