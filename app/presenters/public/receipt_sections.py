"""What a receipt of a check before a hiring says, on its page and on paper."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.domain.dossiers.attestations import Facts, public_rows, spell_code
from app.domain.dossiers.hiring import DEEMED, answer_due, depends_on_place
from app.domain.rules.calendar import paris_day
from app.domain.rules.identifiers import group_foreign_number, group_siret
from app.domain.rules.parameters import HIRING_WORKING_DAYS
from app.presenters import certificate_rows
from app.presenters.public import retention_rows
from app.services.hiring import receipts
from app.web.localisation import formats
from app.web.localisation.language import gettext as _

if TYPE_CHECKING:
    from app.storage.models import HiringCheck

Rows = list[tuple[str, str]]


def heading(check: "HiringCheck") -> str:
    """Return the title of a receipt."""
    return _("Reçu de vérification avant embauche %(number)s", number=check.number)


def sections(check: "HiringCheck", language: str) -> Iterator[tuple[str, Rows]]:
    """Yield the title and rows of each section: the receipt itself, result, document, employer, law."""
    yield _("Ce reçu"), _receipt(check)
    if check.attestation:
        yield _("Le résultat"), [*_result(check, language), _law_time(check)]
        yield (
            _("Ce que le document disait à cet instant"),
            _document(Facts.from_json(check.attestation.facts)),
        )
        yield _("L’employeur, tel qu’il se déclare"), _employer(check, language)
    else:
        yield from request_sections(check, language)
    law = _law(check) if check.attestation else _law_of_cards(check)
    yield _("Ce que dit la loi"), [("", sentence) for sentence in law]


def request_sections(check: "HiringCheck", language: str) -> Iterator[tuple[str, Rows]]:
    """Yield what an agent reads of a request: its days, the card, the employer."""
    yield _("La demande à la préfecture"), [*_request(check, language), _law_time(check)]
    yield _("La carte, telle que l’employeur l’a lue"), _card(check)
    yield _("L’employeur, tel qu’il se déclare"), _employer(check, language)


def _request(check: "HiringCheck", language: str) -> Iterator[tuple[str, str]]:
    yield _("Demandé le"), formats.moment(check.asked_at, language)
    if check.conversation:
        yield _("Service"), check.conversation.service.name
    if check.due_on:
        yield _("Réponse attendue avant la fin du"), formats.day(check.due_on, language)
    if check.lapsed_at:
        yield _("Sans réponse dans ce délai"), _("L’obligation de l’employeur est réputée accomplie.")
    if check.answered_at:
        yield _("Réponse envoyée par e-mail le"), formats.moment(check.answered_at, language)


def _card(check: "HiringCheck") -> Rows:
    card = check.card or {}
    return [
        (_("Nom"), card["surname"]),
        (_("Prénoms"), card["given_names"] or "–"),
        (_("Date de naissance"), card["born"]),
        (_("Numéro étranger"), group_foreign_number(card["foreign_number"])),
    ]


def _law_of_cards(check: "HiringCheck") -> Iterator[str]:
    days = HIRING_WORKING_DAYS.on(paris_day(check.asked_at))
    yield _(
        "L’employeur s’adresse à la préfecture de son siège ou de son domicile, au moins %(days)s jours ouvrables avant "
        "l’embauche (articles R.5221-41 et R.5221-42 du code du travail).",
        days=days,
    )
    yield _("La préfecture répond dans le même délai. L’article R.5221-42 ajoute :")
    yield DEEMED
    if check.lapsed_at:
        yield _("Cela ne dit pas que la carte est authentique. Une réponse peut encore venir.")


def _document(facts: Facts) -> Rows:
    return [
        (_("Code de l’attestation"), spell_code(facts.code)),
        *certificate_rows.formatted(public_rows(facts)),
    ]


def _result(check: "HiringCheck", language: str) -> Rows:
    return [
        (_("Vérifié le"), formats.moment(check.asked_at, language)),
        (_("Réponse"), _answer(check, language)),
    ]


def _answer(check: "HiringCheck", language: str) -> str:
    first = check.attestation.valid_from if check.attestation else None
    if first and first > paris_day(check.asked_at):
        return _(
            "L’attestation est authentique. Elle vaut à partir du %(day)s.", day=formats.day(first, language)
        )
    return _("L’attestation est authentique et en vigueur à cet instant.")


def _law_time(check: "HiringCheck") -> tuple[str, str]:
    asked_on = paris_day(check.asked_at)
    days = HIRING_WORKING_DAYS.on(asked_on)
    if (check.due_on or answer_due(asked_on)) > check.hired_on:
        said = _("Non respecté : moins de %(days)s jours ouvrables avant l’embauche.", days=days)
    elif check.due_on is None and depends_on_place(asked_on, check.hired_on):
        said = _(
            "Respecté, sauf si votre département a son propre jour férié avant l’embauche (Alsace-Moselle, outre-mer)."
        )
    else:
        said = _("Respecté : au moins %(days)s jours ouvrables avant l’embauche.", days=days)
    return _("Délai de la loi"), said


def _employer(check: "HiringCheck", language: str) -> Rows:
    return [
        (_("Nom de l’entreprise ou de l’employeur"), check.company),
        (_("Numéro SIRET"), group_siret(check.siret) if check.siret else "–"),
        (_("Adresse e-mail"), check.email),
        (_("Jour de l’embauche"), formats.day(check.hired_on, language)),
    ]


def _law(check: "HiringCheck") -> Iterator[str]:
    days = HIRING_WORKING_DAYS.on(paris_day(check.asked_at))
    yield _(
        "Avant d’embaucher, l’employeur s’assure auprès de l’administration que le titre qui permet de travailler "
        "existe (article L.5221-8 du code du travail)."
    )
    yield _(
        "Il le fait au moins %(days)s jours ouvrables avant l’embauche (article R.5221-42). Une personne inscrite à "
        "France Travail en est dispensée.",
        days=days,
    )
    yield _("Demandez le titre ou le visa précédent, même expiré : le papier ne vaut qu’avec lui.")
    yield _("Comparez le nom avec la pièce d’identité de la personne.")
    yield _(
        "Le code du travail ne dit pas si une vérification en ligne suffit. En cas de doute, adressez aussi une copie du "
        "document à la préfecture."
    )


def _receipt(check: "HiringCheck") -> Rows:
    kept = retention_rows.receipt_span(paris_day(check.asked_at))
    return [
        (_("Numéro"), check.number),
        (_("Code de relecture"), receipts.spell_code(check.code)),
        ("", _("Avec ce code, ce reçu se relit sur ce site. Il y est gardé %(span)s.", span=kept)),
    ]
