"""The printed papers of a dossier, as an agent opens them or sends them with a message."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.dossiers.decisions import Outcome
from app.domain.rules.rights import AttestationKind
from app.services.certificates import printing
from app.storage.applications import attestations, decision_letters
from app.storage.files import FileStore, new_key
from app.storage.models import Attachment, Attestation, DecisionLetter, Dossier

APPLICATION = "demande"
_CERTIFICATE, _LETTER = "attestation-", "lettre-"


class UnknownPaper(Exception):
    """Raised for a key that no paper of the dossier has."""


@dataclass(frozen=True)
class Paper:
    """A paper: the key that its address holds, and the row that it was printed of; for the application, the dossier.

    `kind` is that of the certificate, or the decision that the letter tells; None for the application.
    """

    key: str
    row: Dossier | Attestation | DecisionLetter
    stored: printing.Stored | None
    kind: AttestationKind | Outcome | None = None

    @property
    def printed(self) -> bool:
        """Whether there is a file."""
        return self.stored is not None

    @property
    def stuck(self) -> bool:
        """Whether printing keeps failing."""
        return not self.printed and printing.keeps_failing(self.row)

    @property
    def name(self) -> str:
        """The name of its file, without personal data."""
        return f"{self.key}.pdf"

    def read(self, files: FileStore) -> bytes:
        """Return the stored bytes, without a query. Raises NotPrintedYet, FileChanged."""
        return printing.read_stored(self.stored, files)


def application(dossier: Dossier) -> Paper:
    """Return the application as it was filed."""
    return Paper(APPLICATION, dossier, printing.stored_application(dossier))


def certificate(row: Attestation) -> Paper:
    """Return the paper of a certificate."""
    return Paper(f"{_CERTIFICATE}{row.code}", row, printing.stored_paper(row), AttestationKind(row.kind))


def letter(row: DecisionLetter) -> Paper:
    """Return the paper of a letter."""
    return Paper(f"{_LETTER}{row.id}", row, printing.stored_paper(row), Outcome(row.kind))


def of_dossier(dossier: Dossier) -> Sequence[Paper]:
    """Return every paper of a dossier that its reader may open: the application, certificates, letters."""
    return [
        application(dossier),
        *(certificate(row) for row in attestations.listed(dossier.id)),
        *(letter(row) for row in decision_letters.of_dossier(dossier.id)),
    ]


def named(dossier: Dossier, key: str) -> Paper:
    """Return the paper of a dossier with a key. Raises UnknownPaper."""
    found = next((paper for paper in of_dossier(dossier) if paper.key == key), None)
    if found is None:
        raise UnknownPaper(re.sub(r"[^\w-]", "", key)[:40])
    return found


def attach(papers: Sequence[Paper], files: FileStore, now: datetime) -> tuple[Attachment, ...]:
    """Store copies of printed papers as files of a message that is still to be written."""
    return tuple(_attached(paper, files, now) for paper in papers if paper.printed)


def _attached(paper: Paper, files: FileStore, now: datetime) -> Attachment:
    content = paper.read(files)
    key = new_key(now, secrets.token_hex(16))
    files.put(key, content)
    return Attachment(
        name=paper.name,
        key=key,
        media_type="application/pdf",
        size=len(content),
        sha256=printing.digest(content),
    )
