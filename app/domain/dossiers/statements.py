"""What the QR code of a certificate says: the rows of the check page in few bytes, to be checked without network.

docs/attestation-codes.md has the form for others. Numbers and their meaning never change: papers last for years.
"""

import struct
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from app.domain.dossiers.attestations import ALPHABET, CODE_LENGTH, WORK, Facts
from app.domain.rules.births import BirthDate
from app.domain.rules.calendar import paris_day
from app.domain.rules.rights import UNDATED, AttestationKind, Situation

VERSION = 1
RIGHTS_NUMBERS: dict[tuple[AttestationKind, Situation], int] = {
    (AttestationKind.DEPOSIT, Situation.FIRST): 1,
    (AttestationKind.DEPOSIT, Situation.RENEWAL): 2,
    (AttestationKind.DEPOSIT, Situation.CONTINUED): 3,
    (AttestationKind.EXTENSION, Situation.FIRST): 4,
    (AttestationKind.EXTENSION, Situation.RENEWAL): 5,
    (AttestationKind.EXTENSION, Situation.CONTINUED): 6,
    (AttestationKind.FAVOURABLE, Situation.FIRST): 7,
    (AttestationKind.FAVOURABLE, Situation.RENEWAL): 8,
    (AttestationKind.FAVOURABLE, Situation.CONTINUED): 9,
    (AttestationKind.VALIDATION, Situation.RENEWAL): 10,
    (AttestationKind.ADDRESS, Situation.RENEWAL): 11,
    (AttestationKind.LOSS, Situation.RENEWAL): 12,
}
LONGEST_TEXT = 60  # bytes of a name: more would make the QR code too fine for a telephone
_CUT = "…"
_HEAD = struct.Struct(">BBB5sHBBHHH")
_FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Statement:
    """The content of a QR code, before its signature. `last` is None without an end; "" is what does not apply."""

    key: int  # the number of the key that signs
    kind: AttestationKind
    situation: Situation
    code: str
    born_on: BirthDate
    first: date  # of validity; for a receipt, the day of filing or declaration
    last: date | None
    signed_on: date
    holder: str
    latin_name: str
    mention: str  # an exception to the rule on work
    territory: str

    @classmethod
    def of(cls, facts: Facts, key: int, signed_on: date) -> Self:
        """Return what the QR code of a certificate says; names that are too long end in …"""
        receipt = facts.kind in UNDATED or facts.kind is AttestationKind.DEPOSIT
        mention = next((detail.text for detail in facts.details if detail.french == WORK.french), "")
        return cls(
            key,
            facts.kind,
            facts.situation,
            facts.code,
            facts.born_on,
            paris_day(facts.filed_at) if receipt else facts.valid_from,
            None if receipt else facts.valid_until,
            signed_on,
            *map(_short, (facts.holder, facts.latin_name, mention, facts.territory)),
        )

    def encode(self) -> bytes:
        """Return the bytes that are signed."""
        birth = self.born_on
        head = _HEAD.pack(
            VERSION,
            self.key,
            RIGHTS_NUMBERS[self.kind, self.situation],
            _number(self.code).to_bytes(5),
            *(birth.year, birth.month, birth.day),
            *(_day_number(day) for day in (self.first, self.last, self.signed_on)),
        )
        texts = (text.encode() for text in (self.holder, self.latin_name, self.mention, self.territory))
        return head + b"".join(bytes([len(text)]) + text for text in texts)

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Return the statement of bytes; ValueError if they are none."""
        try:
            version, key, rights, code, year, month, day, *days = _HEAD.unpack_from(content)
            kind, situation = next(pair for pair, number in RIGHTS_NUMBERS.items() if number == rights)
        except (struct.error, StopIteration) as error:
            raise ValueError("not a statement") from error
        first, last, signed_on = map(_day, days)
        texts = _texts(content[_HEAD.size :])
        if version != VERSION or first is None or signed_on is None:
            raise ValueError("not a statement of this version")
        born_on = BirthDate(year, month, day)
        return cls(key, kind, situation, _code(int.from_bytes(code)), born_on, first, last, signed_on, *texts)


def _short(text: str) -> str:
    if len(text.encode()) <= LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - len(_CUT.encode())
    return text.encode()[:room].decode(errors="ignore") + _CUT


def _texts(content: bytes) -> tuple[str, str, str, str]:
    found = []
    for _place in range(4):
        length = content[0] if content else 0
        if len(content) < 1 + length:
            raise ValueError("a statement that is cut")
        found.append(content[1 : 1 + length].decode())
        content = content[1 + length :]
    if content:
        raise ValueError("more than a statement")
    holder, latin_name, mention, territory = found
    return holder, latin_name, mention, territory


def _number(code: str) -> int:
    number = 0
    for letter in code:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number


def _code(number: int) -> str:
    letters = ""
    for _place in range(CODE_LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters = ALPHABET[index] + letters
    return letters


def _day_number(day: date | None) -> int:
    return (day - _FIRST_DAY).days if day else 0


def _day(number: int) -> date | None:
    return _FIRST_DAY + timedelta(days=number) if number else None
