"""Too many dossiers opened: the page says so, until when, and that the supervisor knows."""

import pytest

from app.services.access import limits
from app.services.review import access_log
from app.storage.models import SearchRecord
from tests import factories
from tests.web.agent_pages import address, enter, member


@pytest.mark.parametrize(("lang", "words"), [("fr", "beaucoup de dossiers"), ("en", "many applications")])
def test_the_page_says_how_many_until_when_and_who_knows(app, visitor, clock, monkeypatch, lang, words):
    monkeypatch.setattr(
        access_log, "READING", limits.Limit("reading", "", account=limits.Quota(1, limits.HOUR))
    )
    first = factories.filed()
    second = factories.filed(factories.account(factories.identity(foreign_number="0123456789")))
    desk = enter(visitor(), member(first.service), clock)
    assert desk.get(address(first, lang=lang)).status_code == 200
    refused = desk.get(address(second, lang=lang))
    assert refused.status_code == 429
    assert words in refused.text
    assert desk.get(address(first, lang=lang)).status_code == 200


def test_typed_words_of_the_queue_are_recorded(app, visitor, clock):
    desk = enter(visitor(), member(factories.filed().service), clock)
    desk.get("/fr/agents/")
    assert SearchRecord.select().count() == 0
    desk.get("/fr/agents/?q=nguyen")
    assert SearchRecord.get().words == "nguyen"
