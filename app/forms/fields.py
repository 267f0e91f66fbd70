"""WTForms fields, one a kind of question: what a browser sends on one side, the stored JSON value on the other.

A field that cannot read what was typed raises `StopValidation` with a sentence; what was typed stays in `shown`.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from wtforms import Field
from wtforms.validators import StopValidation

from app.domain.journeys.questions import Kind
from app.domain.rules.identifiers import check_stamp_number, normal_email
from app.reference import communes, countries

# Mobile numbers of overseas départements are not valid in the region FR.
_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "BL", "MF", "NC", "PF", "WF")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Typed text as it is kept: composed letters, no control characters, no outer spaces."""
    return _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n"))).strip()


class AnswerField(Field):
    """A question's field. `data` is the stored value, `raw` what was typed."""

    raw: Any = ""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.raw = self.take(formdata, self.name)
        try:
            self.data = self.read(self.raw, formdata)
        except StopValidation as stop:
            self.data = None
            self.process_errors.append(stop.args[0])

    def take(self, formdata: Any, name: str) -> Any:
        """What the browser sent under this name."""
        return clean(formdata.get(name, ""))

    def read(self, raw: Any, formdata: Any) -> Any:
        """The stored value; StopValidation with a sentence where there is none."""
        return raw

    @staticmethod
    def shown(value: Any) -> Any:
        """A stored value as it is put back into the field."""
        return value or ""


class LineField(AnswerField):
    """One line of text."""

    def read(self, raw: str, formdata: Any) -> str:
        return re.sub(r"\s+", " ", raw)


class SeveralField(AnswerField):
    """Several ticked options, in the order of the page."""

    def take(self, formdata: Any, name: str) -> list[str]:
        return [clean(value) for value in formdata.getlist(name)]

    @staticmethod
    def shown(value: Any) -> list[str]:
        return list(value or [])


class DayField(AnswerField):
    """A date in three boxes: day, month, year."""

    def take(self, formdata: Any, name: str) -> tuple[str, str, str]:
        day, month, year = (clean(formdata.get(f"{name}-{part}", "")) for part in ("day", "month", "year"))
        return day, month, year

    def read(self, raw: Sequence[str], formdata: Any) -> str:
        if not any(raw):
            return ""
        if not all(re.fullmatch(r"\d{1,4}", part) for part in raw):
            raise StopValidation(_("Écrivez le jour, le mois et l’année en chiffres, par exemple 7 09 2026."))
        day, month, year = (int(part) for part in raw)
        if year < 1900:
            raise StopValidation(_("Écrivez l’année avec quatre chiffres, par exemple 2026."))
        if not 1 <= month <= 12:
            raise StopValidation(
                _("Le mois va de 1 à 12. Vérifiez que le jour et le mois ne sont pas inversés.")
            )
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            raise StopValidation(
                _(
                    "Le %(day)s/%(month)s/%(year)s n’existe pas. Vérifiez le jour.",
                    day=day,
                    month=month,
                    year=year,
                )
            ) from None

    @staticmethod
    def shown(value: Any) -> tuple[str, str, str]:
        year, month, day = value.split("-") if value else ("", "", "")
        return day.lstrip("0"), month, year


