"""Searching forgives what people get wrong, and puts what answers first."""

import pytest

from app.domain.help.search import Index, Text, stem, terms

TEXTS = (
    Text("payer", "Comment payer la carte ?", "prix, argent", "Achetez un timbre fiscal. Payez en espèces."),
    Text("photo", "Comment obtenir une e-photo ?", "cabine", "Un photographe agréé. La carte des cabines."),
    Text("adresse", "J’ai déménagé. Que faire ?", "domicile", "Déclarez votre nouvelle adresse."),
    Text("copie", "How do I send a copy?", "", "Your papers, then your residence card."),
)


@pytest.fixture
def index() -> Index:
    return Index(TEXTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("timbres", "timbre"),
        ("fiscaux", "fiscal"),
        ("fiscale", "fiscal"),
        ("copies", "copy"),
        ("perdues", "perdu"),
        ("cabines", "cabine"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("bureaux", "bureal"), ("vol", "volonte"), ("pas", "pa")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’e-photo", {"photo", "ephoto"}),
        ("VLS-TS", {"vls", "ts", "vlst"}),
        ("Où est ma carte ?", {"cart"}),
        ("le la les", set()),
        ("", set()),
        ("0 806 001 620", {"806", "001", "620"}),
    ],
)
def test_what_a_text_tells(text: str, expected: set[str]) -> None:
    assert set(terms(text)) == expected


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("PAYER", "payer"),
        ("timbres fiscaux", "payer"),
        ("espece", "payer"),
        ("ephoto", "photo"),
        ("E-Photos", "photo"),
        ("photogr", "photo"),
        ("photographr", "photo"),
        ("demenage", "adresse"),
        ("déménagé", "adresse"),
        ("nouvelles adresses", "adresse"),
        ("copies", "copie"),
        ("comment payer mon titre", "payer"),
    ],
)
def test_found_whatever_accents_case_plural_and_a_mistake(index: Index, query: str, first: str) -> None:
    assert index.search(query)[:1] == [first]


@pytest.mark.parametrize(
    "query",
    ["", "   ", "?", "le la les", "zzzzz", "a", "<script>", "%(phone)s", "\x00", "é" * 5000, "٣٤", "🙂"],
)
def test_nothing_is_found_and_nothing_breaks(index: Index, query: str) -> None:
    assert index.search(query) == []


def test_a_word_of_the_question_weighs_more_than_one_of_the_answer(index: Index) -> None:
    assert index.search("carte") == ["payer"], "the others only mention it"


def test_more_of_the_words_come_first(index: Index) -> None:
    assert index.search("carte cabines")[0] == "photo"


def test_a_script_without_spaces_is_searched_by_pairs_of_letters() -> None:
    assert terms("居留证 VLS-TS") == ["居留", "留证", *terms("VLS-TS")]
    chinese = Index(
        [
            Text("lost", "我的居留证遗失了怎么办？", "丢失，被盗", "请申报遗失。"),
            Text("fee", "费用是多少？", "价格", "领取居留证时支付。"),
        ]
    )
    assert chinese.search("居留证丢了") == ["lost"]
    assert chinese.search("多少钱") == ["fee"]
    assert chinese.search("护照") == []


@pytest.mark.parametrize(
    ("question", "queries"),
    [
        ("ضاعت بطاقة الإقامة. ماذا أفعل؟", ["البطاقة", "بِطَاقَة", "بطاقه", "بالبطاقة", "اقامة"]),
        ("Що робити, якщо не приходить п’ята літера коду?", ["п'ята", "пʼята", "пята", "ЛІТЕРУ", "коду"]),
        ("আমার কার্ড হারিয়ে গেছে। কী করব?", ["কার্ড", "হারিয়ে", "কার্ড হারানো"]),
        ("کارتم گم شده است. چه می‌شود؟", ["كارتم", "می‌شود", "میشود"]),
        ("Kartım çalındı. Ne yapmalıyım?", ["KARTIM", "calindi", "çalındı"]),
    ],
    ids=["Arabic", "Ukrainian", "Bengali", "Dari", "Turkish"],
)
def test_each_script_is_found_as_people_type_it(question: str, queries: list[str]) -> None:
    index = Index([Text("other", "…", "", ""), Text("wanted", question, "", "")])
    assert {query: index.search(query) for query in queries} == {query: ["wanted"] for query in queries}


def test_a_word_with_signs_of_vowels_is_one_term() -> None:
    assert terms("আবেদন জমা") == ["আবেদন", "জমা"]
