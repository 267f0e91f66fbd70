"""What invented people and their service wrote to each other: a question that waits, a message that an agent began."""

from datetime import datetime

from flask import Flask

from app.demonstration.stories import Scene, specimen
from app.domain.public_forms.asking import DOSSIER
from app.services.applications.documents import Sent
from app.services.conversations import conversations
from app.services.conversations.conversations import Asked, Asker, StoredAttachments
from app.storage.applications import conversations as store
from app.storage.applications import dossiers
from app.storage.models import Account, Agent, Dossier
from app.storage.people import accounts

WAITS = "9920000103"  # whose question nobody has answered
WRITTEN_TO = "9920000104"  # to whom an agent wrote first


def happen(app: Flask, agent: Agent, now: datetime) -> None:
    """Say it all, through the service's own verbs."""
    for number, said in ((WAITS, _wait), (WRITTEN_TO, _be_written_to)):
        account = accounts.by_number(number)
        if account is not None:
            said(Scene(account, agent, app.extensions["gateways"], now), _dossier(account))


def _dossier(account: Account) -> Dossier:
    return dossiers.owned(account.id, dossiers.of_account(account.id)[0].reference or "")


def _files(scene: Scene, days: int, title: str) -> StoredAttachments:
    sent = [Sent(f"{title.lower().replace(' ', '-')}.jpg", specimen(title))]
    return conversations.store_attachments(sent, scene.outside.scanner, scene.outside.files, scene.ago(days))


def _wait(scene: Scene, dossier: Dossier) -> None:
    """A question with a file, put nine days ago, that nobody has answered."""
    text = "Mon employeur demande jusqu’à quand vaut mon attestation.\nSon courrier est joint. Que dois-je lui répondre ?"
    asker = Asker(scene.account.email, scene.account.language, scene.account)
    asked = Asked(DOSSIER, text, dossier=dossier)
    conversations.ask(asker, asked, _files(scene, 9, "Courrier de l’employeur"), scene.ago(9))


def _be_written_to(scene: Scene, dossier: Dossier) -> None:
    """A message that an agent began, answered since by the person, then by the agent again."""
    first = "Votre école nous a écrit que l’année commence plus tard. Est-ce bien le 5 octobre ?"
    begun = conversations.write(dossier, scene.agent, first, StoredAttachments(), scene.ago(8))
    conversations.add(begun, "Oui, le 5 octobre. Merci.", StoredAttachments(), scene.ago(7))
    said = store.messages(begun.id)
    thanks = "Merci, c’est noté. Vous n’avez rien d’autre à envoyer pour cela."
    conversations.answer(begun, scene.agent, thanks, StoredAttachments(), said[-1].id, scene.ago(6))
