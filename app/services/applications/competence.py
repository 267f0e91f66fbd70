"""Territorial competence: the service in charge of an address."""

import re
from collections.abc import Iterable

from app.domain.rules.deadlines import Answers
from app.reference.communes import Commune, commune, communes_of, departement_of, departements_of
from app.reference.prefectures import possible_services, prefecture_of
from app.storage.models import Service
from app.storage.people import services as store

_CODE = re.compile(r"\d[\dAB]\d{3}")  # INSEE's


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

    A commune that no list has, which the person confirmed by its name, is served as its postcode is. Raises as
    `service_for` does.
    """
    place = answers["commune"]
    if commune(place) is None and (not _CODE.fullmatch(place) or not communes_of(answers["postcode"])):
        return service_at(answers["postcode"])
    return service_for(place)


def service_at(postcode: str) -> Service:
    """Return the service of a postcode: the only one of its communes, otherwise the prefecture of the département."""
    services = {service.code: service for service in services_by_commune(communes_of(postcode)).values()}
    if len(services) == 1:
        return next(iter(services.values()))
    nearest = sorted(departements_of(postcode), key=lambda code: (code != departement_of(postcode), code))
    return store.in_charge([seat.code for code in nearest if (seat := prefecture_of(code))])


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
