"""HEAD shows what GET would, without its body, and acts nowhere: scanners of mail ask so for the links of letters."""

from collections.abc import Callable

import pytest
from flask import Flask, request

from app.services.access.origins import Origin
from app.services.accounts import email_sign_in
from app.storage.models import Entry, Outbox, Session
from app.web.access.letter_links import OPENED
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON

pytestmark = pytest.mark.engines("sqlite")


def test_a_link_that_signs_in_by_a_form_does_not_by_head(visitor: Callable[[], PageClient]) -> None:
    account = factories.account(email="omer@exemple.fr", foreign_number=None)
    email_sign_in.ask(account.email, "", Origin("192.0.2.1"), NOON)
    link = str(Outbox.select().get().payload["facts"]["token"])
    client = visitor().client
    for token in (link, OPENED):
        assert client.head(f"/fr/compte/suivre/lien/{token}").status_code == (303 if token == link else 200)
    assert Entry.get().used_at is None
    assert not Session.select().exists()


@pytest.mark.parametrize("path", ["/fr/", "/fr/compte/connexion", "/fr/nowhere", "/fr/suivi/", "/healthz"])
def test_an_answer_has_the_head_of_get_and_no_body(visitor: Callable[[], PageClient], path: str) -> None:
    whole, head = (visitor().client.open(path, method=method) for method in ("GET", "HEAD"))
    assert (head.status_code, head.data) == (whole.status_code, b"")
    names = {name for name, _value in head.headers}
    assert names == {name for name, _value in whole.headers}


def test_no_view_is_asked_head(app: Flask) -> None:
    seen = []
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: seen.append(request.method))
    try:
        app.test_client().head("/fr/compte/connexion", data=b"identifier=x")
    finally:
        app.before_request_funcs[None].pop(0)
    assert seen == ["GET"]
