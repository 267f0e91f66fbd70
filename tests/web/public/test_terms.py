"""The page of the words of the administration."""

import pytest
from flask import Flask

from tests.clients import PageClient

pytestmark = pytest.mark.engines("sqlite")


def test_words_of_the_administration_are_said_in_french_beside_the_language_of_the_page(app: Flask) -> None:
    browser = PageClient(app)
    french = '<dt><b lang="fr" dir="ltr">titre de séjour</b></dt><dd>'
    assert (
        f"{french}<b>بطاقة إقامة</b><br>وثيقة تثبت حق العيش في فرنسا</dd>"
        in browser.get("/ar/aide/mots").text
    )
    assert (
        f"{french}document qui prouve le droit de vivre en France</dd>" in browser.get("/fr/aide/mots").text
    )
    for page in ("aide", "aide/contact"):
        assert 'href="/ar/aide/mots"' in browser.get(f"/ar/{page}").text
