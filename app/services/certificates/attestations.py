"""Issue and extension of certificates (attestations), each in the transaction of the event it certifies."""

import secrets
from datetime import date, datetime, timedelta

from app.domain.dossiers.attestations import WORK, Facts, new_code
from app.domain.dossiers.decisions import Granted
from app.domain.dossiers.states import UNDER_REVIEW, Role, extends
from app.domain.journeys.details import Detail
from app.domain.journeys.journey import Journey
from app.domain.journeys.questions import Case
from app.domain.procedures import journey as journey_of
from app.domain.rules.births import born
from app.domain.rules.calendar import NO_END, continued_by_law, extension_due, next_extension, paris_day
from app.domain.rules.fees import Reservation
from app.domain.rules.identifiers import group_foreign_number
from app.domain.rules.parameters import EXTENSION_LEAD_DAYS
from app.domain.rules.permits import KINDS, OTHER_KIND
from app.domain.rules.rights import ENDS_WITH_PERMIT, RIGHTS, AttestationKind, Situation
from app.domain.rules.territories import of_permit, only_in
from app.domain.texts.notices import NoticeKind
from app.reference import communes, countries
from app.services.batch import for_each_isolated
from app.services.filed import filing
from app.services.messages import notices
from app.storage import outbox
from app.storage.applications import attestations as store
from app.storage.applications import dossiers, transfers
from app.storage.database import database
from app.storage.models import Attestation, Dossier

# Certificates that prove a right to stay in the place of the permit.
_OF_STAY = frozenset({AttestationKind.EXTENSION, AttestationKind.FAVOURABLE})


def issue_at_filing(dossier: Dossier, now: datetime) -> Attestation | None:
    """Issue the confirmation of a filing, if the procedure has one (CRPA L.112-11, CESEDA R.431-15-1).

    Call it inside the filing's transaction.
    """
    outbox.post("print_application", {"dossier": dossier.id}, now, dossier=dossier.id)
    kind = _journey(dossier).on_filing
    return issue(kind, dossier, now, paris_day(now), None) if kind else None


def issue_extension_if_due(
    dossier: Dossier, now: datetime, resumes_on: date = date.min
) -> Attestation | None:
    """Extend the rights of a dossier filed in time and under review if they end soon (CESEDA R.431-15-1).

    Certificates follow one another without a gap, at most three months each. After a long stop of the worker every
    missing one is issued; the last one is notified and returned, None if none was due. None of them begins before
    `resumes_on`, the day of an agent's decision that gives them (again): see docs/adr/0019-days-of-certificates.md.
    """
    issued = None
    with database.atomic():
        row = dossiers.locked(dossier.id)
        while (ends := _extendable(row)) and extension_due(ends, paris_day(now)):
            issued = _extend(row, next_extension(ends, resumes_on), now)
        if issued:
            notices.notify(row, NoticeKind.EXTENSION_ISSUED, now, **_event_facts(issued))
    dossier.rights_end = row.rights_end
    return issued


def _extendable(row: Dossier) -> date | None:
    """Return the end of the rights if certificates extend them, otherwise None."""
    return row.rights_end if extends(row.in_time, row.extension) and row.state in UNDER_REVIEW else None


def _extend(row: Dossier, days: tuple[date, date], now: datetime) -> Attestation:
    first, last = days
    issued = issue(AttestationKind.EXTENSION, row, now, first, last)
    Dossier.update(rights_end=last).where(Dossier.id == row.id).execute()
    row.rights_end = last
    dossiers.append_event(row, store.EXTENSION_ISSUED, Role.SYSTEM, now, facts=_event_facts(issued))
    return issued


def _event_facts(issued: Attestation) -> dict[str, str]:
    return {name: issued.facts[name] for name in ("code", "valid_from", "valid_until")}


def issue_due_extensions(now: datetime) -> int:
    """Extend the rights that end soon or have ended; return the number of dossiers extended."""
    horizon = paris_day(now) + timedelta(days=EXTENSION_LEAD_DAYS)
    due = dossiers.needing_extension(horizon)
    return for_each_isolated(
        "extension", due, lambda dossier: issue_extension_if_due(dossier, now) is not None
    )


def grant(dossier: Dossier, now: datetime) -> Attestation | None:
    """Issue the certificate of a favourable decision (CESEDA R.431-15-2 for a permit) and notify the applicant.

    Call it inside the transaction of the decision, or of the number that the certificate waited for.
    """
    issued = certify_decision(dossier, now)
    facts = {"code": issued.code} if issued else {}
    notices.notify(dossier, NoticeKind.APPROVED, now, **facts, **to_pay(dossier, now))
    return issued


def certify_decision(dossier: Dossier, now: datetime) -> Attestation | None:
    """Issue the certificate of a favourable decision, None if the procedure has none."""
    kind = _journey(dossier).on_approval
    if kind is None:
        return None
    last = date.fromisoformat(dossier.identity["valid_until"]) if kind in ENDS_WITH_PERMIT else None
    issued = issue(kind, dossier, now, paris_day(now), last)
    dossiers.append_event(dossier, store.APPROVAL_CERTIFIED, Role.SYSTEM, now, facts={"code": issued.code})
    if kind is AttestationKind.FAVOURABLE:  # it proves the rights until the card is in hand
        Dossier.update(rights_end=NO_END).where(Dossier.id == dossier.id).execute()
    return issued


