"""A token of a letter stands in one address only: the page it opens, its form and its languages have none."""

import pytest

from app.services.access.origins import Origin
from app.services.accounts import accounts
from app.storage.models import Outbox
from app.web.access.letter_links import OPENED
from tests import factories
from tests.fixtures import NOON

NEW = "une barque verte sur la rive"


@pytest.fixture
def token(app) -> str:
    accounts.ask_reset(factories.account(email="anh@exemple.fr").email, Origin("192.0.2.1"), NOON)
    return str(Outbox.select().get().payload["facts"]["token"])


def test_the_page_has_its_token_nowhere_and_works_without_scripts(app, visitor, token):
    client = visitor()
    first = client.client.get(f"/fr/compte/nouveau-mot-de-passe/{token}")
    assert (first.status_code, first.location) == (303, f"/fr/compte/nouveau-mot-de-passe/{OPENED}")
    page = client.get(first.location)
    assert page.status_code == 200
    assert token not in page.text
    assert client.get(f"/en/compte/nouveau-mot-de-passe/{OPENED}").status_code == 200
    answer = client.post(first.location, {"password": NEW})
    assert answer.location == "/fr/compte/connexion?changed=1"


def test_without_a_link_opened_before_the_page_is_a_dead_link(app, visitor, token):
    assert visitor().get(f"/fr/compte/nouveau-mot-de-passe/{OPENED}").status_code == 410


def test_what_the_link_asks_besides_comes_along(app, visitor, token):
    answer = visitor().client.get(f"/fr/compte/nouveau-mot-de-passe/{token}?utm_source=x&provisoire=1")
    assert answer.location.endswith(f"/{OPENED}?utm_source=x&provisoire=1")


@pytest.mark.parametrize(
    "asked",
    ["endpoint=x", "_method=DELETE", "_external=1", "_scheme=javascript", "_anchor=x", "lang=en", "a=1&a=2"],
)
def test_nothing_that_the_link_asks_changes_where_it_leads(app, visitor, token, asked):
    page = f"/fr/compte/nouveau-mot-de-passe/{OPENED}"
    answer = visitor().client.get(f"/fr/compte/nouveau-mot-de-passe/{token}?{asked}")
    assert (answer.status_code, answer.location) == (303, f"{page}?{asked}")


def test_each_page_keeps_the_link_that_opened_it(app, visitor, token):
    """Another letter opened meanwhile, in another tab, takes nothing from this page and gives it nothing."""
    client, page = visitor(), f"/fr/compte/nouveau-mot-de-passe/{OPENED}"
    client.client.get(f"/fr/compte/nouveau-mot-de-passe/{token}")
    client.client.get(f"/fr/compte/adresse-perdue/lien/{'t' * 43}")
    assert client.get(page).status_code == 200
    other = visitor()
    other.client.get(f"/fr/compte/adresse-perdue/lien/{token}")
    assert other.get(page).status_code == 410


@pytest.mark.parametrize("after", [".", "%C2%A0!", ">", "%C2%BB."])
def test_the_end_of_a_sentence_is_no_part_of_the_link(app, visitor, token, after):
    assert visitor().get(f"/fr/compte/nouveau-mot-de-passe/{token}{after}").status_code == 200


def test_every_page_of_a_token_is_led_so(app, visitor):
    """A new address with a token cannot be forgotten: the rule is for all."""
    rules = [rule for rule in app.url_map.iter_rules() if "token" in rule.arguments]
    assert len(rules) >= 9
    for rule in rules:
        path = rule.rule.replace("<lang:lang>", "fr").replace("<token>", "t" * 43)
        assert OPENED in visitor().client.get(path).location, path
