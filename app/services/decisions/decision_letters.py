"""Decision letters: made from the service's template, stored with the values that fill it, printed by the worker."""

from datetime import date, datetime
from typing import Any, cast

from app.domain.dossiers.decision_letters import DEFAULTS, SPECIMEN, fill
from app.domain.dossiers.decisions import Granted, Outcome
from app.domain.rules.calendar import paris_day
from app.domain.rules.identifiers import group_foreign_number
from app.domain.rules.names import given_first, with_latin
from app.domain.rules.remedies import Remedies
from app.domain.rules.territories import ONLY_IN, only_in
from app.domain.wording import day_fr, euros_fr
from app.reference.courts import court
from app.services.applications.applicant_overview import journey_of
from app.services.certificates.attestations import to_pay
from app.services.filed import case_of, filing
from app.storage import outbox
from app.storage.applications import decision_letters as store
from app.storage.models import Agent, DecisionLetter, Dossier, Service

Decision = dict[str, Any]
# First sentence of a letter that corrects another; French, as the rest of it.
REPLACES = "Cette lettre annule et remplace la précédente, qui contenait une erreur."
Paragraphs = list[list[str]]


def favourable(granted: Granted | None, now: datetime) -> Decision:
    """Return the JSON of a favourable decision, with the permit granted, if any."""
    permit = granted.to_json() if granted else {}
    return {"outcome": str(Outcome.FAVOURABLE), "on": paris_day(now).isoformat(), **permit}


def against(outcome: Outcome, reason: str, law: str, now: datetime) -> Decision:
    """Return the JSON of a refusal or closure: outcome, Paris day, reason and the legal texts it is based on."""
    return {"outcome": str(outcome), "on": paris_day(now).isoformat(), "reason": reason, "law": law}


def amended(decision: Decision, granted: Granted | None, now: datetime) -> Decision:
    """Return the JSON of a favourable decision with another permit granted; it keeps its day."""
    corrected = {"amended_on": paris_day(now).isoformat()}
    return {**decision, **(granted.to_json() if granted else {}), **corrected}


def issue(dossier: Dossier, agent: Agent, now: datetime, opening: str = "") -> DecisionLetter:
    """Create the letter of the decision just stored on a dossier, with `opening` before its text.

    Call it inside the decision's transaction.
    """
    decision = cast(Decision, dossier.decision)
    text = text_of(cast(int, dossier.service_id), Outcome(decision["outcome"]))
    letter = DecisionLetter.create(
        dossier=dossier,
        kind=decision["outcome"],
        text=_with_opening(opening, text),
        values=values(dossier, decision, agent, now),
        issued_at=now,
    )
    outbox.post("print_letter", {"letter": letter.id}, now, dossier=dossier.id)
    return letter


def preview(
    dossier: Dossier, decision: Decision, agent: Agent, now: datetime, opening: str = ""
) -> Paragraphs:
    """Return the paragraphs of the letter that a decision would have; nothing is stored."""
    text = _with_opening(opening, text_of(cast(int, dossier.service_id), Outcome(decision["outcome"])))
    return fill(text, values(dossier, decision, agent, now))


def _with_opening(opening: str, text: str) -> str:
    return "\n\n".join(filter(None, (opening, text)))


def read(letter: DecisionLetter) -> Paragraphs:
    """Return the paragraphs of a letter."""
    return fill(letter.text, letter.values)


def specimen(text: str, kind: Outcome, service: Service, agent: Agent, today: date) -> Paragraphs:
    """Return the paragraphs of a template filled with the data of an invented applicant."""
    remedies_text = remedies(service, today, kind).french
    return fill(text, {**SPECIMEN, **_service_values(service, agent), "voies_de_recours": remedies_text})


def text_of(service_id: int, kind: Outcome) -> str:
    """Return the template in force for a kind of letter: the service's own, otherwise the default."""
    own = store.template(service_id, kind)
    return own.text if own and own.text else DEFAULTS[kind]


def remedies(service: Service, day: date, kind: Outcome) -> Remedies:
    """Return the remedies against a decision that a service takes on a day."""
    place = f"{service.name}, {service.address or service.city}"
    refuses = kind is not Outcome.FAVOURABLE
    return Remedies(place, court(service.department), day, refuses, service.department)


def values(dossier: Dossier, decision: Decision, agent: Agent, now: datetime) -> dict[str, str]:
    """Return the value of each placeholder of a letter, in French."""
    filed, identity = filing(dossier), dossier.identity
    service = cast(Service, dossier.service)
    day = date.fromisoformat(decision.get("amended_on") or decision["on"])
    title = journey_of(dossier).title
    return {
        **_service_values(service, agent),
        "nom": with_latin(given_first(identity), identity),
        "reference": filed.reference,
        "numero_etranger": group_foreign_number(identity["foreign_number"]) or "en cours d’attribution",
        "demarche": title[:1].lower() + title[1:],
        "date_depot": day_fr(filed.filed_on),
        "date_decision": day_fr(day),
        "titre": _granted(dossier, decision),
        "montant": _amount(dossier, now),
        "motif": decision.get("reason", ""),
        "textes": decision.get("law", ""),
        "voies_de_recours": remedies(service, day, Outcome(decision["outcome"])).french,
    }


def _service_values(service: Service, agent: Agent) -> dict[str, str]:
    return {"service": service.name, "ville": service.city, "agent": agent.name}


def _granted(dossier: Dossier, decision: Decision) -> str:
    granted = Granted.from_json(decision)
    if not granted:
        return journey_of(dossier).granted(case_of(dossier))[0]
    place = only_in(cast(Service, dossier.service).department, granted.mention, granted.starts)
    return f"{granted.sentence} {ONLY_IN % {'place': place}}" if place else granted.sentence


def _amount(dossier: Dossier, now: datetime) -> str:
    owed = to_pay(dossier, now).get("amount")
    if not owed:
        return "Au retrait de la carte, vous n’avez rien à payer." if dossier.fee is not None else ""
    rate = "" if dossier.fee is not None else ", au tarif d’aujourd’hui"
    return f"Au retrait de la carte, vous paierez {euros_fr(owed)} par timbre électronique{rate}."
