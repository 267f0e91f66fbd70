"""Fields of places: country, postcode, commune."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms.utils import unset_value

from app.domain.rules.identifiers import normal_postcode
from app.domain.text import N_, Problem
from app.forms.answer import AnswerField
from app.reference import communes, countries

_CEDEX = N_(
    "Le %(postcode)s n’est pas dans notre liste. Si c’est un code CEDEX, il sert au courrier d’un organisme : écrivez "
    "plutôt le code postal de votre commune."
)


_UNLISTED = N_(
    "Nous ne trouvons pas cette commune dans le département %(departement)s. Écrivez son nom sans abréviation, ou son "
    "code postal."
)


class CountryField(AnswerField):
    """A country, kept as ISO 3166 alpha-3."""

    def parse(self, typed: str) -> str:
        if typed and countries.country(typed) is None:
            raise ValueError(_("Choisissez un pays dans la liste."))
        return typed


class PostcodeField(AnswerField):
    """A French postcode, overseas included."""

    def parse(self, typed: str) -> str:
        text = normal_postcode(typed)
        if text and not re.fullmatch(r"\d{5}", text):
            raise ValueError(_("Un code postal a 5 chiffres, par exemple 69003."))
        if text and not communes.communes_of(text):
            if not communes.departement_of(text):
                raise ValueError(
                    _(
                        "Nous ne connaissons pas ce code postal. Vérifiez-le sur une facture ou une lettre reçue."
                    )
                )
            self.doubt = Problem(_CEDEX, {"postcode": text}, doubt=True)
        return text


class CommuneField(AnswerField):
    """A commune, by its name or its INSEE code, among those of the postcode typed beside it."""

    postcode = ""  # five digits, or nothing

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        if formdata is not None:
            typed = normal_postcode(formdata.get("postcode", ""))
            self.postcode = typed if re.fullmatch(r"\d{5}", typed) else ""
        super().process(formdata, data, extra_filters)

    def parse(self, typed: str) -> str:
        if not self.postcode:
            return typed
        choices = communes.communes_of(self.postcode)
        if not choices:
            return self._in_departement(typed)
        found = communes.named(typed, choices)
        if typed and not found:
            raise ValueError(self._elsewhere(choices))
        return found.code if found else ""

    def _in_departement(self, typed: str) -> str:
        """Return the code of a commune whose postcode is in no list; its département tells where to look."""
        departement = communes.departement_of(self.postcode)
        if not typed or not departement:
            return typed
        if found := communes.named(typed, communes.communes_in(departement)):
            return found.code
        self.doubt = Problem(_UNLISTED, {"departement": departement}, doubt=True)
        return typed

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
