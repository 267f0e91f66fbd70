"""A link of a letter that did its work: neither a second click nor the way back reads that it is dead."""

from tests.fixtures import Clock
from tests.web.accounts import Visitor, facts, letters
from tests.web.compte.test_email_recovery import account, ask  # noqa: F401 – a fixture


def test_a_link_that_did_its_work_leads_on(visitor: Visitor, account, clock: Clock):  # noqa: F811 – the fixture
    """It was said to ask again, while the request was on its way."""
    client = visitor()
    ask(client)
    link = f"/fr/compte/adresse-perdue/lien/{facts()['token']}"
    client.get(link)
    done = "/fr/compte/adresse-perdue/confirmee"
    for _ in range(2):
        assert client.post(link).location == done
        assert client.get(link).location == done
    assert [one["template"] for one in letters()].count("mail/accounts/mailbox_asked.txt") == 1
    clock.advance(hours=25)
    assert client.get(link).status_code == 410
