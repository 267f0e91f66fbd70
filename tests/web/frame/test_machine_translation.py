"""A browser that translates a page leaves names, references and codes alone: officers compare them by letter."""

import re

from flask import Flask

# What is written of a person, a file or a dossier, as opposed to words that may be translated.
_OWN = re.compile(r"<bdi>\{\{ [^}]*(\|person|\.(name|email|reference|surname|given_names))\b")
_REFERENCE = re.compile(r'<\w+ class="ref\b[^>]*>')


def test_names_and_references_are_marked_in_every_template(app: Flask) -> None:
    loader = app.jinja_env.loader
    assert loader is not None
    marked = 0
    for name in loader.list_templates():
        if name.startswith(("pdf/", "mail/", "dev/")):
            continue
        text = loader.get_source(app.jinja_env, name)[0]
        assert not _OWN.search(text), name
        for element in _REFERENCE.findall(text):
            assert 'translate="no"' in element, (name, element)
        marked += text.count('translate="no"')
    assert marked > 40
