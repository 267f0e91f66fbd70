"""Territorial competence: the service in charge of an address."""

from collections.abc import Iterable

from app.domain.rules.deadlines import Answers
from app.reference.communes import Commune, commune, communes_of, departement_of
from app.reference.prefectures import possible_services, prefecture_of
from app.storage.models import Service
from app.storage.people import services as store


class UnknownCommune(Exception):
    """Raised for a code that no present commune has."""


def service_for(commune_code: str) -> Service:
    """Return the service in charge of an address in a commune, by its INSEE code.

    It is the sub-prefecture of the arrondissement if it handles permits, the prefecture otherwise. Raises
    UnknownCommune, and NoServiceInCharge if no service of the place is loaded.
    """
    town = commune(commune_code)
    if town is None:
        raise UnknownCommune(commune_code)
    return store.in_charge(possible_services(town))


def service_of(answers: Answers) -> Service:
    """Return the service in charge of the address in the answers of an application.

    A commune in no list, which the person confirmed, is served by the prefecture of its département. Raises as
    `service_for` does.
    """
    if commune(answers["commune"]) is None and not communes_of(answers["postcode"]):
        return service_at(answers["postcode"])
    return service_for(answers["commune"])


def service_at(postcode: str) -> Service:
    """Return the service of a postcode: of its first commune or, if it is in no list, of its département."""
    if towns := communes_of(postcode):
        return service_for(towns[0].code)
    prefecture = prefecture_of(departement_of(postcode))
    return store.in_charge((prefecture.code,) if prefecture else ())


def services_by_commune(towns: Iterable[Commune]) -> dict[str, Service]:
    """Return the service of each commune by its INSEE code, with one query an arrondissement."""
    by_codes: dict[tuple[str, ...], Service] = {}
    by_commune = {}
    for town in towns:
        codes = possible_services(town)
        if codes not in by_codes:
            by_codes[codes] = store.in_charge(codes)
        by_commune[town.code] = by_codes[codes]
    return by_commune