def _case(dossier: Dossier) -> Case:
    """Return the case of a filed dossier, on its filing day, with the commune's name as a further answer."""
    filed = filing(dossier)
    commune = filed.sealed.get("commune", "")
    town = communes.commune(commune)
    named = {**filed.sealed, "commune_name": town.name if town else commune}
    return Case(named, today=filed.filed_on, identity=dossier.identity)


def to_pay(dossier: Dossier, now: datetime) -> dict[str, int]:
    """Return the fee due when the card is handed over, as `amount` in cents; empty if nothing is due.

    It is the rule's, at the rates of the day, unless a supervisor set another one.
    """
    amount = fee_of(dossier, paris_day(now))
    return {"amount": amount} if amount else {}


def fee_of(dossier: Dossier, today: date) -> int:
    """Return that fee in cents, 0 if nothing is due."""
    if not dossier.with_card:
        return 0
    if dossier.fee is not None:
        return dossier.fee
    return _journey(dossier).fee(_today(dossier, today), dossier.filed_on or today)


def fee_in_doubt(dossier: Dossier, today: date) -> tuple[Reservation, ...]:
    """Return what is not certain of that fee; nothing once a supervisor has set it."""
    if not dossier.with_card or dossier.fee is not None:
        return ()
    return _journey(dossier).reservations(_today(dossier, today), dossier.filed_on or today)


def _today(dossier: Dossier, today: date) -> Case:
    return Case(dossier.sealed or {}, today=today, identity=dossier.identity)


def _journey(dossier: Dossier) -> Journey:
    return journey_of(dossier.journey, dossier.journey_version)


def issue(
    kind: AttestationKind, dossier: Dossier, now: datetime, first: date, last: date | None
) -> Attestation:
    """Issue a certificate for a period, with what the dossier says now. Call it inside the transaction of its event."""
    facts = _facts(kind, dossier, now, first, last)
    issued = Attestation.create(
        dossier=dossier,
        kind=str(kind),
        code=facts.code,
        facts=facts.to_json(),
        issued_at=now,
        valid_from=first,
        valid_until=last,
    )
    outbox.post("print_attestation", {"attestation": issued.id}, now, dossier=dossier.id)
    return issued


def _situation(kind: AttestationKind, journey: Journey, identity: dict[str, str]) -> Situation:
    """Return the situation whose rights the certificate states.

    A long permit under renewal continues by law for a time (CESEDA L.433-3).
    """
    first, last = (date.fromisoformat(identity[key]) for key in ("valid_from", "valid_until"))
    renewed = journey.situation is Situation.RENEWAL and (kind, Situation.CONTINUED) in RIGHTS
    return Situation.CONTINUED if renewed and continued_by_law(first, last) else journey.situation


def _of_kind(kind: AttestationKind, dossier: Dossier) -> tuple[Detail, ...]:
    """Return the rows of one kind of certificate: the permit granted, the exception to the rule on work."""
    if kind is AttestationKind.EXTENSION and dossier.work_mention:
        return (Detail(WORK.french, WORK.english, dossier.work_mention),)
    granted = Granted.from_json(dossier.decision) if kind is AttestationKind.FAVOURABLE else None
    return granted.details if granted else ()


def only_in_territory(dossier: Dossier, day: date) -> str:
    """Return the only territory where the right to stay that a dossier proves is valid on a day, "" for all.

    A permit granted is issued by the service of the dossier; the one held keeps its territory wherever the dossier goes.
    """
    granted = Granted.from_json(dossier.decision)
    if granted is None:
        return permit_only_in(dossier, day)
    return only_in(dossier.service.department, granted.mention, day) if dossier.service else ""


def permit_only_in(dossier: Dossier, day: date) -> str:
    """Return the only territory where the permit that the holder of a dossier has is valid on a day, "" for all."""
    first = transfers.first_origin(dossier.id) or dossier.service
    return of_permit(dossier.identity, day, first.department if first else "")


def _free_code() -> str:
    code = new_code(secrets.token_bytes(16))
    return _free_code() if store.by_code(code) else code


def _facts(kind: AttestationKind, dossier: Dossier, now: datetime, first: date, last: date | None) -> Facts:
    identity = dossier.identity
    journey = _journey(dossier)
    filed = filing(dossier)
    permit = KINDS.get(identity["permit_kind"], OTHER_KIND)
    nationality_fr, nationality_en = countries.printed_nationality(identity["nationality"])
    return Facts(
        kind=kind,
        situation=_situation(kind, journey, identity),
        code=_free_code(),
        surname=identity["surname"],
        given_names=identity["given_names"],
        latin_name=identity.get("latin_name", ""),
        born_on=born(identity),
        nationality_fr=nationality_fr,
        nationality_en=nationality_en,
        foreign_number=group_foreign_number(identity["foreign_number"]),
        reference=filed.reference,
        procedure_fr=journey.title[:1].lower() + journey.title[1:],
        procedure_en=journey.english,
        filed_at=store.filed_at(dossier.id) or now,
        permit_fr=permit.french,
        permit_en=permit.english,
        permit_until=date.fromisoformat(identity["valid_until"]),
        service=filed.service,
        issued_at=now,
        valid_from=first,
        valid_until=last,
        legal_answer_on=filed.legal_answer_on if kind is AttestationKind.DEPOSIT else None,
        details=(*journey.details(_case(dossier)), *_of_kind(kind, dossier)),
        territory=only_in_territory(dossier, first) if kind in _OF_STAY else "",
    )
