"""What agents say of documents: one table for marks, reasons and what a right document looks like."""

import pytest

from app.domain.dossiers.complements import (
    AGAIN,
    CONFORM,
    MARKS,
    NOT_GIVEN,
    OF_DOCUMENTS,
    OWN_WORDS,
    READY,
    REASONS,
    SENTENCES_OF,
    examples,
    faulty,
    is_other,
    marks_for,
    other_key,
    reason,
    reasons_for,
    sentences,
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
    bill = examples(reason("too_old", "home_bill"), "home_bill")
    assert bill == ("une facture d’électricité du mois dernier.",)
    for ready in REASONS:
        fitting = OF_DOCUMENTS.get(ready.key, {})
        assert set(fitting) <= DOCUMENTS, "an example of no document"
        for document in DOCUMENTS - set(fitting):
            assert examples(reason(ready.key, document), document) == (
                (ready.example,) if ready.example else ()
            )
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


# On purpose a second time: the documents that bear the applicant's own name. Each other one has a sentence of its own.
IN_THEIR_NAME = {
    "permit", "passport", "home_bill", "residence_statement", "hotel_statement", "domicile_election", "enrolment",
    "transcripts", "apprentice_contract", "internship_agreement", "mobility_proof", "exemption_proof",
    "scholarship_statement", "payslips", "bank_statement", "commitment", "visa", "birth_certificate", "recent_pay",
    "contract", "diploma", "medical_authorisation", "mandate", "works", "renown", "income", "insurance",
    "no_work_statement", "community_statement", "complaint", "damaged_permit",
}  # fmt: skip


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_the_name_that_is_missing_is_the_one_expected(document):
    """« Envoyez un document à votre nom » was said of the host's bill and of the guarantor's payslips."""
    own = reason("wrong_person", document) == reason("wrong_person", "passport")
    assert own is (document in IN_THEIR_NAME)


def test_the_sentences_of_documents_are_of_documents_that_are_asked_for():
    assert {key for fitting in SENTENCES_OF.values() for key in fitting} == DOCUMENTS - IN_THEIR_NAME
    assert not set(SENTENCES_OF) - set(keys(REASONS))


@pytest.mark.parametrize("document", [*sorted(DOCUMENTS), other_key(1)])
def test_no_ready_sentence_is_false_of_a_document(document):
    """Nor does one point to what is not on the page: a limit under a name that has none, an answer never given."""
    for ready in reasons_for(document):
        assert bool(ready.hint) is (ready.key != OWN_WORDS)
        assert "limite" not in ready.hint
        assert "votre réponse. Envoyez" not in ready.hint
        assert reason(ready.key, document) == ready.hint
        assert sentences(ready.hint) == (((ready.hint, True),) if ready.hint else ())
        assert not ready.hint or READY[ready.hint] == ready.key
    if is_other(document):
        assert "votre nom" not in reason("wrong_person", document)


def test_examples_come_with_the_ready_sentence_and_never_with_own_words():
    ready = REASONS[0]
    assert examples(reason(ready.key, "passport", "La page 3 surtout."), "passport") == (ready.example,)
    assert examples(reason(OWN_WORDS, "passport", "Il manque le tampon."), "passport") == ()


def test_what_is_not_there_has_no_faults_and_what_is_there_is_given():
    assert keys(marks_for(files=False, letter=False)) == [CONFORM, NOT_GIVEN, OWN_WORDS, AGAIN]
    assert NOT_GIVEN not in keys(marks_for(files=True, letter=False))
    assert keys(marks_for(files=True, letter=True)) == keys(MARKS)
