"""Bad input and bad luck: every line is read in both languages, and nothing else is lost."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.domain.rules.uploads import LIMITS
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.intake.files import bomb, pdf, picture
from tests.web import bad_luck as bad
from tests.web.bad_luck import Case, World, identify, kept, no_code, nobody, said, signup, still, typed_stays

UNKNOWN = (
    "Nous ne pouvons pas créer de compte avec ces données",
    "We cannot create an account with these details",
)

CASES = (
    Case(
        "wrong number",
        identify(number="99 20 00"),
        422,
        "Ce numéro doit avoir 9 ou 10 chiffres, et non 6",
        "This number must have 9 or 10 digits, not 6",
        typed_stays,
    ),
    Case("unknown number", identify(number="99 20 00 09 99"), 422, *UNKNOWN, typed_stays),
    Case(
        "number of another person",
        identify(number="9920000777", **{"valid_from-day": "2"}),
        422,
        *UNKNOWN,
        said("9920000777"),
    ),
    Case(
        "dates reversed",
        identify(**{"valid_from-year": "2028"}),
        422,
        "La date de fin doit être après la date de début",
        "The end date must be after the start date",
        typed_stays,
    ),
    Case(
        "permit not yet valid",
        identify(**{"valid_from-year": "2026", "valid_from-month": "12", "valid_from-day": "1"}),
        422,
        "Ce titre n’est pas encore valable",
        "This permit is not valid yet",
        typed_stays,
    ),
    Case(
        "expired permit",
        bad.expired_permit,
        200,
        "Votre titre est expiré depuis plus de 6 mois",
        "Your permit expired more than 6 months ago",
        kept,
    ),
    Case(
        "mistyped e-mail",
        lambda world: signup(world, {"email": "anh@exemple"}),
        422,
        "Cette adresse n’est pas complète",
        "This address is not complete",
        said("anh@exemple"),
    ),
    Case(
        "weak password",
        lambda world: signup(world, {"email": "a@exemple.fr"}, {"code": "CODE"}, {"password": "azerty"}),
        422,
        "Votre mot de passe doit avoir au moins 12 caractères",
        "Your password must have at least 12 characters",
        nobody,
    ),
    Case(
        "breached password",
        lambda world: signup(
            world, {"email": "a@exemple.fr"}, {"code": "CODE"}, {"password": "azertyuiop123"}
        ),
        422,
        "dans les listes de mots de passe volés",
        "This password is in lists of stolen passwords",
        nobody,
    ),
    Case(
        "used link",
        bad.used_link,
        410,
        "Ce lien ne marche plus",
        "This link no longer works",
        lambda *_: True,
    ),
    Case(
        "second click",
        bad.second_click,
        200,
        "Votre demande est déposée",
        "Your application is submitted",
        still("filed"),
    ),
    Case(
        "two tabs",
        bad.two_tabs,
        409,
        "Cette étape a été enregistrée ailleurs",
        "This step was saved somewhere else",
        said("2 rue B"),
    ),
    Case("late session", bad.late_session, 200, "est gardé", "is kept", said('name="next" value="')),
    Case(
        "oversized",
        lambda world: world.send(b"\xff\xd8\xff" + b"x" * LIMITS.max_bytes, "carte.jpg"),
        422,
        "est trop lourd",
        "is too large",
        kept,
    ),
    Case(
        "empty",
        lambda world: world.send(b"", "carte.jpg"),
        422,
        "« carte.jpg » est vide",
        "“carte.jpg” is empty",
        kept,
    ),
    Case(
        "renamed",
        lambda world: world.send(b"MZ" + b"x" * 99, "carte.jpg"),
        422,
        "n’est pas dans un format que nous pouvons lire",
        "is not in a format that we can read",
        kept,
    ),
    Case(
        "truncated",
        lambda world: world.send(picture(size=(2000, 2000))[:3000], "a.jpg"),
        422,
        "est abîmé ou incomplet",
        "is damaged or incomplete",
        kept,
    ),
    Case(
        "encrypted",
        lambda world: world.send(pdf(user="x", owner="y"), "a.pdf"),
        422,
        "est protégé par un mot de passe",
        "is protected by a password",
        kept,
    ),
    Case(
        "200 megapixels",
        lambda world: world.send(bomb(), "a.png"),
        422,
        "est une image trop grande",
        "is too large a picture",
        kept,
    ),
    Case(
        "unknown postcode",
        lambda world: world.client.post(
            world.to(f"/demande/etudiant/{bad.PERSONAL.slug}"), bad.filled(bad.PERSONAL, postcode="99999")
        ),
        422,
        "Nous ne connaissons pas ce code postal",
        "We do not know this postcode",
        said("29 rue du Professeur-Rochaix"),
    ),
    Case(
        "e-photo used",
        lambda world: world.photo(f"{'USED':0<22}"),
        422,
        "Ce code a déjà servi",
        "This code has already been used",
        no_code,
    ),
    Case(
        "e-photo expired",
        lambda world: world.photo(f"{'EXPIRED':0<22}"),
        422,
        "Ce code a plus de 6 mois",
        "This code is more than 6 months old",
        no_code,
    ),
    Case(
        "e-photo unsigned",
        lambda world: world.photo(f"{'UNSIGNED':0<22}"),
        422,
        "La signature manque",
        "The signature is missing",
        no_code,
    ),
    Case(
        "e-photo not arrived",
        bad.not_arrived,
        200,
        "La photo n’est pas encore arrivée",
        "The photo has not arrived yet",
        bad.code_kept,
    ),
    Case(
        "agent too late",
        bad.too_late,
        409,
        "S. Marchand prend le dossier",
        "S. Marchand takes the application",
        still("in_review"),
    ),
    Case(
        "agent without reason",
        bad.without_reason,
        422,
        "Choisissez un motif",
        "Choose a reason",
        still("in_review"),
    ),
    Case(
        "agent of another service",
        bad.other_service,
        404,
        "Cette page n’existe pas",
        "This page does not exist",
        still("filed"),
    ),
    Case(
        "mail server away",
        bad.mail_away,
        200,
        "Votre demande est déposée",
        "Your application is submitted",
        still("filed"),
    ),
    Case(
        "document store away",
        bad.store_away,
        503,
        "Le service est momentanément indisponible",
        "The service is unavailable for the moment",
        kept,
    ),
)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_sentence_for_every_misfortune(
    case: Case, lang: str, app: Flask, clock: Clock, visitor: Callable[[], PageClient]
) -> None:
    world = World(app, clock, visitor, lang)
    answer = case.does(world)
    assert answer.status_code == case.status, answer.text
    read = answer.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert (case.french if lang == "fr" else case.english) in read
    assert case.stays(world, answer)
