"""The facts that an attestation states, its code, and the rows that the public check page shows."""

import json
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any, Self

from app.domain.journeys.details import Detail
from app.domain.rules.births import BirthDate
from app.domain.rules.calendar import paris_day
from app.domain.rules.identifiers import normal_number
from app.domain.rules.rights import RIGHTS, TITLES, UNDATED, AttestationKind, Situation, Title
from app.domain.text import N_
from app.domain.texts.rights_texts import Rights

# Without 0 O, 1 I L, 5 S, nor 8, Z and U, which are read as B, 2 and V when typed.
ALPHABET = "234679ABCDEFGHJKMNPQRTVWXY"
CODE_LENGTH = 8
_LOOKALIKES = str.maketrans("8ZU", "B2V")


def new_code(random_bytes: bytes) -> str:
    """Return a code of 8 characters (26⁸ ≈ 2·10¹¹ codes) made of at least 16 random bytes.

    Sixteen bytes make the bias of the division negligible; fewer raise ValueError.
    """
    if len(random_bytes) < 16:
        raise ValueError("a code needs at least 16 random bytes")
    number = int.from_bytes(random_bytes)
    code = ""
    for _ in range(CODE_LENGTH):
        number, index = divmod(number, len(ALPHABET))
        code += ALPHABET[index]
    return code


def normalise_code(text: str) -> str | None:
    """Return a typed code in its normal form, or None; case, spaces, dashes and confused letters are corrected.

    >>> normalise_code(" k7qm – 42xd ")
    'K7QM42XD'
    """
    code = normal_number(text).translate(_LOOKALIKES)
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        return None
    return code


def spell_code(code: str) -> str:
    """Format a code as it is printed: `K7QM-42XD`."""
    return f"{code[:4]}-{code[4:]}"


@dataclass(frozen=True)
class Facts:
    """Everything that an attestation prints, stored with it so that printing and checks never depend on later changes.

    Instants are aware (UTC); days are days in Paris. `valid_until` is None if the law sets no end. Empty texts and None
    mean that a fact does not apply; it is not printed.
    """

    kind: AttestationKind
    situation: Situation
    code: str
    surname: str
    given_names: str
    born_on: BirthDate
    nationality_fr: str
    nationality_en: str
    foreign_number: str
    reference: str
    procedure_fr: str
    procedure_en: str
    filed_at: datetime
    permit_fr: str
    permit_en: str
    permit_until: date | None
    service: str
    issued_at: datetime
    valid_from: date
    valid_until: date | None = None
    legal_answer_on: date | None = None  # deposit only: the day on which silence becomes a refusal
    details: tuple[Detail, ...] = ()  # further rows of the procedure
    latin_name: str = ""  # as in the passport, if the register writes the name in other letters
    territory: str = ""  # the only one where the right to stay is valid (CESEDA L.441-8)

    @property
    def rights(self) -> Rights:
        """Rights that the attestation proves, with its number and day in the legal sentences."""
        rights = RIGHTS[self.kind, self.situation]
        day = f"{paris_day(self.filed_at):%d/%m/%Y}"
        mentions = (mention.format(number=self.foreign_number, day=day) for mention in rights.mentions)
        return replace(rights, mentions=tuple(mentions))

    @property
    def title(self) -> Title:
        """Title of the document, French and English."""
        return TITLES[self.kind]

    @property
    def holder(self) -> str:
        """Given names and surname of the holder."""
        return f"{self.given_names} {self.surname}".strip()

    def to_json(self) -> dict[str, str | None]:
        """Return a flat object of strings, dates and instants in ISO 8601; `details` is a JSON array as a string."""
        texts = {
            item.name: _as_text(getattr(self, item.name)) for item in fields(self) if item.name != "details"
        }
        details = [astuple(detail) for detail in self.details]
        return texts | {"details": json.dumps(details, ensure_ascii=False)}

    @classmethod
    def from_json(cls, stored: Mapping[str, str | None]) -> Self:
        """Return the facts stored by `to_json`. Raises KeyError or ValueError if they are incomplete."""
        values: dict[str, Any] = {}
        for item in fields(cls):
            if item.name in _LATER and item.name not in stored:
                continue
            text = stored[item.name]
            values[item.name] = None if text is None else _READERS.get(item.name, str)(text)
        return cls(**values)


def _as_text(value: str | date | BirthDate | None) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def _details(text: str) -> tuple[Detail, ...]:
    return tuple(Detail(*parts) for parts in json.loads(text))


_LATER = ("details", "latin_name", "territory")  # attestations of an older version have none

_READERS: dict[str, Callable[[str], Any]] = {
    "kind": AttestationKind,
    "situation": Situation,
    "born_on": BirthDate.read,
    "filed_at": datetime.fromisoformat,
    "permit_until": date.fromisoformat,
    "issued_at": datetime.fromisoformat,
    "valid_from": date.fromisoformat,
    "valid_until": date.fromisoformat,
    "legal_answer_on": date.fromisoformat,
    "details": _details,
}


# The row of an exception to the rule on work (the law's sentence: "sauf exception mentionnée sur le document").
WORK = Title("Travail, par exception", "Work, as an exception")


@dataclass(frozen=True)
class PublicRow:
    """A row of the check page: two msgids, and the values of their placeholders."""

    label: str
    text: str
    values: Mapping[str, str | date | BirthDate] = field(default_factory=dict)

    @property
    def sentence(self) -> bool:
        """Whether the text is to be translated; a value alone, such as a name, is not."""
        return self.text not in {f"%({name})s" for name in self.values}


def public_rows(facts: Facts) -> tuple[PublicRow, ...]:
    """Return the rows of the check page; they have no fact that is not printed on the document itself."""
    holder = f"{facts.holder} ({facts.latin_name})" if facts.latin_name else facts.holder
    return (
        PublicRow(N_("Document"), facts.title.french),
        PublicRow(N_("Titulaire"), "%(holder)s", {"holder": holder}),
        PublicRow(N_("Date de naissance"), "%(birth)s", {"birth": facts.born_on}),
        _validity(facts),
        PublicRow(N_("Séjour"), facts.rights.stay),
        _work(facts),
        PublicRow(N_("Voyage"), facts.rights.travel),
        *_territory(facts),
    )


def _territory(facts: Facts) -> tuple[PublicRow, ...]:
    text = N_("%(place)s seulement : le droit au séjour ne vaut pas ailleurs sans autorisation spéciale")
    return (PublicRow(N_("Territoire"), text, {"place": facts.territory}),) if facts.territory else ()


def _work(facts: Facts) -> PublicRow:
    """Return what the document says of work: its own mention, if it has one."""
    mention = next((detail.text for detail in facts.details if detail.french == WORK.french), "")
    if mention:
        return PublicRow(N_("Travail"), "%(mention)s", {"mention": mention})
    return PublicRow(N_("Travail"), facts.rights.work)


def _validity(facts: Facts) -> PublicRow:
    if facts.kind is AttestationKind.DEPOSIT:
        return PublicRow(N_("Demande déposée"), N_("le %(day)s"), {"day": paris_day(facts.filed_at)})
    if facts.kind in UNDATED:
        return PublicRow(N_("Déclaré"), N_("le %(day)s"), {"day": paris_day(facts.filed_at)})
    if facts.valid_until is None:
        text = N_("Valable à partir du %(start)s, jusqu’à la remise du titre")
        return PublicRow(N_("Validité"), text, {"start": facts.valid_from})
    dates = {"start": facts.valid_from, "end": facts.valid_until}
    return PublicRow(N_("Validité"), N_("du %(start)s au %(end)s"), dates)
