"""What a screen reader is given of twenty pages, kept in `trees/` and reviewed there: roles, names, states, order.

A page that changed on purpose: `python -m pytest -n 0 tests/accessibility/test_trees.py --keep-trees`, then read the
difference as somebody would who only hears it.
"""

import re
from pathlib import Path

import pytest
from flask import Flask

from app.storage.models import Account, Agent
from tests.accessibility.conftest import Shown, Visitors
from tests.accessibility.trees import ANYBODY, PAGES
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import enter

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.slow]
KEPT = Path(__file__).parent / "trees"
# What is drawn by lot in each run: codes of certificates.
_CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-?[2-9A-HJ-NP-Z]{4}\b")


def tree(shown: Shown) -> str:
    """The accessibility tree of a page, but for its foot, which is the same everywhere."""
    whole = shown.page.locator("body").aria_snapshot()
    return _CODE.sub("CODE-CODE", whole.partition("\n- contentinfo:")[0]) + "\n"


def test_each_page_is_given_as_it_was_reviewed(
    seeded: Flask, shown: Shown, visitor: Visitors, clock: Clock, request: pytest.FixtureRequest
) -> None:
    clients: dict[str, PageClient] = {}
    changed = []
    for name, (who, address) in PAGES.items():
        if who not in clients:
            clients[who] = signed_in(who, visitor, clock)
        shown.open(address, clients[who])
        now, kept = tree(shown), KEPT / f"{name}.yaml"
        if request.config.getoption("keep_trees"):
            kept.write_text(now, encoding="utf-8")
        elif now != kept.read_text(encoding="utf-8"):
            changed.append(name)
    assert changed == []


def signed_in(who: str, visitor: Visitors, clock: Clock) -> PageClient:
    """A browser of this person."""
    if who == ANYBODY:
        return visitor()
    if "@" in who:
        return enter(visitor(), Agent.get(Agent.email == who), clock)
    return visitor().sign_in(Account.get(Account.foreign_number == who))
