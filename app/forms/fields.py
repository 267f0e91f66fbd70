"""WTForms fields, one a kind of question: what a browser sends on one side, the stored JSON value on the other.

A field that cannot read what was typed raises a ValueError with a sentence, as WTForms asks; what was typed stays.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.utils import unset_value

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
    """The field of a question; `data` is the stored value, None if what was typed cannot be read."""

    typed: Any = None  # what was sent, cleaned; None if nothing was

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Clean what was sent into `typed` and parse it into `data`."""
        self.data = None
        self.typed = self.take(valuelist)
        self.data = self.parse(self.typed)

    @property
    def value(self) -> Any:
        """The text or values that the page shows: what was typed, else the stored value formatted."""
        return self.format(self.data) if self.typed is None else self.typed

    def take(self, valuelist: Sequence[str]) -> Any:
        """Return the values sent under the field's name, cleaned."""
        return clean(valuelist[0]) if valuelist else ""

    def parse(self, typed: Any) -> Any:
        """Return the value to store. Raises ValueError with a sentence in the page's language."""
        return typed

    @staticmethod
    def format(value: Any) -> Any:
        """Return a stored value as it is typed."""
        return value or ""


class LineField(AnswerField):
    """One line of text."""

    def parse(self, typed: str) -> str:
        return re.sub(r"\s+", " ", typed)


class SeveralField(AnswerField):
    """Several ticked options, in the order of the page."""

    def take(self, valuelist: Sequence[str]) -> list[str]:
        return [clean(value) for value in valuelist]

    @staticmethod
    def format(value: Any) -> list[str]:
        return list(value or [])


class DayField(AnswerField):
    """A date in three boxes: day, month, year."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        if formdata is not None:
            parts = [formdata.get(f"{self.name}-{part}", "") for part in ("day", "month", "year")]
            formdata = MultiDict({self.name: parts})
        super().process(formdata, data, extra_filters)

    def take(self, valuelist: Sequence[str]) -> tuple[str, str, str]:
        day, month, year = map(clean, valuelist)
        return day, month, year

    def parse(self, typed: Sequence[str]) -> str:
        if not any(typed):
            return ""
        if not all(re.fullmatch(r"\d{1,4}", part) for part in typed):
            raise ValueError(_("Écrivez le jour, le mois et l’année en chiffres, par exemple 7 09 2026."))
        day, month, year = (int(part) for part in typed)
        if year < 1900:
            raise ValueError(_("Écrivez l’année avec quatre chiffres, par exemple 2026."))
        if not 1 <= month <= 12:
            raise ValueError(_("Le mois va de 1 à 12. Vérifiez que le jour et le mois ne sont pas inversés."))
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            raise ValueError(
                _(
                    "Le %(day)s/%(month)s/%(year)s n’existe pas. Vérifiez le jour.",
                    day=day,
                    month=month,
                    year=year,
                )
            ) from None

    @staticmethod
    def format(value: Any) -> tuple[str, str, str]:
        year, month, day = value.split("-") if value else ("", "", "")
        return day.lstrip("0"), month, year


class MoneyField(AnswerField):
    """An amount in euros, kept in cents."""

    def parse(self, typed: str) -> int | str:
        if not typed:
            return ""
        text = re.sub(r"[\s€]|eur(os?)?", "", typed, flags=re.IGNORECASE).replace(",", ".")
        if re.fullmatch(r"\d{1,3}(\.\d{3})+(\.\d{2})?", text):
            head, dot, cents = (
                text.rpartition(".")
                if text.count(".") > 1 and len(text.split(".")[-1]) == 2
                else (text, "", "")
            )
            text = head.replace(".", "") + dot + cents
        if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", text):
            raise ValueError(_("Écrivez un montant en euros, par exemple 877,50."))
        whole, _dot, part = text.partition(".")
        return int(whole) * 100 + int((part + "00")[:2])

    @staticmethod
    def format(value: Any) -> str:
        if value in (None, ""):
            return ""
        return f"{value // 100},{value % 100:02d}" if value % 100 else str(value // 100)


class PhoneField(AnswerField):
    """A telephone number, French or foreign, kept as E.164."""

    def parse(self, typed: str) -> str:
        if not typed:
            return ""
        for region in _REGIONS:
            try:
                number = phonenumbers.parse(typed, region)
            except phonenumbers.NumberParseException:
                continue
            if phonenumbers.is_valid_number(number):
                return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
        raise ValueError(
            _(
                "Ce numéro n’existe pas. En France il a 10 chiffres ; pour un autre pays, commencez par + et l’indicatif."
            )
        )

    @staticmethod
    def format(value: Any) -> str:
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

    def parse(self, typed: str) -> str:
        if not typed:
            return ""
        try:
            validate_email(typed, check_deliverability=False)
        except EmailNotValidError:
            raise ValueError(_("Cette adresse n’est pas complète. Par exemple : nom@exemple.fr")) from None
        return normal_email(typed)


class PasswordField(AnswerField):
    """A password, letter for letter; never put back into the page."""

    @property
    def value(self) -> str:
        return ""

    def take(self, valuelist: Sequence[str]) -> str:
        return unicodedata.normalize("NFC", valuelist[0]) if valuelist else ""


class CountryField(AnswerField):
    """A country, kept as ISO 3166 alpha-3."""

    def parse(self, typed: str) -> str:
        if typed and countries.country(typed) is None:
            raise ValueError(_("Choisissez un pays dans la liste."))
        return typed


class PostcodeField(AnswerField):
    """A French postcode, overseas included."""

    def parse(self, typed: str) -> str:
        text = re.sub(r"\s", "", typed)
        if text and not re.fullmatch(r"\d{5}", text):
            raise ValueError(_("Un code postal a 5 chiffres, par exemple 69003."))
        if text and not communes.communes_of(text):
            raise ValueError(
                _("Nous ne connaissons pas ce code postal. Vérifiez-le sur une facture ou une lettre reçue.")
            )
        return text


class CommuneField(AnswerField):
    """A commune, by its name or its INSEE code, among those of the postcode typed beside it."""

    postcode = ""  # five digits, or nothing

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        if formdata is not None:
            typed = re.sub(r"\s", "", formdata.get("postcode", ""))
            self.postcode = typed if re.fullmatch(r"\d{5}", typed) else ""
        super().process(formdata, data, extra_filters)

    def parse(self, typed: str) -> str:
        choices = communes.communes_of(self.postcode) if self.postcode else ()
        if not choices:
            return typed
        found = communes.named(typed, choices)
        if typed and not found:
            raise ValueError(self._elsewhere(choices))
        return found.code if found else ""

    def _elsewhere(self, choices: Sequence[communes.Commune]) -> str:
        if len(choices) == 1:
            sentence = _("Le code postal %(postcode)s est celui de %(name)s. Corrigez l’un ou l’autre.")
            return str(sentence % {"postcode": self.postcode, "name": choices[0].name})
        return str(
            _(
                "Au code postal %(postcode)s, les communes sont : %(names)s.",
                postcode=self.postcode,
                names=", ".join(c.name for c in choices[:6]),
            )
        )

    @staticmethod
    def format(value: Any) -> str:
        found = communes.commune(value) if value else None
        return found.name if found else value or ""


class StampField(AnswerField):
    """The number of an e-stamp, kept as 16 digits, shown four by four."""

    def parse(self, typed: str) -> str:
        if not typed:
            return ""
        number, problem = check_stamp_number(typed)
        if problem:
            raise ValueError(_(problem.text, **problem.values))
        return number

    @staticmethod
    def format(value: Any) -> str:
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
