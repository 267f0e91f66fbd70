"""The wording each attestation must carry: the oracle is the prefecture's own page, sentence by sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from app.domain.dossiers.attestations import (
    ALPHABET,
    Facts,
    new_code,
    normalise_code,
    public_rows,
    spell_code,
)
from app.domain.rules.births import BirthDate
from app.domain.rules.rights import RIGHTS, TITLES, AttestationKind, Situation

DEPOSIT, EXTENSION, FAVOURABLE, *DECLARED = AttestationKind
FIRST, RENEWAL, CONTINUED = Situation

FACTS = Facts(
    kind=EXTENSION,
    situation=RENEWAL,
    code="K7QM42XD",
    surname="NGUYỄN",
    given_names="Thị Ánh",
    born_on=BirthDate(2002, 3, 14),
    nationality_fr="vietnamienne",
    nationality_en="Vietnamese",
    foreign_number="9920000137",
    reference="69-2026-000123-7",
    procedure_fr="renouvellement, étudiant",
    procedure_en="renewal, student",
    filed_at=datetime(2026, 10, 12, 22, 30, tzinfo=UTC),
    permit_fr="carte de séjour temporaire",
    permit_en="temporary residence permit",
    permit_until=date(2027, 1, 31),
    service="Service du séjour de Lyon",
    issued_at=datetime(2027, 1, 28, 9, 4, tzinfo=UTC),
    valid_from=date(2027, 2, 1),
    valid_until=date(2027, 4, 30),
)


def test_every_kind_in_every_situation_says_what_it_proves():
    of_permits = set(product((DEPOSIT, EXTENSION, FAVOURABLE), Situation))
    assert RIGHTS.keys() == of_permits | {(kind, RENEWAL) for kind in DECLARED}
    assert TITLES.keys() == set(AttestationKind)
    for rights in RIGHTS.values():
        assert rights.mentions
        assert len(rights.plain) == len(rights.english) > 0
        assert rights.stay
        assert rights.work
        assert rights.travel


def test_extension_of_a_first_application():
    assert RIGHTS[EXTENSION, FIRST].mentions == (
        "Ne permet pas de voyager et d'entrer dans l'espace Schengen quel que soit le point d'entrée",
        "Elle ne permet pas d'acquérir de nouveaux droits (sauf exception mentionnée sur le document).",
    )


def test_extension_of_a_renewal():
    assert RIGHTS[EXTENSION, RENEWAL].mentions == (
        (
            "N'est valable qu'accompagnée du titre de séjour (carte de séjour ou visa) précédemment détenu "
            "(même s'il est arrivé à expiration)"
        ),
        "Permet de voyager et d'entrer dans l'espace Schengen quel que soit le point d'entrée",
        (
            "Justifie le maintien de l'ensemble des droits ouverts en raison du titre de séjour précédemment "
            "détenu. Si ce titre permettait d'exercer une activité professionnelle, celle-ci peut se "
            "poursuivre pendant la durée de validité de cette attestation."
        ),
    )


@pytest.mark.parametrize("situation", Situation)
def test_favourable_decision(situation):
    assert RIGHTS[FAVOURABLE, situation].mentions == (
        (
            "L'ADF n'est valable qu'accompagnée du titre ou visa de long séjour précédemment détenu, "
            "même s'il est arrivé à expiration."
        ),
        (
            "Justifie le maintien de l'ensemble des droits ouverts en raison du titre de séjour précédemment "
            "détenu"
        ),
        "Permet de voyager et d'entrer dans l'espace Schengen quel que soit le point d'entrée",
        (
            "Si votre titre permettait d'exercer une activité professionnelle, celle-ci peut se poursuivre "
            "pendant la durée de validité de cette attestation."
        ),
    )


@pytest.mark.parametrize("situation", Situation)
def test_deposit_proves_neither_stay_nor_work_nor_travel(situation):
    rights = RIGHTS[DEPOSIT, situation]
    assert rights.mentions == (
        "Ce document ne justifie pas de la régularité du séjour de son titulaire.",
        "Il ne permet pas de travailler.",
        "Il ne permet pas de voyager ni d'entrer dans l'espace Schengen.",
    )
    assert "Jusqu’à sa date de fin, c’est le titre ou le visa actuel qui prouve" in rights.plain[1]
    assert "Until it ends, the current permit or visa is what proves" in rights.english[1]


def test_both_names_of_the_extension_are_said():
    assert TITLES[EXTENSION].french == "Attestation de prolongation d’instruction (ADP, aussi appelée API)"


def test_codes_avoid_letters_taken_for_others_and_use_all_the_rest():
    assert not set(ALPHABET) & set("01OIL5S8ZU")
    seen = {letter for seed in range(200) for letter in new_code(seed.to_bytes(2) * 8)}
    assert seen == set(ALPHABET)


def test_a_code_depends_on_its_bytes_and_needs_enough_of_them():
    assert new_code(bytes(16)) == ALPHABET[0] * 8
    assert new_code(b"\xff" * 16) != new_code(b"\xfe" * 16)
    with pytest.raises(ValueError, match="16"):
        new_code(bytes(15))


@pytest.mark.parametrize(
    "typed", ["K7QM42XD", "k7qm-42xd", " K7QM – 42XD\n", "k7 qm 42 xd", "K7QM_42XD", "k7qm\u201142xd"]
)
def test_a_code_is_forgiven_its_case_spaces_and_dashes(typed):
    assert normalise_code(typed) == "K7QM42XD"


def test_mistaken_letters_are_understood_and_the_rest_refused():
    assert normalise_code("U8Z4-ABCD") == "VB24ABCD"
    for wrong in ("", "K7QM42X", "K7QM42XDD", "K7QM42X0", "K7QM42Xé", "<script>"):
        assert normalise_code(wrong) is None


def test_a_spelled_code_comes_back():
    assert spell_code("K7QM42XD") == "K7QM-42XD"
    assert normalise_code(spell_code("K7QM42XD")) == "K7QM42XD"


@pytest.mark.parametrize("kind", AttestationKind)
@pytest.mark.parametrize("end", [None, date(2027, 4, 30)])
def test_facts_survive_storage(kind, end):
    facts = replace(FACTS, kind=kind, valid_until=end, legal_answer_on=end, permit_until=end)
    stored = facts.to_json()
    assert stored["born_on"] == "2002-03-14"
    assert stored["filed_at"] == "2026-10-12T22:30:00+00:00"
    assert Facts.from_json(stored) == facts
    assert Facts.from_json(stored).rights == facts.rights


def test_facts_of_an_older_version_are_read():
    stored = FACTS.to_json()
    del stored["details"], stored["latin_name"]
    assert Facts.from_json(stored) == FACTS


def test_half_stored_facts_are_refused():
    stored = FACTS.to_json()
    del stored["surname"]
    with pytest.raises(KeyError):
        Facts.from_json(stored)


def test_the_check_page_shows_only_what_it_may():
    rows = {row.label: row.text % row.values for row in public_rows(FACTS)}
    assert rows == {
        "Document": "Attestation de prolongation d’instruction (ADP, aussi appelée API)",
        "Titulaire": "Thị Ánh NGUYỄN",
        "Date de naissance": "2002-03-14",
        "Validité": "du 2027-02-01 au 2027-04-30",
        "Séjour": "Régulier, avec le titre précédent, même expiré.",
        "Travail": "Autorisé si le titre précédent le permettait.",
        "Voyage": "Autorisé, avec le titre précédent, même expiré.",
    }


def test_the_check_page_shows_the_latin_letters_of_the_passport():
    rows = {row.label: row.text % row.values for row in public_rows(replace(FACTS, latin_name="ANH NGUYEN"))}
    assert rows["Titulaire"] == "Thị Ánh NGUYỄN (ANH NGUYEN)"


def test_validity_without_an_end_and_the_day_of_filing_in_paris():
    endless = replace(FACTS, kind=FAVOURABLE, valid_until=None)
    deposit = replace(FACTS, kind=DEPOSIT)
    assert public_rows(endless)[3].text == "Valable à partir du %(start)s, jusqu’à la remise du titre"
    assert public_rows(deposit)[3].values == {"day": date(2026, 10, 13)}  # half past midnight in Paris
