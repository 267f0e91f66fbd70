"""The list of supporting documents and the sealed application on paper."""

from datetime import UTC, datetime

from app.pdf import application_pdf, list_pdf
from tests.pdf.reading import drawn, read, said, text_of

ITEMS = [("Passeport", "", "Pages de l’état civil & des visas."), ("Certificat de scolarité", "", "")]
SECTIONS = [
    ("Informations personnelles", [("Nom", "NGUYỄN"), ("Adresse", "12 rue <b>\nBât. B\n69002 Lyon")]),
    ("Motif", [("Observations", "我 {{ x }}"), ("Vide", "")]),
]
BAND = "DÉMONSTRATION : spécimen sans valeur"


def test_the_list_shows_its_items_and_its_footer():
    pdf = list_pdf("Documents à préparer", "Cochez ce que vous avez.", ITEMS, "10 Mo au plus.", "fr", False)
    text = text_of(pdf)
    for expected in (
        "Documents à préparer",
        "Cochez ce que",
        "Passeport",
        "civil & des visas",
        "10 Mo au plus.",
    ):
        assert expected in text
    assert BAND not in text
    assert read(pdf).metadata.title == "Documents à préparer"
    assert read(pdf).trailer["/Root"]["/Lang"] == "fr"


def test_a_long_list_carries_its_band_and_footer_on_every_page():
    pdf = list_pdf("Supporting documents", "", ITEMS * 30, "10 Mo au plus.", "en", True)
    pages = [" ".join(page.extract_text().split()) for page in read(pdf).pages]
    assert len(pages) > 1
    assert all(BAND in page and "10 Mo au plus." in page for page in pages)
    assert read(pdf).trailer["/Root"]["/Lang"] == "en"


def test_a_list_is_printed_in_any_script():
    text = text_of(list_pdf("قائمة", "护照", [("पासपोर्ट", "", "პასპორტი")], "", "ar", False))
    assert all(word in text for word in ("قائمة", "护照", "पासपोर्ट", "პასპორტი"))


def test_a_list_read_from_the_right_is_laid_out_from_the_right():
    labels = ("VLS-TS: تأشيرة", "صورة (photo)", "إثبات سكن (justificatif de domicile) أقل من")
    pdf = list_pdf("قائمة", "", [("Pièce (1)", label, "") for label in labels], "ملف", "ar", False)
    line = "".join(glyph.text for glyph in drawn(pdf))  # from left to right
    assert line.index("أت") < line.index("VLS-TS")
    assert line.index("(photo)") < line.index("ص", line.index("(photo)"))
    assert line.index("لقأ") < line.index("(justificatif de domicile)") < line.index("تابثإ")
    assert line.count("Pièce (1)") == len(labels)  # in French, its bracket at its end
    assert {(part.words, part.language) for part in said(pdf)} >= {("Pièce (1)", "fr")}
    assert read(pdf).trailer["/Root"]["/Lang"] == "ar"


def test_a_paper_says_its_language_by_its_tag():
    assert (
        read(list_pdf("Mes documents", "", ITEMS, "", "falc", False)).trailer["/Root"]["/Lang"] == "fr-x-falc"
    )
    paper = application_pdf("درخواست", SECTIONS, "", "fa", False)
    assert read(paper).trailer["/Root"]["/Lang"] == "fa-AF"


def test_the_application_prints_every_answer():
    pdf = application_pdf("Demande 69-2026-000123-7", SECTIONS, "Déposée le 12 octobre 2026", "fr", True)
    text = text_of(pdf)
    for expected in ("Nom NGUYỄN", "12 rue <b> Bât. B 69002 Lyon", "我 {{ x }}", "Vide", BAND):
        assert expected in text


def test_the_application_is_dated_and_reproducible():
    made_at = datetime(2026, 10, 12, 12, 5, tzinfo=UTC)
    first, second = (application_pdf("D", SECTIONS, "", "fr", True, made_at=made_at) for _ in range(2))
    assert first == second
    assert read(first).metadata.creation_date == made_at
