"""Names come out of the paper as they went in, whatever their script; what has no font is in Latin letters, marked."""

import subprocess
import sys
import unicodedata
from functools import cache
from struct import unpack_from

import pytest
from reportlab.pdfbase.ttfonts import TTFError

from app.pdf import FONTS_DIR, attestation_pdf, list_pdf
from app.pdf.families import FAMILIES, LATIN
from app.pdf.scripts import ARABIC, LEFT, RIGHT, FontSet, font_set, reads_from_right
from app.settings import ROOT
from tests.pdf.facts import CHECK_URL, NAMES, OPERATOR, SCRIPTS, facts
from tests.pdf.reading import drawn, text_of

EVERY_SCRIPT = pytest.mark.parametrize("name", SCRIPTS.values(), ids=SCRIPTS)


@cache
def fonts() -> FontSet:
    """The fonts as papers use them."""
    text_of(list_pdf("Noms", "", [], "", "fr", False))  # the engine is extended by the first print
    return font_set(FONTS_DIR)


def names_pdf(*names: str) -> bytes:
    """A list with each name in bold, then in regular."""
    return list_pdf("Noms", "", [(name, "", name) for name in names], "", "fr", False)


@pytest.mark.parametrize("joined", ["", "\u200d"], ids=["marks", "joined marks"])
@pytest.mark.parametrize(
    "mark",
    ["\u0300", "\u0327", "\u1ab0", "\u064b", "\u0e34", "\u0e49"],
    ids=lambda mark: unicodedata.name(mark),
)
def test_a_heap_of_marks_stops_no_paper(mark: str, joined: str):
    """Two hundred of them on one letter have no place in a glyph: the engine failed, at each try."""
    assert names_pdf("Nom" + (mark + joined) * 2000)
    assert font_set(FONTS_DIR).printable("Nom" + mark * 30).count(mark) == 30, "what a language needs stays"


def test_the_sample_is_large():
    assert len(NAMES) == len(set(NAMES)) >= 200
    written = {unicodedata.name(letter).split()[0] for name in NAMES for letter in name if letter.isalpha()}
    assert {"LATIN", "GREEK", "CYRILLIC"} <= written


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_name_is_extracted_identical_in_both_weights(form):
    names = [unicodedata.normalize(form, name) for name in NAMES]
    bold = text_of(list_pdf("Noms", "", [(name, "", "") for name in names], "", "fr", False))
    regular = text_of(list_pdf("Noms", "", [("–", "", name) for name in names], "", "fr", False))
    assert [name for name in NAMES if name not in bold] == []
    assert [name for name in NAMES if name not in regular] == []


@pytest.mark.parametrize("name", [*NAMES[::12], *SCRIPTS.values()])
def test_the_holder_is_extracted_identical_from_an_attestation(name):
    given, _, surname = name.partition(" ")
    page = attestation_pdf(facts(given_names=given, surname=surname), CHECK_URL, False, OPERATOR)
    assert name in text_of(page)


def test_every_latin_greek_and_cyrillic_letter_has_a_glyph():
    blocks = [(0x20, 0x24F), (0x370, 0x3E1), (0x3F0, 0x52F), (0x1E00, 0x1FFF)]
    expected = {chr(code) for start, end in blocks for code in range(start, end + 1)}
    printed = {letter for letter in expected if unicodedata.category(letter) not in ("Cc", "Cn")}
    assert {letter for letter in printed if fonts().family_of(letter) is not LATIN} == set()
    assert set("ƏəƠơƯưʻʼ’ʾʿ«»·–−€№\u00a0\u202f\u2011") <= fonts().plain


@EVERY_SCRIPT
def test_every_script_is_read_back_in_both_weights(name):
    assert text_of(names_pdf(name)).count(name) == 2