class MoneyField(AnswerField):
    """An amount in euros, kept in cents."""

    def read(self, raw: str, formdata: Any) -> int | str:
        if not raw:
            return ""
        text = re.sub(r"[\s€]|eur(os?)?", "", raw, flags=re.IGNORECASE).replace(",", ".")
        if re.fullmatch(r"\d{1,3}(\.\d{3})+(\.\d{2})?", text):
            head, dot, cents = (
                text.rpartition(".")
                if text.count(".") > 1 and len(text.split(".")[-1]) == 2
                else (text, "", "")
            )
            text = head.replace(".", "") + dot + cents
        if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", text):
            raise StopValidation(_("Écrivez un montant en euros, par exemple 877,50."))
        whole, _dot, part = text.partition(".")
        return int(whole) * 100 + int((part + "00")[:2])

    @staticmethod
    def shown(value: Any) -> str:
        if value in (None, ""):
            return ""
        return f"{value // 100},{value % 100:02d}" if value % 100 else str(value // 100)


class PhoneField(AnswerField):
    """A telephone number, French or foreign, kept as E.164."""

    def read(self, raw: str, formdata: Any) -> str:
        if not raw:
            return ""
        for region in _REGIONS:
            try:
                number = phonenumbers.parse(raw, region)
            except phonenumbers.NumberParseException:
                continue
            if phonenumbers.is_valid_number(number):
                return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
        raise StopValidation(
            _(
                "Ce numéro n’existe pas. En France il a 10 chiffres ; pour un autre pays, commencez par + et l’indicatif."
            )
        )

    @staticmethod
    def shown(value: Any) -> str:
        if not value:
            return ""
        number = phonenumbers.parse(value)
        style = phonenumbers.PhoneNumberFormat
        chosen = (
            style.NATIONAL
            if value.startswith(("+33", "+262", "+590", "+594", "+596"))
            else style.INTERNATIONAL
        )
        return str(phonenumbers.format_number(number, chosen))


class EmailField(AnswerField):
    """An e-mail address, kept in its normal form."""

    def read(self, raw: str, formdata: Any) -> str:
        if not raw:
            return ""
        try:
            validate_email(raw, check_deliverability=False)
        except EmailNotValidError:
            raise StopValidation(
                _("Cette adresse n’est pas complète. Par exemple : nom@exemple.fr")
            ) from None
        return normal_email(raw)


class PasswordField(AnswerField):
    """A password, letter for letter; never put back into the page."""

    def take(self, formdata: Any, name: str) -> str:
        return unicodedata.normalize("NFC", formdata.get(name, ""))

    def read(self, raw: str, formdata: Any) -> str:
        self.raw = ""
        return raw


class CountryField(AnswerField):
    """A country, kept as ISO 3166 alpha-3."""

    def read(self, raw: str, formdata: Any) -> str:
        if raw and countries.country(raw) is None:
            raise StopValidation(_("Choisissez un pays dans la liste."))
        return raw


class PostcodeField(AnswerField):
    """A French postcode, overseas included."""

    def read(self, raw: str, formdata: Any) -> str:
        text = re.sub(r"\s", "", raw)
        if text and not re.fullmatch(r"\d{5}", text):
            raise StopValidation(_("Un code postal a 5 chiffres, par exemple 69003."))
        if text and not communes.communes_of(text):
            raise StopValidation(
                _("Nous ne connaissons pas ce code postal. Vérifiez-le sur une facture ou une lettre reçue.")
            )
        return text


class CommuneField(AnswerField):
    """A commune, by its name or its INSEE code, among those of the postcode typed beside it."""

    def read(self, raw: str, formdata: Any) -> str:
        postcode = re.sub(r"\s", "", formdata.get("postcode", ""))
        choices = communes.communes_of(postcode) if re.fullmatch(r"\d{5}", postcode) else ()
        if not choices:
            return raw
        found = [c for c in choices if raw == c.code or _plain(raw) == _plain(c.name)]
        if found:
            return found[0].code
        if len(choices) == 1 and _may_be(raw, choices[0]):
            return choices[0].code
        if not raw:
            return ""
        if len(choices) == 1:
            sentence = _("Le code postal %(postcode)s est celui de %(name)s. Corrigez l’un ou l’autre.")
            raise StopValidation(sentence % {"postcode": postcode, "name": choices[0].name})
        names = ", ".join(c.name for c in choices[:6])
        raise StopValidation(
            _("Au code postal %(postcode)s, les communes sont : %(names)s.", postcode=postcode, names=names)
        )

    @staticmethod
    def shown(value: Any) -> str:
        found = communes.commune(value) if value else None
        return found.name if found else value or ""


def _may_be(raw: str, only: communes.Commune) -> bool:
    """Whether a text stands for the only commune of a postcode: nothing, or part of its name."""
    typed, name = _plain(raw), _plain(only.name)
    return typed in name or (name in typed and communes.commune(raw) is None)


def _plain(name: str) -> str:
    """A commune's name as people type it: no accents, hyphens or case, `st` for `saint`."""
    text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


class StampField(AnswerField):
    """The number of an e-stamp, kept as 16 digits, shown four by four."""

    def read(self, raw: str, formdata: Any) -> str:
        if not raw:
            return ""
        number, problem = check_stamp_number(raw)
        if problem:
            raise StopValidation(_(problem.text, **problem.values))
        return number

    @staticmethod
    def shown(value: Any) -> str:
        return " ".join(re.findall(".{1,4}", value)) if value else ""


FIELDS: dict[Kind, type[AnswerField]] = {
    Kind.TEXT: LineField,
    Kind.LONG_TEXT: AnswerField,
    Kind.EMAIL: EmailField,
    Kind.PASSWORD: PasswordField,
    Kind.PHONE: PhoneField,
    Kind.DATE: DayField,
    Kind.CHOICE: AnswerField,
    Kind.SELECT: AnswerField,
    Kind.CHOICES: SeveralField,
    Kind.COUNTRY: CountryField,
    Kind.MONEY: MoneyField,
    Kind.POSTCODE: PostcodeField,
    Kind.COMMUNE: CommuneField,
    Kind.STAMP: StampField,
}
