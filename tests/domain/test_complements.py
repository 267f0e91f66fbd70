"""What agents say of documents: one table for marks, reasons and what a right document looks like."""

from app.domain.dossiers.complements import (
    AGAIN,
    CONFORM,
    MARKS,
    NOT_GIVEN,
    OF_DOCUMENTS,
    OWN_WORDS,
    REASONS,
    examples,
    faulty,
    marks_for,
    reason,
)
from app.domain.procedures import on_offer


def keys(options):
    return [one.key for one in options]


def test_marks_are_the_reasons_and_two_words():
    assert keys(MARKS) == [CONFORM, *keys(REASONS), AGAIN]
    assert [key for key in keys(MARKS) if faulty(key)] == keys(REASONS)


DOCUMENTS = {document.key for journey in on_offer() for document in journey.documents}


def test_an_example_is_of_its_own_document():
    """A passport asked for again has never had the example of a school certificate beside it."""
    bill = examples(reason("too_old", ""), "home_bill")
    assert bill == ("une facture d’électricité du mois dernier.",)
    for ready in REASONS:
        fitting = OF_DOCUMENTS.get(ready.key, {})
        assert set(fitting) <= DOCUMENTS, "an example of no document"
        for document in DOCUMENTS - set(fitting):
            assert examples(reason(ready.key, ""), document) == ((ready.example,) if ready.example else ())
    named = (
        "passeport",
        "scolarité",
        "bail",
        "facture",
        "banque",
        "relevé",
        "Kbis",
        "bulletin",
        "contrat",
        "visa",
    )
    assert not [r.example for r in REASONS if any(word in r.example for word in named)], "fits any document"


def test_examples_come_with_the_ready_sentence_and_never_with_own_words():
    ready = REASONS[0]
    assert examples(reason(ready.key, "La page 3 surtout."), "passport") == (ready.example,)
    assert examples(reason(OWN_WORDS, "Il manque le tampon."), "passport") == ()


def test_what_is_not_there_has_no_faults_and_what_is_there_is_given():
    assert keys(marks_for(files=False, letter=False)) == [CONFORM, NOT_GIVEN, OWN_WORDS, AGAIN]
    assert NOT_GIVEN not in keys(marks_for(files=True, letter=False))
    assert keys(marks_for(files=True, letter=True)) == keys(MARKS)
