"""What a screen reader gets out of a paper: headings, lists, tables and links, in order, each in its language."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from app.domain.dossiers.attestations import Facts
from app.domain.dossiers.decision_letters import Head
from app.pdf import application_pdf, attestation_pdf, attestation_values, list_pdf
from app.pdf.engine import html
from app.pdf.letters import letter_pdf
from tests.pdf.facts import CHECK_URL, LONGEST, OPERATOR, facts
from tests.pdf.reading import Said, drawn, read, said

HEAD = Head("Préfecture du Rhône", "Lyon", "Awa DIALLO", "69-2026-000123-7")
DAY = datetime(2026, 11, 23, tzinfo=UTC)


def application() -> bytes:
    """An application of three pages."""
    rows = [("École", "Université Lumière"), ("Adresse", "29 rue Rochaix\n69003 Lyon")] * 40
    return application_pdf("Demande 69-2026-000123-7", [("Études", rows)], "Guichet séjour", "fr", True)


PAPERS = {
    "attestation": lambda: attestation_pdf(facts(), CHECK_URL, True, OPERATOR),
    "longest attestation": lambda: attestation_pdf(facts(**LONGEST), CHECK_URL, True, OPERATOR),
    "list": lambda: list_pdf(
        "Your documents", "To bring", [("Passeport", "Passport", "Each page")] * 30, "", "en", True
    ),
    "application": application,
    "letter": lambda: letter_pdf(
        HEAD, [["Madame,"], ["Une phrase."]] * 30, OPERATOR, DAY, demonstration=True
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_letter_is_in_the_structure_or_repeated_on_each_page(name: str) -> None:
    pdf = PAPERS[name]()
    document = read(pdf)
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 – a PDF’s own true
    assert root["/Lang"] == ("en" if name == "list" else "fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 – a PDF’s own true
    assert document.metadata
    assert document.metadata.title
    left_out = "".join(glyph.text for glyph in drawn(pdf) if glyph.piece is None)
    assert set(left_out.split()) <= set(running(name)), left_out[:200]
    for part in said(pdf):
        assert part.words, part
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for place, page in enumerate(document.pages):
        owners = numbers[2 * page["/StructParents"] + 1].get_object()
        pieces = {glyph.piece[1] for glyph in drawn(pdf) if glyph.piece and glyph.piece[0] == place}
        assert pieces <= set(range(len(owners)))
        assert page["/Tabs"] == "/S"


def running(name: str) -> list[str]:
    """The words of the head and foot that stand on each page, and page numbers."""
    if "attestation" in name:
        return []
    band = "DÉMONSTRATION : spécimen sans valeur · DEMONSTRATION: specimen, no value"
    return [
        *band.split(),
        *"Guichet séjour".split(),
        *"1 2 3 4 5".split(),
        *f"{HEAD.service} · {HEAD.reference}".split(),
    ]


def test_the_certificate_is_said_in_the_order_of_its_template_and_in_its_languages() -> None:
    parts = said(attestation_pdf(facts(), CHECK_URL, True, OPERATOR))
    assert " ".join(part.words for part in parts) == words_of(facts())
    kinds = {part.words: (part.kinds[1:], part.language) for part in parts}
    assert kinds["Titulaire · Holder"] == (("Table", "TR", "TH"), "fr")
    assert kinds["Thị Ánh NGUYỄN"] == (("Table", "TR", "TD"), "fr")
    assert kinds["Extension certificate"] == (("P",), "en")
    assert kinds["In plain English"] == (("H2",), "en")
    assert kinds["guichet.example/fr/verifier"] == (("P", "Link"), "fr")
    assert kinds["• Maintains every right attached to the previous permit."] == (("L", "LI", "LBody"), "en")
    assert [part.kinds[-1] for part in parts].count("Figure") == 1
    assert [part.words for part in parts if part.kinds[-1] == "H1"] == [
        "Attestation de prolongation d’instruction (ADP, aussi appelée API)"
    ]


def words_of(shown: Facts) -> str:
    """The words of the template of a certificate, in their order, its picture by what stands for it."""
    values = attestation_values(shown, CHECK_URL, demonstration=True, operator=OPERATOR)
    body = html("attestation.html", dense=False, **values).partition("<body>")[2]
    spoken = re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"\1", body)
    return " ".join(
        unescape(
            re.sub(r"<(?!/?(?:b|span)\b)[^>]+>", " ", re.sub(r"</?(?:b|span)\b[^>]*>", "", spoken))
        ).split()
    )


def test_a_table_that_lays_out_is_none_and_lines_of_an_answer_stay_apart() -> None:
    kinds = {part.kinds for part in said(application())}
    assert kinds == {("Document", "H1"), ("Document", "H2"), *table("TH"), *table("TD")}
    assert Said(("Document", "Table", "TR", "TD"), "fr", "29 rue Rochaix 69003 Lyon") in said(application())
    letter = PAPERS["letter"]()
    assert {part.kinds for part in said(letter)} == {("Document", "P")}


def table(cell: str) -> set[tuple[str, ...]]:
    """A cell of a table."""
    return {("Document", "Table", "TR", cell)}
