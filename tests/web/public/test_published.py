"""Fixed addresses: whom to tell of a fault of security, and what search engines may read."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from tests.fixtures import NOON


@pytest.mark.engines("sqlite")
def test_a_fault_has_somebody_to_be_told_to(app: Flask, visitor) -> None:
    assert visitor().get("/.well-known/security.txt").status_code == 404
    named = replace(app.extensions["settings"], security_contact="mailto:securite@sejour.example")
    app.extensions["settings"] = named
    answer = visitor().get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert lines["Contact"] == "mailto:securite@sejour.example"
    expires = date.fromisoformat(lines["Expires"].partition("T")[0])
    assert 30 < (expires - NOON.date()).days < 365
    assert lines["Canonical"] == "http://localhost/.well-known/security.txt"
    assert answer.mimetype == "text/plain"


@pytest.mark.engines("sqlite")
def test_robots_read_public_pages_only_and_nothing_invented(app: Flask, visitor) -> None:
    assert "Disallow: /\n" in visitor().get("/robots.txt").text
    app.extensions["settings"] = replace(app.extensions["settings"], environment="production")
    told = visitor().get("/robots.txt").text
    assert "Disallow: /\n" not in told
    for place in ("/suivi/", "/agents/", "/verifier"):
        assert f"Disallow: /*{place}\n" in told