@EVERY_SCRIPT
def test_every_script_is_drawn_by_a_font_that_is_embedded(name):
    """Never by .notdef, the glyph of a letter that a font lacks, which shows as a box."""
    glyphs = [one for one in drawn(names_pdf(name)) if one.text.strip() or one.code != ord(" ")]
    assert all(one.embedded for one in glyphs)
    assert all(one.code for one in glyphs), "ReportLab keeps code 0 for .notdef"


@pytest.mark.parametrize(
    ("word", "glyphs"),
    [
        ("محمد", 4),
        ("क्षि", 2),  # a ligature, its vowel before it
        ("Ọ̀", 2),
        ("👨‍👩‍👧", 1),
        ("🇫🇷", 1),
    ],
)
def test_letters_join_and_stack(word, glyphs):
    """What a page holds of such a word is private code points: from the left in plane 15, from the right in plane 16."""
    shaped = fonts().shape_page(f"<body>{word}</body>")[len("<body>") : -len("</body>")]
    assert len(shaped) == glyphs
    assert {ord(letter) >= RIGHT for letter in shaped} == {word == "محمد"}
    assert all(ord(letter) >= LEFT for letter in shaped)


def test_letters_have_the_shape_of_their_place():
    """The meem in the middle of a word is another glyph than the one that ends it, and than a meem alone."""
    shaped = [fonts().shape_page(f"<body>{word}</body>")[6:-7] for word in ("محمد", "م", "قلم")]
    numbers = fonts().weights(FAMILIES[1]).regular.face.charToGlyph
    meems = [numbers[ord(letter)] for letter in (shaped[0][0], shaped[0][2], shaped[1][0], shaped[2][-1])]
    assert len(set(meems)) == len(meems)


def test_a_mark_stands_over_its_letter():
    """Its glyph is the font's own, moved: a composite glyph with an offset."""
    base, mark = fonts().shape_page("<body>Ọ̀</body>")[6:-7]
    face = fonts().weights(LATIN).regular.face
    assert face.charToGlyph[ord(base)] == face.charToGlyph[ord("Ọ")]
    number, own = face.charToGlyph[ord(mark)], face.charToGlyph[ord("\u0300")]
    box, own_box = (
        unpack_from(">4h", face.get_table("glyf"), face.glyphPos[one] + 2) for one in (number, own)
    )
    moves = [there - here for here, there in zip(own_box, box, strict=True)]
    assert moves[:2] == moves[2:]
    assert moves[1] > 100, (
        "an O with a dot below is a capital: its grave stands higher than over a small letter"
    )


@pytest.mark.parametrize(
    ("text", "from_left"),
    [
        ("chez محمد, appt 12-14 (porte 3)", "chez دمحم, appt 12-14 (porte 3)"),
        ("محمد, 12 rue du Lac", "دمحم, 12 rue du Lac"),
        ("(א) רחוב 12-14", "12-14 בוחר (א)"),
        ("شارع ١٢", "١٢ عراش"),
        ("شارع الجامعة 12، Lyon (3)", "Lyon (3) ،12 ةعماجلا عراش"),
    ],
)
def test_a_line_that_mixes_directions_is_drawn_in_the_order_of_reading(text, from_left):
    line = "".join(one.text for one in drawn(list_pdf("–", "", [("", "", text)], "", "fr", False)))
    assert from_left in line


@pytest.mark.parametrize(
    ("text", "from_right"),
    [
        ("محمد", True),
        ("محمد, votre demande est acceptée", False),
        ("شارع 12", True),
        ("12", False),
        ("", False),
    ],
)
def test_a_text_is_read_from_where_most_of_its_letters_are(text, from_right):
    assert reads_from_right(text) is from_right


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("chez 王小明 → porte 3", "chez 王小明 → porte 3"),
        ("🏠 😊", "🏠 😊"),
        ("ⵎⵓⵃⵎⴷ ⴰⵢⵜ, puis", "[transcription : muhmd ayt], puis"),
        ("a\ue000b", "a[transcription : ?]b"),
        ("\U000f0000\U00100000", "[transcription : ?, ?]"),
        ("\u0378", "[transcription : ?]"),
        ("a\x07b\u200bc\ufeffd\u00ade", "abcde"),
        ("\u202eabc\u202c", "abc"),
        ("25 ㎡, ⅬⅭ, ジャン・ピエール", "25 ㎡, LC, ジャン·ピエール"),
        ("❤\ufe0f 1\ufe0f\u20e3", "❤ 1\u20e3"),
        ("Nguye\u0302\u0303n\n", "Nguyễn\n"),
        ("سلام", "\u2067سلام\u2069"),
        ("chez سلام, 3", "chez \u2068سلام\u2069, 3"),
    ],
)
def test_what_no_font_has_is_told_in_latin_letters(text, printed):
    names_pdf("م", "क्षि")  # whose glyphs take private code points
    assert fonts().printable(text) == printed


