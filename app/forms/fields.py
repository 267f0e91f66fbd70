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
from werkzeug.datastructures import MultiDict
from wtforms.utils import unset_value

from app.domain.journeys.questions import Kind
from app.domain.rules.identifiers import check_stamp_number, normal_email
from app.domain.text import N_, Problem, clean, plain
from app.forms.answer import AnswerField
from app.forms.places import CommuneField, CountryField, PostcodeField
from app.forms.validators import sentence
from app.web.localisation.language import gettext as _

# Mobile numbers of overseas départements are not valid in the region FR.
_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "BL", "MF", "NC", "PF", "WF")
# Ranges of national numbers overseas (ARCEP, plan national de numérotation): 0693 is La Réunion, not the mainland.
_OVERSEAS = {
    **dict.fromkeys(("0262", "0263", "0269", "0639", "0692", "0693"), "RE"),
    **dict.fromkeys(("0590", "0690", "0691"), "GP"),
    **dict.fromkeys(("0594", "0694"), "GF"),
    **dict.fromkeys(("0596", "0696", "0697"), "MQ"),
}
# Years of the present and of living people: of the Hijra, solar and lunar, and of the Buddhist era.
_OTHER_CALENDARS = ((1300, 1500), (2400, 2700))
_WHOLE_DATE = re.compile(r"(\d{1,2})[ ./-]+(\d{1,2})[ ./-]+(\d{4})")


class LineField(AnswerField):
    """One line of text."""

    def parse(self, typed: str) -> str:
        normal = self.question.normal
        return normal(typed) if normal else re.sub(r"\s+", " ", typed)


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
        day, month, year = map(plain, valuelist)
        if day and not (month or year) and (whole := _WHOLE_DATE.fullmatch(day)):  # pasted into the first box
            return whole[1], whole[2], whole[3]
        return day, month, year

    def parse(self, typed: Sequence[str]) -> str:
        if not any(typed):
            return ""
        if not all(re.fullmatch(r"\d{1,4}", part) for part in typed):
            raise ValueError(_("Écrivez le jour, le mois et l’année en chiffres, par exemple 7 09 2026."))
        day, month, year = (int(part) for part in typed)
        if any(first <= year < last for first, last in _OTHER_CALENDARS):
            raise ValueError(
                _(
                    "L’année %(year)s est celle d’un autre calendrier. Écrivez la date du calendrier français, par "
                    "exemple 2026.",
                    year=year,
                )
            )
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
        text = re.sub(r"[\s€']|eur(os?)?", "", plain(typed), flags=re.IGNORECASE).replace(",", ".")
        if re.fullmatch(r"\d{1,3}(\.\d{3})+(\.\d{2})?", text):
            head, dot, cents = (
                text.rpartition(".")
                if text.count(".") > 1 and len(text.split(".")[-1]) == 2
                else (text, "", "")
            )
            text = head.replace(".", "") + dot + cents
        if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", text):
            raise ValueError(_("Écrivez un montant en euros, par exemple 640,50."))
        whole, _dot, part = text.partition(".")
        return int(whole) * 100 + int((part + "00")[:2])

    @staticmethod
    def format(value: Any) -> str:
        if value in (None, ""):
            return ""
        return f"{value // 100},{value % 100:02d}" if value % 100 else str(value // 100)


def _written(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _possible_number(typed: str) -> phonenumbers.PhoneNumber | None:
    """Return a number of the right length in a range that the library does not know (yet), None otherwise."""
    digits = re.sub(r"\D", "", typed)
    region = next((region for start, region in _OVERSEAS.items() if digits.startswith(start)), "FR")
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


class PhoneField(AnswerField):
    """A telephone number, French or foreign, kept as E.164."""

    def parse(self, typed: str) -> str:
        if not typed:
            return ""
        for region in _REGIONS:
            try:
                number = phonenumbers.parse(plain(typed), region)
            except phonenumbers.NumberParseException:
                continue
            if phonenumbers.is_valid_number(number):
                return _written(number)
        if possible := _possible_number(plain(typed)):
            self.doubt = Problem(
                N_("Nous ne connaissons pas ce numéro de téléphone. Vérifiez chaque chiffre."), doubt=True
            )
            return _written(possible)
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
        address = normal_email(typed)
        if strange := next((letter for letter in address.rpartition("@")[0] if not letter.isascii()), ""):
            raise ValueError(
                _(
                    "« %(letter)s » n’existe pas dans les adresses e-mail que nous pouvons joindre. Recopiez l’adresse "
                    "depuis votre messagerie, ou donnez-en une autre.",
                    letter=strange,
                )
            )
        try:
            validate_email(address, check_deliverability=False)
        except EmailNotValidError:
            raise ValueError(_("Cette adresse n’est pas complète. Par exemple : nom@exemple.fr")) from None
        return address


class PasswordField(AnswerField):
    """A password, letter for letter; never put back into the page."""

    @property
    def value(self) -> str:
        return ""

    def take(self, valuelist: Sequence[str]) -> str:
        return unicodedata.normalize("NFC", valuelist[0]) if valuelist else ""


class StampField(AnswerField):
    """The number of an e-stamp, kept as 16 digits, shown four by four."""

    def parse(self, typed: str) -> str:
        if not typed:
            return ""
        number, problem = check_stamp_number(typed)
        if problem:
            raise ValueError(sentence(problem))
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
