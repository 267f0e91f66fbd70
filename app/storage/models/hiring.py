"""Checks that employers ask for before a hiring."""

from peewee import BigAutoField, CharField, DateField, FixedCharField, ForeignKeyField, JSONField

from app.storage.database import UtcField
from app.storage.models.conversations import Conversation
from app.storage.models.dossiers import Attestation
from app.storage.models.people import Account
from app.storage.models.table import Table


class HiringCheck(Table):
    """A check of one person's document for one hiring: of a certificate, answered at once, or of a card, by an agent.

    What the employer declares of itself is not verified. `code` opens the receipt.
    """

    account_id: int | None
    attestation_id: int | None
    conversation_id: int | None

    id = BigAutoField()
    number = CharField(16, unique=True)  # shown to the employer
    code = FixedCharField(12, unique=True)
    attestation = ForeignKeyField(Attestation, null=True, on_delete="CASCADE")  # null for a card
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")  # of the person, where known
    conversation = ForeignKeyField(
        Conversation, null=True, on_delete="CASCADE"
    )  # copy and answers, for a card
    company = CharField(200)
    siret = CharField(14, default="")
    email = CharField(254)
    language = CharField(5)
    hired_on = DateField()
    asked_at = UtcField(index=True)
    card = JSONField(null=True)  # what the employer read on the card
    due_on = DateField(null=True)  # last day of the prefecture's time to answer, for a card
    outcome = CharField(16, default="")  # see domain.dossiers.hiring.Outcome
    answered_at = UtcField(null=True)
    lapsed_at = UtcField(null=True)  # when the time to answer was over without an answer

    class Meta:
        table_name = "hiring_check"
