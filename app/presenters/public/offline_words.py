"""The sentences with which the check page answers without network: the same rows as the service's own answer."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.domain.dossiers.attestations import WORK, Facts, PublicRow, public_rows
from app.domain.dossiers.statements import RIGHTS_NUMBERS
from app.domain.journeys.details import Detail
from app.domain.rules.births import BirthDate
from app.domain.rules.rights import AttestationKind, Situation
from app.languages import SOURCE, language_of
from app.web.localisation import formats
from app.web.localisation.language import gettext as _

PERSON_AND_DATES = 4  # first rows of the answer: document, holder, birth, validity
_WORK_ROW = 5
_ANY = datetime(2000, 1, 1, tzinfo=UTC)
_SAMPLE = Facts(
    kind=AttestationKind.EXTENSION,
    situation=Situation.FIRST,
    code="",
    surname="",
    given_names="",
    born_on=BirthDate(2000),
    nationality_fr="",
    nationality_en="",
    foreign_number="",
    reference="",
    procedure_fr="",
    procedure_en="",
    filed_at=_ANY,
    permit_fr="",
    permit_en="",
    permit_until=None,
    service="",
    issued_at=_ANY,
    valid_from=_ANY.date(),
)


def words(language: str) -> dict[str, Any]:
    """Return rows by number of rights, with and without an end, and what is said around them.

    The script fills in %(holder)s, %(birth)s, %(day)s, %(start)s, %(end)s, %(mention)s and %(place)s.
    """
    *_rows, territory = public_rows(replace(_SAMPLE, territory="…"))
    mention = public_rows(replace(_SAMPLE, details=(Detail(WORK.french, WORK.english, "…"),)))[_WORK_ROW]
    return {
        "locale": str(language_of(language).locale).replace("_", "-"),
        "first": formats.day(_ANY.date(), language).partition(formats.NBSP)[0],  # as in 1er janvier
        "source": SOURCE,
        "person": PERSON_AND_DATES,
        "work": _WORK_ROW,
        "rows": {number: _rows_of(*pair) for pair, number in RIGHTS_NUMBERS.items()},
        "mention": _row(mention),
        "territory": _row(territory),
        "said": _said(),
    }


def _rows_of(kind: AttestationKind, situation: Situation) -> dict[str, list[list[str]]]:
    sample = replace(_SAMPLE, kind=kind, situation=situation)
    ending = replace(sample, valid_until=_ANY.date())
    return {
        "ending": [_row(row) for row in public_rows(ending)],
        "endless": [_row(row) for row in public_rows(sample)],
    }


def _row(row: PublicRow) -> list[str]:
    return [str(_(row.label)), str(_(row.text)) if row.sentence else row.text]


def _said() -> dict[str, str]:
    return {
        "genuine": _("Ce code QR est authentique"),
        "over": _("Cette attestation n’est plus valable"),
        "forged": _("La signature de ce code QR n’est pas la nôtre"),
        "signed": _(
            "Votre appareil a vérifié la signature. Comparez avec le document et une pièce d’identité."
        ),
        "asking": _(
            "Nous demandons au service si l’attestation est toujours valable. "
            "Seuls son code et sa signature sont envoyés."
        ),
        "offline": _(
            "Nous n’avons pas pu joindre le service : l’attestation a pu être révoquée ou remplacée depuis."
        ),
        "again": _("Demander au service"),
        "ended": _("Elle est authentique, mais elle a pris fin le %(end)s."),
        "early": _("Attention : elle est valable seulement à partir du %(start)s."),
        "doubt": _(
            "Le document peut être faux, ou le code mal lu. Vérifiez le code imprimé à côté du code QR."
        ),
    }
