"""Passwords: length and guessing are the only rules, and each refusal says its reason."""

import pytest

from app.services.access import passwords
from app.services.access.passwords import WeakPassword, problem, require_strength

PERSON = ["9920000137", "Nguyễn", "Thị Ánh", "2002-03-14", "Huế", "anh.nguyen@exemple.fr", "F", "VNM", ""]
LISTS = "Ce mot de passe est dans les listes de mots de passe volés."
OWN = "Ce mot de passe contient votre nom, votre numéro ou votre adresse."


@pytest.mark.parametrize(
    "password",
    [
        "quatre saules au bord du canal",
        "soleil lune etoile",
        "été hiver printemps automne",
        "пароль длинный и странный",
        "密码很长很长很长很长很长很",
        "kT9$vR2!mQ8z",
        "Nguyễn aime les saules du canal",
        "x1 " * 3 + "saules, canal et lanternes " * 5,
    ],
)
def test_accepted_without_any_rule_of_composition(password: str):
    assert problem(password, PERSON) is None


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "Votre mot de passe doit avoir au moins 12 caractères, et il en a 0"),
        ("onze lettre", "Votre mot de passe doit avoir au moins 12 caractères, et il en a 11"),
        ("canal " * 40, "Votre mot de passe est trop long\u00a0: 200 caractères au plus."),
        ("password1234", LISTS),
        ("motdepasse123", LISTS),
        ("azertyuiop123", LISTS),
        ("123456789012", LISTS),
        ("aaaaaaaaaaaaaaa", "Ce mot de passe se devine\u00a0: il se répète."),
        ("bonjourbonjour", "Ce mot de passe se devine\u00a0: il se répète."),
        ("abcdefghijklm", "Ce mot de passe se devine\u00a0: c’est une suite comme abcd ou 1234."),
        ("qwertyuiop[]asdf", "Ce mot de passe se devine\u00a0: ses touches se suivent sur le clavier."),
        ("understanding", "Ce mot de passe se devine\u00a0: il ressemble à un mot courant."),
        ("prefecturelyon", "Ce mot de passe se devine trop vite."),
        ("titre de séjour", "Ce mot de passe se devine trop vite."),
        (" " * 12, "Ce mot de passe se devine trop vite."),
        ("!?-" * 5, "Ce mot de passe se devine trop vite."),
        ("9920000137 9920000137", OWN),
        ("nguyenthianh2002", OWN),
        ("Nguyễn Thị Ánh!", OWN),
        ("14/03/2002 Huế", OWN),
        ("Anh.Nguyen@exemple.fr", OWN),
    ],
)
def test_refused_with_its_reason(password: str, reason: str):
    found = problem(password, PERSON)
    assert found is not None
    assert (found.text % found.values).startswith(reason)


def test_a_name_is_known_again_without_letters_that_keyboards_lack():
    assert problem("lukaszoersted+", ["Łukasz", "Œrsted"]) == problem("Anh.Nguyen@exemple.fr", PERSON)


def test_the_reason_travels_with_the_exception():
    with pytest.raises(WeakPassword) as weak:
        require_strength("password1234")
    assert weak.value.problem == problem("password1234")
    require_strength("quatre saules au bord du canal")


def test_the_longest_password_accepted_is_kept_whole():
    longest = "".join(chr(33 + n * 7 % 90) for n in range(passwords.LONGEST))
    assert problem(longest) is None
    kept = passwords.hash_password(longest)
    assert passwords.verify_password(kept, longest)
    assert not passwords.verify_password(kept, longest[:-1])


@pytest.mark.usefixtures("product_hasher")
def test_only_the_digest_is_kept_with_the_parameters_chosen():
    kept = passwords.hash_password("quatre saules au bord du canal")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.verify_password(kept, "quatre saules au bord du canal")
    assert not passwords.verify_password(kept, "Quatre saules au bord du canal")
    assert not passwords.is_outdated(kept)


@pytest.mark.parametrize("kept", ["", "plain text", "$argon2id$v=19$m=19456"])
def test_what_is_no_digest_opens_nothing(kept: str):
    assert not passwords.verify_password(kept, "plain text")


def test_nobody_has_a_password():
    assert passwords.dummy_digest() == passwords.dummy_digest()
    assert not passwords.verify_password(passwords.dummy_digest(), "")
    assert not passwords.is_outdated(passwords.dummy_digest())
