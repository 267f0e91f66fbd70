"""Forms typed and not stored, kept for their owner: an applicant or an agent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.storage.models import KeptForm, Session

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Owner:
    """A person of one of the two sides, by the id of their row."""

    side: str  # "account" or "agent"
    id: int

    @property
    def _field(self) -> Any:
        return getattr(KeptForm, self.side)

    @property
    def forms(self) -> Any:
        """The condition of being a form of this person."""
        return self._field == self.id


def owner_of_session(digest: str) -> Owner | None:
    """Return whose session it is, expired or not; None if there is no such session."""
    found: Session | None = Session.get_or_none(Session.digest == digest)
    if found is None:
        return None
    return Owner("agent", found.agent_id) if found.agent_id else Owner("account", found.account_id or 0)


def keep(owner: Owner, path: str, fields: Fields, now: datetime) -> None:
    """Store the fields of the form that is sent to a path, replacing those stored before."""
    side = getattr(KeptForm, owner.side)
    KeptForm.insert({side: owner.id}, path=path, fields=fields, kept_at=now).on_conflict(
        conflict_target=[side, KeptForm.path], update={"fields": fields, "kept_at": now}
    ).execute()


def of(owner: Owner) -> dict[str, Fields]:
    """Return the fields of each form of a person, by the path that it is sent to."""
    rows: Sequence[KeptForm] = list(KeptForm.select().where(owner.forms))
    return {row.path: [(name, value) for name, value in row.fields] for row in rows}


def forget(owner: Owner, path: str) -> None:
    """Delete the fields of a form, once it was sent again."""
    KeptForm.delete().where(owner.forms & (KeptForm.path == path)).execute()
