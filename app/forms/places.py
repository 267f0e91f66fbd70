"""Fields of places: country, postcode, commune."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms.utils import unset_value

from app.domain.rules.identifiers import normal_postcode
from app.domain.text import N_, Problem, clean
from app.forms.answer import AnswerField
from app.forms.validators import sentence
from app.reference import communes, countries
from app.web.localisation.language import gettext as _

_CEDEX = N_(
    "Le %(postcode)s n’est pas dans notre liste. Si c’est un code CEDEX, il sert au courrier d’un organisme : écrivez "
    "plutôt le code postal de votre commune."
)


_UNLISTED = N_(
    "Nous ne trouvons pas cette commune dans le département %(departement)s. Écrivez son nom sans abréviation, ou son "
    "code postal."
)
_ONLY = N_("Le code postal %(postcode)s est celui de %(names)s. Corrigez l’un ou l’autre.")
_SEVERAL = N_("Au code postal %(postcode)s, les communes sont : %(names)s.")
_ACROSS = N_(
    "Le code postal %(postcode)s sert à plusieurs départements. Choisissez dans la liste la commune de votre mairie : "
    "elle décide du service qui traite votre demande."
)
_ELSEWHERE = N_(
    "%(name)s n’est pas dans le département du code postal %(postcode)s. Corrigez l’un ou l’autre. Si c’est un hameau, "
    "donnez la commune de votre mairie."
)
_NO_NAME = N_("Écrivez le nom de votre commune, en lettres.")


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
    """A commune, by its name or its INSEE code, among those of the postcode typed beside it.

    A name that the postcode does not have (a new commune, a hamlet) is kept once it is confirmed, unless the département,
    and so the prefecture, would be in doubt.
    """

    postcode = ""  # five digits, or nothing
    written = ""  # the name written beside the list: it counts before what is chosen in it

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        if formdata is not None:
            typed = normal_postcode(formdata.get("postcode", ""))
            self.postcode = typed if re.fullmatch(r"\d{5}", typed) else ""
            self.written = clean(formdata.get(f"{self.name}-name", ""))
        super().process(formdata, data, extra_filters)

    def take(self, valuelist: Sequence[str]) -> Any:
        return self.written or super().take(valuelist)

    def parse(self, typed: str) -> str:
        choices = communes.communes_of(self.postcode) if self.postcode else ()
        departements = communes.departements_of(self.postcode) if self.postcode else frozenset()
        if not departements:
            return typed
        found = communes.named(typed, choices) if choices else None
        if found or not typed:
            return found.code if found else ""
        return self._unlisted(typed, choices, departements)

    def _unlisted(self, typed: str, choices: Sequence[communes.Commune], departements: frozenset[str]) -> str:
        """Return what is kept of a commune that its postcode does not have; ValueError if it cannot be right."""
        if communes.commune(typed):  # the list of another postcode, sent without scripts
            raise ValueError(sentence(self._listed(choices)))
        if not any(letter.isalpha() for letter in typed):
            raise ValueError(sentence(Problem(_NO_NAME)))
        near = (communes.named(typed, communes.communes_in(code)) for code in sorted(departements))
        if found := next(filter(None, near), None):
            self.doubt = replace(self._listed(choices), doubt=True) if choices else None
            return found.code
        if communes.is_elsewhere(typed):
            raise ValueError(sentence(Problem(_ELSEWHERE, {"name": typed, "postcode": self.postcode})))
        if len(departements) > 1:
            raise ValueError(sentence(Problem(_ACROSS, {"postcode": self.postcode})))
        self.doubt = replace(self._listed(choices), doubt=True)
        return typed

    def _listed(self, choices: Sequence[communes.Commune]) -> Problem:
        """Return the sentence that tells which communes a postcode has, or where the one typed was looked for."""
        if not choices:
            return Problem(_UNLISTED, {"departement": communes.departement_of(self.postcode)})
        names = ", ".join(place.name for place in choices[:6])
        return Problem(_ONLY if len(choices) == 1 else _SEVERAL, {"postcode": self.postcode, "names": names})

    @staticmethod
    def format(value: Any) -> str:
        found = communes.commune(value) if value else None
        return found.name if found else value or ""
