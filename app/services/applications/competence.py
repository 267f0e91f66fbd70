"""Which service is in charge of an address: the one place that decides it."""

from collections.abc import Iterable

from app.reference.communes import Commune, commune
from app.reference.prefectures import possible_services
from app.storage.models import Service
from app.storage.people import services as store


class UnknownCommune(Exception):
    """No commune has this code, or none has it any more."""


def service_for(commune_code: str) -> Service:
    """The service in charge of an address in a commune, by its INSEE code.

    The sub-prefecture of its arrondissement where one handles permits, the prefecture otherwise. Raises UnknownCommune,
    or NoServiceInCharge where the operator loaded no service for the place.
    """
    town = commune(commune_code)
    if town is None:
        raise UnknownCommune(commune_code)
    return store.in_charge(possible_services(town))


def services_by_commune(towns: Iterable[Commune]) -> dict[str, Service]:
    """The service of each of these communes, asked once for those of one arrondissement."""
    found: dict[tuple[str, ...], Service] = {}
    answer = {}
    for town in towns:
        codes = possible_services(town)
        if codes not in found:
            found[codes] = store.in_charge(codes)
        answer[town.code] = found[codes]
    return answer
