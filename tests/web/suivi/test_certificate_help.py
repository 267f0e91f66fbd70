"""Beside certificates stands the question of the help that is about the newest of them."""

from collections.abc import Callable

import pytest

from app.domain.rules.rights import AttestationKind
from app.presenters.notice_words import CERTIFICATE_HELP
from app.storage.models import Attestation
from tests import factories
from tests.clients import PageClient

pytestmark = pytest.mark.engines("sqlite")


def test_each_kind_is_explained() -> None:
    assert CERTIFICATE_HELP.keys() == set(AttestationKind)


@pytest.mark.parametrize("kind", [AttestationKind.DEPOSIT, AttestationKind.FAVOURABLE])
def test_the_one_that_is_held_is(
    app: object, visitor: Callable[[], PageClient], kind: AttestationKind
) -> None:
    dossier = factories.filed()
    Attestation.update(kind=str(kind)).execute()
    page = visitor().sign_in(dossier.account).get("/fr/suivi/").text
    linked = [entry.key for entry in CERTIFICATE_HELP.values() if f"/questions/{entry.key}" in page]
    assert linked == [CERTIFICATE_HELP[kind].key]