def test_nothing_that_can_be_typed_stops_a_paper():
    """A letter in 512 of Unicode, with a mark, between letters of three scripts."""
    letters = [chr(code) for code in range(0, 0x30000, 0x200) if unicodedata.category(chr(code)) != "Cs"]
    texts = [f"a{letter}\u0301 م{letter}م क{letter}क" for letter in [*letters, "\U000e0041", "\U0010ffff"]]
    pdf = list_pdf("Noms", "", [(text, "", "") for text in texts], "", "fr", False)
    assert all(one.code for one in drawn(pdf))


def test_a_font_is_read_when_a_text_needs_it():
    script = (
        "from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames;"
        "from tests.pdf.test_letters import *; names_pdf('Thị Ánh');"
        "before = set(getRegisteredFontNames()); names_pdf('ნინო');"
        "print(*sorted(name.split()[-1] for name in getRegisteredFontNames() if name not in before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["NotoSansGeorgian_400Regular", "NotoSansGeorgian_700Bold"]


def test_a_font_that_is_not_there_is_told(tmp_path):
    for path in set(LATIN.files(tmp_path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(FONTS_DIR / path.relative_to(tmp_path))
    assert list_pdf("Noms", "", [("Thị Ánh", "", "")], "", "fr", False, fonts_dir=tmp_path)
    with pytest.raises(TTFError, match="NotoSansGeorgian"):
        list_pdf("Noms", "", [("ნინო", "", "")], "", "fr", False, fonts_dir=tmp_path)


def test_every_family_is_there_with_its_licence():
    for family in FAMILIES:
        regular, bold = family.files(FONTS_DIR)
        assert regular.is_file()
        assert bold.is_file()
        assert "SIL OPEN FONT LICENSE" in (regular.parents[1] / "LICENSE_FONT").read_text().upper()


def test_the_same_bytes_whatever_was_printed_before():
    """Placed glyphs get their private code points as they come; none is in the file."""
    script = (
        "import sys; from tests.pdf.test_letters import *; [names_pdf(name) for name in {}];"
        "sys.stdout.buffer.write(names_pdf(*SCRIPTS.values()))"
    )
    orders = ([], [*SCRIPTS.values()][::-1], ["Thị Ánh", "محمود 王"])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script.format(ascii(order))], cwd=ROOT, check=True, capture_output=True
        ).stdout
        for order in orders
    }
    assert len(outputs) == 1
    assert outputs == {names_pdf(*SCRIPTS.values())}


def test_glyphs_of_old_papers_are_forgotten(monkeypatch):
    monkeypatch.setattr("app.pdf.scripts._MOST", 3)
    before = names_pdf("محمد")
    letters = fonts().weights(FAMILIES[1]).regular.face.charToGlyph
    many = len(letters)
    for name in SCRIPTS.values():
        names_pdf(name)
    assert names_pdf("محمد") == before
    assert len(letters) <= many


def test_a_paper_with_more_glyphs_than_private_letters_is_printed(monkeypatch):
    fonts()
    monkeypatch.setattr("app.pdf.scripts.END", ARABIC)
    assert "Thị Ánh" in text_of(names_pdf("بتث Thị Ánh"))
