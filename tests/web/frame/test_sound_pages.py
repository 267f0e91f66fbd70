"""The check of every page that a test sees: a sound one passes, each fault is found."""

import pytest

from tests.sound_pages import check_page

SOUND = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Accueil &amp; aide</title><script src="/a.js"></script></head>
<body><!-- a note --><h1 id="top">Bonjour</h1><p>&nbsp;« x &gt; y »</p>
<form method="post"><input type="hidden" name="t" value="&#34;"><label for="name">Nom</label>
<input id="name" name="name" aria-describedby="top"><label>Âge <input name="age"></label><button>Envoyer</button></form>
<table><tr><td>1</td></tr></table></body></html>"""
FAULTS = {
    "no doctype": ("<!doctype html>", ""),
    "no language": (' lang="fr"', ""),
    "two h1": ("<p>", "<h1>Encore</h1><p>"),
    "no h1": ("h1", "h2"),
    "no title": ("Accueil &amp; aide", " "),
    "an id twice": ("<p>", '<p id="top">'),
    "a field without label": ('for="name"', 'for="nom"'),
    "described by nothing": ('"top"><label>', '"bottom"><label>'),
    "inline style": ("<p>", '<p style="color: red">'),
    "inline style sheet": ("</head>", "<style>p {}</style></head>"),
    "inline script": (' src="/a.js"', ""),
    "a handler": ("<button>", '<button onclick="x()">'),
    "an element that is not closed": ("<p>", "<p><b>"),
    "one that is closed alone": ("<p>", "</i><p>"),
    "one within another that may not hold it": ("<p>", "<p><div></p><p></div>"),
    "an element where a table has none": ("<table>", "<table><div></div>"),
    "an attribute twice": ("<p>", '<p lang="fr" lang="en">'),
    "a value without quotes": ("<p>", "<p lang=fr>"),
    "a sign that is no reference": ("&gt;", "&"),
    "and in a value": ("&#34;", "a & b"),
    "a reference nobody knows": ("&nbsp;", "&nosuch;"),
    "a tag in words": ("&gt;", "<"),
    "a tag in a value": ("&#34;", "<b>"),
    "a control character": ("Bonjour", "Bon\x0cjo\x08ur"),
    "a term without a word": ("<table>", "<dl><dt><span>&nbsp;</span></dt><dd>1</dd></dl><table>"),
    "an element that closes itself": ("<h1", "<div/><h1"),
}


def test_a_sound_page_passes() -> None:
    check_page(SOUND)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(fault: str) -> None:
    right, wrong = FAULTS[fault]
    assert right in SOUND
    with pytest.raises(AssertionError):
        check_page(SOUND.replace(right, wrong))


def test_what_was_found_right_once_is_looked_at_again() -> None:
    check_page(SOUND)
    with pytest.raises(AssertionError, match="no label"):
        check_page(SOUND.replace('id="name"', 'id="nom"'))
