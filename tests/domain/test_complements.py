"""What agents say of documents: one table for marks, reasons and what a right document looks like."""

from app.domain.dossiers.complements import (
    AGAIN,
    CONFORM,
    MARKS,
    NOT_GIVEN,
    OWN_WORDS,
    REASONS,
    examples,
    faulty,
    marks_for,
    reason,
)


def keys(options):
    return [one.key for one in options]


def test_marks_are_the_reasons_and_two_words():
    assert keys(MARKS) == [CONFORM, *keys(REASONS), AGAIN]
    assert [key for key in keys(MARKS) if faulty(key)] == keys(REASONS)


def test_every_ready_reason_has_an_example():
    for one in REASONS:
        assert bool(one.example) is bool(one.hint) is (one.key != OWN_WORDS)


def test_examples_come_with_the_ready_sentence_and_never_with_own_words():
    ready = REASONS[0]
    assert examples(reason(ready.key, "La page 3 surtout.")) == (ready.example,)
    assert examples(reason(OWN_WORDS, "Il manque le tampon.")) == ()


def test_what_is_not_there_has_no_faults_and_what_is_there_is_given():
    assert keys(marks_for(files=False, letter=False)) == [CONFORM, NOT_GIVEN, OWN_WORDS, AGAIN]
    assert NOT_GIVEN not in keys(marks_for(files=True, letter=False))
    assert keys(marks_for(files=True, letter=True)) == keys(MARKS)
