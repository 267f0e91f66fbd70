"""What is no longer kept is marked, told, waited for, erased with its files, and leaves a trace that names nobody."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from app.domain.rules.retention import PERIODS, Kept
from app.domain.texts.notices import NoticeKind
from app.services.calendar import erasures
from app.services.decisions import holding
from app.services.decisions.acts import Act
from app.services.operations import audit_check
from app.storage import erasures as store
from app.storage.erasures import SUBJECTS
from app.storage.files import FileMissing, FileStore, StoreUnavailable
from app.storage.models import (
    Account,
    AuditRecord,
    Conversation,
    DataCopy,
    Document,
    Dossier,
    Erasure,
    Event,
    Notice,
    Outbox,
)
from app.storage.review.dossier_view import last_move
from tests import factories
from tests.fixtures import NOON

DAY = timedelta(days=1)
MONTH = timedelta(days=30)


@pytest.fixture
def files(app: Flask) -> FileStore:
    return app.extensions["gateways"].files


def stored(files: FileStore, key: str) -> bool:
    try:
        return bool(files.read(key))
    except FileMissing:
        return False


def with_file(dossier: Dossier, files: FileStore, **columns: object) -> Document:
    given = factories.document(dossier, "passport", **columns)
    return given


def closed(files: FileStore, at: datetime = NOON, **changes: object) -> Dossier:
    """A dossier that was closed when it had just been filed; the permit ends the same year."""
    record = factories.identity(valid_until=date(2027, 2, 10), **changes)
    dossier = factories.filed(factories.account(record), at)
    Dossier.update(state="closed").where(Dossier.id == dossier.id).execute()
    with_file(dossier, files)
    Outbox.delete().execute()
    return Dossier.get_by_id(dossier.id)


def test_a_draft_is_told_a_month_before_and_erased_with_its_files(app: Flask, files: FileStore) -> None:
    draft = factories.draft()
    given = with_file(draft, files)
    told = NOON + timedelta(days=151)  # 23 April: a month before six have passed
    assert erasures.sweep(files, told - 2 * DAY) == 0
    assert Erasure.select().count() == 0
    assert erasures.sweep(files, told + 2 * DAY) == 0
    (notice,) = Notice.select()
    assert (notice.kind, notice.account_id) == (NoticeKind.DRAFT_ENDING, draft.account_id)
    assert erasures.sweep(files, told + 3 * DAY) == 0
    assert Notice.select().count() == 1, "told once"
    assert Document.select().count() == 1
    assert erasures.sweep(files, told + MONTH + 3 * DAY) == 1
    assert Dossier.select().count() == Document.select().count() == 0
    assert not stored(files, given.key)
    (trace,) = Erasure.select()
    assert (trace.kind, trace.subject, trace.files) == ("draft", draft.id, 1)
    assert trace.done_at == told + MONTH + 3 * DAY
    assert Account.select().count() == 1


def test_a_draft_taken_up_again_stays(app: Flask, files: FileStore) -> None:
    draft = factories.draft()
    told = NOON + timedelta(days=160)
    erasures.sweep(files, told)
    Dossier.update(saved_at=told + DAY).where(Dossier.id == draft.id).execute()
    assert erasures.sweep(files, told + MONTH) == 0
    assert Dossier.select().count() == 1
    assert Erasure.select().count() == 0, "the mark is taken back"


def test_a_removed_document_of_an_ended_dossier_goes_after_a_year(app: Flask, files: FileStore) -> None:
    dossier = closed(files)
    removed = with_file(dossier, files, removed_at=NOON)
    assert erasures.sweep(files, NOON + timedelta(days=364)) == 0
    Dossier.update(state="in_review").where(Dossier.id == dossier.id).execute()
    assert erasures.sweep(files, NOON + timedelta(days=366)) == 0, "not while the application is open"
    Dossier.update(state="closed").where(Dossier.id == dossier.id).execute()
    assert erasures.sweep(files, NOON + timedelta(days=366)) == 1
    assert not stored(files, removed.key)
    assert Document.get_or_none(Document.id == removed.id) is None
    assert Document.select().where(Document.dossier == dossier.id).exists()


def test_a_dossier_goes_five_years_after_the_permit_with_its_record(app: Flask, files: FileStore) -> None:
    dossier = closed(files)
    end = datetime(2032, 2, 11, 12, tzinfo=NOON.tzinfo)  # five years after the permit, then a day
    assert erasures.sweep(files, end - 32 * DAY) == 0
    assert Erasure.select().count() == 0, "five years after the closure are not enough"
    erasures.sweep(files, end - 29 * DAY)
    assert [notice.kind for notice in Notice.select().order_by(Notice.id.desc()).limit(1)] == [
        "dossier_ending"
    ]
    assert erasures.sweep(files, end + 2 * DAY) == 1
    for table in (Dossier, Document, Event, AuditRecord):
        assert table.select().count() == 0, table
    assert Account.get_by_id(dossier.account_id)


def test_a_newer_permit_of_the_person_keeps_the_dossier(app: Flask, files: FileStore) -> None:
    dossier = closed(files)
    newer = dossier.account.identity | {"valid_until": "2031-02-10"}
    Account.update(identity=newer).where(Account.id == dossier.account_id).execute()
    erasures.sweep(files, datetime(2033, 1, 1, tzinfo=NOON.tzinfo))
    assert Erasure.select().where(Erasure.kind == "dossier").count() == 0


def test_a_card_whose_end_is_not_known_keeps_it_fifteen_years(app: Flask, files: FileStore) -> None:
    dossier = closed(files)
    Dossier.update(state="handed_over").where(Dossier.id == dossier.id).execute()
    erasures.sweep(files, NOON + 365 * 9 * DAY)
    assert Erasure.select().where(Erasure.kind.in_(["dossier", "long_permit"])).count() == 0
    later = NOON + 365 * 16 * DAY
    erasures.sweep(files, later)
    assert erasures.sweep(files, later + MONTH) >= 1
    assert Dossier.select().count() == 0


def test_an_approval_without_card_ends_the_dossier_and_one_with_a_card_does_not(
    app: Flask, files: FileStore
) -> None:
    waiting, done = closed(files), closed(files)
    Dossier.update(state="favourable").execute()
    Dossier.update(with_card=False).where(Dossier.id == done.id).execute()
    erasures.sweep(files, datetime(2040, 1, 1, tzinfo=NOON.tzinfo))
    marked = {erasure.subject for erasure in Erasure.select().where(Erasure.kind == "dossier")}
    assert marked == {done.id}
    assert waiting.id not in marked


def test_a_court_stops_it_and_the_time_goes_on_from_the_end(app: Flask, files: FileStore) -> None:
    end = datetime(2032, 2, 11, 12, tzinfo=NOON.tzinfo)
    dossier = closed(files)
    removed = with_file(dossier, files, removed_at=end - 300 * DAY)
    supervisor = factories.agent(rank="supervisor")
    erasures.sweep(files, end - 20 * DAY)  # marked and told
    holding.hold(dossier, Act(supervisor, end - 10 * DAY, last_move(dossier.id)), "Tribunal saisi.")
    assert erasures.sweep(files, end + 400 * DAY) == 0
    assert erasures.sweep(files, end + 4000 * DAY) == 0
    assert stored(files, removed.key)
    released = end + 4000 * DAY
    holding.release(
        Dossier.get_by_id(dossier.id), Act(supervisor, released, last_move(dossier.id)), "Jugement rendu."
    )
    erasures.sweep(files, released + 365 * 4 * DAY)
    assert Dossier.select().count() == 1, "five years again from there"
    later = released + 365 * 6 * DAY
    erasures.sweep(files, later)
    assert erasures.sweep(files, later + MONTH) >= 1
    assert Dossier.select().count() == 0


def test_an_unused_account_without_application_goes_with_its_draft(app: Flask, files: FileStore) -> None:
    person = factories.account()
    given = with_file(factories.draft(person), files)
    kept = factories.filed().account
    Outbox.delete().execute()
    later = NOON + 365 * 3 * DAY
    Dossier.update(saved_at=later).execute()
    erasures.sweep(files, later)
    (letter,) = Outbox.select().where(Outbox.kind == "mail")
    assert (letter.payload["template"], letter.payload["to"]) == ("mail/accounts/ending.txt", person.email)
    assert erasures.sweep(files, later + MONTH) == 1
    assert [account.id for account in Account.select()] == [kept.id]
    assert not stored(files, given.key)


def test_signing_in_keeps_the_account(app: Flask, files: FileStore) -> None:
    person = factories.account()
    later = NOON + 365 * 3 * DAY
    erasures.sweep(files, later)
    Account.update(seen_at=later + DAY).where(Account.id == person.id).execute()
    assert erasures.sweep(files, later + MONTH + DAY) == 0
    assert Account.select().count() == 1


def test_a_question_without_account_goes_after_a_year_with_its_files(app: Flask, files: FileStore) -> None:
    files.put("test/certificate", b"bytes")
    columns = {"email": "a@exemple.fr", "language": "fr", "topic": "other", "opened_at": NOON}
    Conversation.create(number="Q-1", service=factories.service(), file_key="test/certificate", **columns)
    assert erasures.sweep(files, NOON + 364 * DAY) == 0
    assert erasures.sweep(files, NOON + 366 * DAY) == 1
    assert Conversation.select().count() == 0
    assert not stored(files, "test/certificate")


def test_a_copy_goes_after_a_week(app: Flask, files: FileStore) -> None:
    files.put("test/copy", b"bytes")
    DataCopy.create(account=factories.account(), language="fr", asked_at=NOON, file_key="test/copy")
    assert erasures.sweep(files, NOON + 6 * DAY) == 0
    assert erasures.sweep(files, NOON + 8 * DAY) == 1
    assert not stored(files, "test/copy")


class Failing:
    """A store that fails at the second file."""

    def __init__(self, files: FileStore) -> None:
        self.files, self.left = files, 1

    def delete(self, key: str) -> None:
        if not self.left:
            raise StoreUnavailable("gone")
        self.left -= 1
        self.files.delete(key)


def test_what_fails_in_the_middle_is_gone_on_with(app: Flask, files: FileStore) -> None:
    draft = factories.draft()
    given = [with_file(draft, files) for _ in range(3)]
    told = NOON + 160 * DAY
    erasures.sweep(files, told)
    due = told + MONTH
    assert erasures.sweep(Failing(files), due) == 0  # type: ignore[arg-type]  # half a store
    assert Dossier.select().count() == 1, "never a file without a row"
    assert erasures.sweep(files, due) == 1
    assert not any(stored(files, file.key) for file in given)


def test_a_sweep_is_bounded_and_the_next_one_goes_on(
    app: Flask, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.storage.erasures.MOST", 2)
    for _ in range(5):
        factories.draft()
    later = NOON + 300 * DAY
    for _ in range(3):
        erasures.sweep(files, later)
    assert Erasure.select().count() == 5
    assert [erasures.sweep(files, later + MONTH) for _ in range(4)] == [2, 2, 1, 0]


def test_traces_name_nobody(app: Flask) -> None:
    """A column that could hold a name, a number or a text has no place there."""
    fields = {field.name for field in Erasure.fields_without()}
    assert fields == {"id", "kind", "subject", "marked_at", "due_at", "done_at", "files"}


def test_every_period_has_its_source_and_what_deletes_by_it(app: Flask) -> None:
    """No period is only words: storage reads it, or it goes with something else, or is the operator's."""
    assert all(period.source for period in PERIODS.values())
    assert set(SUBJECTS) < set(PERIODS)
    assert {kind for kind, period in PERIODS.items() if period.span is None} == {Kept.READINGS, Kept.LOG}


def test_what_a_backup_brings_back_is_erased_again(app: Flask, files: FileStore) -> None:
    draft = factories.draft()
    given = with_file(draft, files)
    assert erasures.erase_again("draft", draft.id, files, NOON)
    assert not stored(files, given.key)
    assert list(store.erased()) == [("draft", draft.id)]
    assert not erasures.erase_again("draft", draft.id, files, NOON), "twice does nothing more"


def test_an_erased_dossier_is_no_hole_in_the_record(app: Flask, files: FileStore) -> None:
    erased, removed = closed(files), closed(files)
    noted = list(audit_check.chain_heads())
    erasures.erase_again("dossier", erased.id, files, NOON)
    Dossier.delete().where(Dossier.id == removed.id).execute()
    assert [chain.dossier_id for chain in audit_check.missing_chains(noted)] == [removed.id]
