"""What the step of documents counts: all that is asked for, the e-photo too."""

from app.storage.models import PhotoCode
from tests import factories


def test_the_e_photo_counts_among_what_is_received(visitor, app):
    draft = factories.complete(factories.draft())
    page = f"/fr/demande/{draft.journey}/justificatifs"
    client = visitor().sign_in(draft.account)
    assert "Reçus\u00a0: 8 sur 8" in client.get(page).text
    PhotoCode.delete().execute()
    assert "Reçus\u00a0: 7 sur 8" in client.get(page).text
