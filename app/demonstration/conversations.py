"""Conversations of the demonstration: a question that waits, a message that an agent began, an employer's request."""

from datetime import datetime, timedelta

from flask import Flask

from app.demonstration.stories import Scene, specimen
from app.domain.public_forms.asking import DOSSIER
from app.domain.rules.births import born
from app.domain.rules.calendar import paris_day
from app.services.access.origins import NOWHERE
from app.services.conversations import conversations
from app.services.conversations.attachments import StoredAttachments, store_attachments
from app.services.conversations.conversations import Asked, Asker
from app.services.hiring import requests
from app.services.hiring.receipts import Employer
from app.services.received_files import Sent
from app.storage.applications import conversations as store
from app.storage.applications import dossiers
from app.storage.models import Account, Agent, Dossier
from app.storage.people import accounts

WAITS = "9920000103"  # has an unanswered question
WRITTEN_TO = "9920000104"  # was written to by an agent first


def create(app: Flask, agent: Agent, now: datetime) -> None:
    """Create the conversations through the service's own functions."""
    for number, converse in ((WAITS, _wait), (WRITTEN_TO, _be_written_to)):
        account = accounts.by_number(number)
        if account is not None:
            converse(Scene(account, agent, app.extensions["gateways"], now), _dossier(account))
    if account := accounts.by_number(WRITTEN_TO):
        _be_checked(Scene(account, agent, app.extensions["gateways"], now))


def _dossier(account: Account) -> Dossier:
    return dossiers.owned(account.id, dossiers.of_account(account.id)[0].reference or "")


def _files(scene: Scene, days: int, title: str) -> StoredAttachments:
    sent = [Sent(f"{title.lower().replace(' ', '-')}.jpg", specimen(title))]
    return store_attachments(
        sent, scene.gateways.scanner, scene.gateways.files, scene.ago(days), "demonstration"
    )


def _wait(scene: Scene, dossier: Dossier) -> None:
    """Ask a question with a file nine days ago, without answer."""
    text = "Mon employeur demande jusqu’à quand vaut mon attestation.\nSon courrier est joint. Que dois-je lui répondre ?"
    asker = Asker(scene.account.email, scene.account.language, scene.account)
    question = Asked(DOSSIER, text, dossier=dossier)
    conversations.ask(asker, question, _files(scene, 9, "Courrier de l’employeur"), scene.ago(9))


def _be_checked(scene: Scene) -> None:
    """Have an employer ask yesterday for a check of the card."""
    identity, asked_at = scene.account.identity, scene.ago(1)
    card = {
        "surname": identity["surname"],
        "given_names": identity["given_names"],
        "born": f"{born(identity).earliest:%d/%m/%Y}",
        "foreign_number": identity["foreign_number"],
    }
    hired_on = paris_day(asked_at) + timedelta(days=7)
    company = Employer("Boulangerie du Guichet", "", "paie@exemple.fr", hired_on, "fr", NOWHERE)
    requests.ask(card, "69003", company, _files(scene, 1, "Copie de la carte"), asked_at)


def _be_written_to(scene: Scene, dossier: Dossier) -> None:
    """Begin a conversation as the agent, answer as the applicant, then as the agent again."""
    first = "Votre école nous a écrit que l’année commence plus tard. Est-ce bien le 5 octobre ?"
    conversation = conversations.write(dossier, scene.agent, first, StoredAttachments(), scene.ago(8))
    conversations.add(conversation, "Oui, le 5 octobre. Merci.", StoredAttachments(), scene.ago(7))
    messages = store.messages(conversation.id)
    thanks = "Merci, c’est noté. Vous n’avez rien d’autre à envoyer pour cela."
    conversations.answer(
        conversation, scene.agent, thanks, StoredAttachments(), messages[-1].id, scene.ago(6)
    )
