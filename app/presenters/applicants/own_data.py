"""Everything held of an applicant that is theirs to take away: as data, and as rows to read in their language.

Not in it: internal notes and marks of agents, which are asked for at the prefecture (the page says so), and secrets.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from app.domain.dossiers.states import State
from app.domain.procedures import journey as journey_of
from app.domain.rules.rights import AttestationKind
from app.domain.text import C_
from app.presenters.answers import reviewed_answer
from app.presenters.applicants.notice_titles import notice_title
from app.presenters.applicants.stepper import identity_rows
from app.presenters.appointments import views
from app.presenters.notice_words import CERTIFICATES, LISTED
from app.services.filed import filing
from app.storage import appointments, hiring
from app.storage.applications import (
    attestations,
    audit,
    complements,
    conversations,
    decision_letters,
    dossiers,
    notices,
)
from app.storage.models import Account, Dossier, Service
from app.web.localisation import formats
from app.web.localisation.language import gettext as _

READINGS = 10_000  # of a dossier, more than there ever are


def data(account: Account, made_at: datetime) -> dict[str, Any]:
    """Return everything as JSON values; instants and days in the form of ISO 8601."""
    return {
        "made_at": made_at.isoformat(),
        "account": _fields(
            account, "foreign_number", "visa_number", "email", "language", "phone", "identity", "created_at"
        ),
        "applications": [_application(dossier) for dossier in dossiers.all_of_owner(account.id)],
        "conversations": [
            _fields(found, "number", "topic", "email", "opened_at", "waits_since", "blocked")
            | {
                "application": found.dossier.reference if found.dossier else None,
                "messages": [
                    {
                        "from": "service" if message.agent_id else "applicant",
                        "at": message.at.isoformat(),
                        "text": message.text,
                        "files": [_fields(file, "name", "size", "sha256") for file in message.files],
                    }
                    for message in conversations.messages(found.id)
                ],
            }
            for found in conversations.every(account.id)
        ],
        "hiring_checks": [
            _fields(check, "asked_at", "company", "siret", "hired_on", "card", "outcome", "answered_at")
            | {"certificate": check.attestation.code if check.attestation else None}
            for check in hiring.of_account(account.id)
        ],
        "notices": [
            _fields(notice, "kind", "facts", "at", "read_at") for notice in notices.every(account.id)
        ],
    }


def _application(dossier: Dossier) -> dict[str, Any]:
    photo = dossiers.photo(dossier.id)
    return {
        **_fields(
            dossier,
            "reference", "journey", "state", "created_at", "saved_at", "filed_on", "legal_answer_on", "rights_end",
            "answers", "sealed", "identity", "decision", "card",
        ),
        "service": service_name(dossier.service),
        "photo_code": photo.code if photo else None,
        "explanations": dossiers.explanations(dossier.id),
        "documents": [
            _fields(file, "id", "slot", "name", "media_type", "size", "pages", "sha256", "received_at", "removed_at")
            for file in dossiers.all_documents(dossier.id)
        ],
        "requests": [
            _fields(request, "asked_at", "due_on", "answered_at", "time_reason", "time_asked_at")
            | {
                "documents": [
                    _fields(item, "slot", "title", "reason", "decision") for item in complements.items(request.id)
                ]
            }
            for request in complements.of_dossier(dossier.id)
        ],
        "appointments": _appointments(dossier.id),
        "certificates": [
            _fields(row, "kind", "code", "facts", "issued_at", "valid_from", "valid_until", "revoked_at")
            for row in attestations.listed(dossier.id)
        ],
        "letters": [
            _fields(row, "kind", "issued_at", "superseded_at") for row in decision_letters.of_dossier(dossier.id)
        ],
        "history": [_fields(event, "action", "at") for event in dossiers.moves(dossier.id)],
        "readings": [
            {"service": service_name(reading.service), "at": reading.at.isoformat()}
            for reading in audit.readings(dossier.id, READINGS)
        ],
    }  # fmt: skip


def _appointments(dossier_id: int) -> list[dict[str, Any]]:
    names = ("purpose", "at", "place", "bring", "words", "invited_at", "outcome", "settled_at")
    rows = appointments.of_dossier(dossier_id)
    return [_fields(row, *names, "declined_at", "declined_words") for row in rows]


def service_name(service: Service | None) -> str:
    """Return the name of a service, "" without one."""
    return service.name if service else ""


def _fields(row: Any, *names: str) -> dict[str, Any]:
    found = {name: getattr(row, name, None) for name in names}
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in found.items()
    }


def summary(account: Account, language: str, made_at: datetime) -> dict[str, Any]:
    """Return the context of the readable page: sections of (label, value) rows, in the language of the request."""
    return {
        "made_on": formats.moment(made_at, language),
        "sections": [
            (_("Votre compte"), _account_rows(account, language)),
            *(_section(dossier, language, made_at) for dossier in dossiers.all_of_owner(account.id)),
            *_hiring_checks(account, language),
            *_messages(account, language),
        ],
    }


def _account_rows(account: Account, language: str) -> list[tuple[str, str]]:
    rows = [(_("Adresse e-mail"), account.email), (_("Téléphone"), account.phone)]
    created = (_("Compte créé le"), formats.moment(account.created_at, language))
    return [*rows, created, *identity_rows(account.identity)]


def _section(dossier: Dossier, language: str, made_at: datetime) -> tuple[str, list[tuple[str, str]]]:
    journey = journey_of(dossier.journey, dossier.journey_version)
    answers = dossier.answers if dossier.sealed is None else dossier.sealed
    titles = {document.key: document.title for document in journey.documents}
    rows = [(_("État"), _(LISTED[State(dossier.state)]))]
    if dossier.reference:
        filed = filing(dossier)
        rows += [
            (_("Référence"), filed.reference),
            (_("Déposée le"), formats.day(filed.filed_on, language)),
            (_("Service"), filed.service),
        ]
    for _step, asked in journey.rows(answers):
        rows += [
            (_(question.title), reviewed_answer(question, value, answers, language))
            for question, value in asked
        ]
    for file in dossiers.all_documents(dossier.id):
        removed = _(" (remplacé ou retiré)") if file.removed_at else ""
        rows.append((_(titles.get(file.slot, _OTHER)), f"{file.name}{removed}"))
    for meeting in views(appointments.of_dossier(dossier.id), made_at):
        when = formats.moment(meeting.at, language)
        rows.append((_("Rendez-vous"), f"{_(meeting.title)}, {when}. {_(meeting.told)}"))
    for paper in attestations.listed(dossier.id):
        rows.append((_(CERTIFICATES[AttestationKind(paper.kind)]), paper.code))
    for letter in decision_letters.of_dossier(dossier.id):
        rows.append((_("Lettre de décision"), formats.moment(letter.issued_at, language)))
    for reading in audit.readings(dossier.id, READINGS):
        rows.append(
            (
                _("Ouvert par un agent"),
                f"{service_name(reading.service)}, {formats.moment(reading.at, language)}",
            )
        )
    return _(journey.title), rows


_OTHER = C_("file", "Autre document")


def _hiring_checks(account: Account, language: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    rows = [
        (formats.moment(check.asked_at, language), " · ".join(filter(None, (check.company, check.siret))))
        for check in hiring.of_account(account.id)
    ]
    if rows:
        yield _("Vérifications avant embauche : l’employeur, tel qu’il se déclare"), rows


def _messages(account: Account, language: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for found in conversations.every(account.id):
        rows = [
            (_who(message), f"{formats.moment(message.at, language)}\n{message.text}")
            for message in conversations.messages(found.id)
        ]
        yield _("Question %(number)s", number=found.number), rows
    told = [
        (formats.moment(notice.at, language), notice_title(notice)) for notice in notices.every(account.id)
    ]
    if told:
        yield _("Messages que vous avez reçus"), told


def _who(message: Any) -> str:
    return str(_("Le service") if message.agent_id else _("Vous"))
