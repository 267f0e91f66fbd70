"""A demonstration shows translators which entry of the catalogues each sentence is; nothing else does."""

import html5lib
import pytest
from flask import Flask

from app.web.localisation.catalogues import marked_page, plain
from app.web.localisation.named import KEY_BEGINS, KEY_ENDS, SENTENCE_ENDS, entry_key
from app.web.pages.rendering import environment_of
from tests.clients import HTML, PageClient

pytestmark = pytest.mark.engines("sqlite")


def entries(text: str) -> dict[str, str]:
    """The title of each named sentence by its key."""
    found = html5lib.parse(text).iter(f"{HTML}span")
    return {span.get("data-entry"): span.get("title") for span in found if span.get("data-entry")}


@pytest.mark.parametrize("address", ["/{}/", "/{}/titre/etudiant", "/{}/aide/questions", "/{}/compte/creer"])
@pytest.mark.parametrize("code", ["fr", "en", "ar"])
def test_each_sentence_says_its_entry_where_it_was_asked_for(app: Flask, code: str, address: str) -> None:
    browser, other = PageClient(app), PageClient(app)
    page = address.format(code)
    assert not entries(browser.get(page).text)
    browser.get("/dev/phrases?nommer=1")
    text = browser.get(page).text
    help_key = entry_key("Aide")
    assert entries(text)[help_key] == f"{help_key} Aide"
    assert len(entries(text)) > 12
    assert not any(sign in text for sign in (KEY_BEGINS, KEY_ENDS, SENTENCE_ENDS))
    assert not entries(other.get(page).text)
    browser.get("/dev/phrases?nommer=0")
    assert not entries(browser.get(page).text)


def test_a_key_stands_in_no_attribute_title_or_letter(app: Flask) -> None:
    with app.test_request_context("/en/", headers={"Cookie": "phrases=1"}):
        app.preprocess_request()
        template = environment_of("en").from_string(
            '<title>{{ _("Aide") }}</title><a title="{{ _("Aide") }}">{{ pgettext("file", "Votre document") }}</a>'
        )
        key = entry_key("Votre document", "file")
        assert marked_page(template.render()) == (
            f'<title>Help</title><a title="Help"><span data-entry="{key}" title="{key} Votre document">'
            "Your document</span></a>"
        )
        assert plain(environment_of("en").from_string('{{ _("Aide") }}').render()) == "Help"
