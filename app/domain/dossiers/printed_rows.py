"""The rows that a certificate prints and its page shows: one list, so that both say the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.dossiers.attestations import Facts
from app.domain.rules.calendar import paris_day
from app.domain.rules.rights import AttestationKind
from app.domain.wording import birth_en, birth_fr, day_en, day_fr


@dataclass(frozen=True)
class PrintedRow:
    """A row in French and English; `english` is empty where the text is the same in both."""

    french_label: str
    english_label: str
    french: str
    english: str = ""


def printed_rows(facts: Facts) -> Iterator[PrintedRow]:
    """Yield the rows of a certificate that follow its holder's name."""
    month_known = facts.born_on.month
    birth = birth_fr(facts.born_on), birth_en(facts.born_on) if month_known else ""
    yield PrintedRow("Date de naissance", "Date of birth", *birth)
    yield PrintedRow("Nationalité", "Nationality", facts.nationality_fr, facts.nationality_en)
    number = (
        (facts.foreign_number, "") if facts.foreign_number else ("en cours d’attribution", "not given yet")
    )
    yield PrintedRow("Numéro étranger", "Foreign-national number", *number)
    about = f"{facts.reference}, {facts.procedure_fr}"
    yield PrintedRow("Demande", "Application", about, facts.procedure_en)
    if facts.kind is not AttestationKind.DEPOSIT:
        filed = paris_day(facts.filed_at)
        yield PrintedRow("Déposée le", "Filed on", day_fr(filed), day_en(filed))
    yield from _permit(facts)
    if facts.territory:
        only = f"{facts.territory} seulement (code des étrangers, L. 441-8)", f"{facts.territory} only"
        yield PrintedRow("Territoire", "Territory", *only)
    for detail in facts.details:
        yield PrintedRow(detail.french, detail.english, detail.text)
    if facts.legal_answer_on:
        day = facts.legal_answer_on
        french = f"au plus tard le {day_fr(day)}\u00a0; le silence vaut alors refus"
        yield PrintedRow("Réponse", "Answer", french, f"by\u00a0{day_en(day)}; silence then means refusal")


def _permit(facts: Facts) -> Iterator[PrintedRow]:
    labels = "Titre détenu", "Permit held"
    if facts.permit_fr and facts.permit_until:
        french, english = day_fr(facts.permit_until), day_en(facts.permit_until)
        yield PrintedRow(
            *labels, f"{facts.permit_fr}, jusqu’au {french}", f"{facts.permit_en}, until {english}"
        )
    elif facts.permit_fr:
        yield PrintedRow(*labels, facts.permit_fr, facts.permit_en)
