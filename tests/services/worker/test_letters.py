"""Letters and short messages: in the reader's language, with a link, and no more than a stranger may read."""

from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.domain.texts.notices import NoticeKind
from app.gateways.sms import Sms
from app.services.messages import notices
from app.storage.models import Dossier, Outbox
from tests import factories
from tests.fixtures import NOON
from tests.services.outside import Post, only, with_gateways

FACTS: dict[NoticeKind, dict[str, Any]] = {
    NoticeKind.FILED: {},
    NoticeKind.TAKEN: {},
    NoticeKind.COMPLEMENT_ASKED: {"slots": ["passport", "housing"], "count": 2, "due_on": "2026-12-23"},
    NoticeKind.COMPLEMENT_SENT: {"slots": ["passport"]},
    NoticeKind.PHOTO_PROBLEM: {"problem": "never_arrived"},
    NoticeKind.FILE_INFECTED: {},
    NoticeKind.EXTENSION_ISSUED: {
        "code": "K7QM42XD",
        "valid_from": "2027-02-11",
        "valid_until": "2027-05-10",
    },
    NoticeKind.APPROVED: {},
    NoticeKind.REFUSED: {"reason": "Un motif très personnel."},
    NoticeKind.CLOSED: {"reason": "Un motif très personnel."},
    NoticeKind.REOPENED: {"reason": "Un motif très personnel."},
    NoticeKind.IN_PRODUCTION: {},
    NoticeKind.CARD_AVAILABLE: {"place": "Préfecture, quai de l’Oise & rue d'Alsace <2>", "amount": 10_000},
    NoticeKind.CARD_WAITING: {
        "since": "2026-11-02",
        "place": "Préfecture, quai de l’Oise & rue d'Alsace <2>",
        "amount": 10_000,
    },
    NoticeKind.HANDED_OVER: {},
    NoticeKind.COLLECTED: {},
    NoticeKind.COMPLEMENT_REMINDER: {"due_on": "2026-12-23"},
    NoticeKind.COMPLEMENT_UNSENT: {"done": 1, "total": 2, "due_on": "2026-12-23"},
    NoticeKind.TIME_ANSWERED: {"granted": True, "due_on": "2026-12-23", "reason": "Un motif très personnel"},
    NoticeKind.WITHDRAWN: {},
    NoticeKind.EXTENSION_WITHHELD: {"reason": "Un motif très personnel", "ends": "2027-02-10"},
    NoticeKind.RIGHTS_ENDING: {"ends": "2027-02-10", "follows": "on_request"},
    NoticeKind.SILENCE: {"contest_until": "2027-04-21"},
    NoticeKind.REVOKED: {"reason": "Un motif très personnel", "code": "K7QM42XD"},
    NoticeKind.REQUEST_CANCELLED: {"reason": "Un motif très personnel"},
    NoticeKind.DECISION_TAKEN_BACK: {"reason": "Un motif très personnel", "certificates": "ended"},
    NoticeKind.FEE_CORRECTED: {
        "amount": 35_000,
        "amount_before": 10_000,
        "reason": "Un motif très personnel",
        "decided": True,
        "announced": True,
    },
    NoticeKind.DECISION_CORRECTED: {"reason": "Un motif très personnel", "certified": True},
    NoticeKind.STEP_UNDONE: {"reason": "Un motif très personnel", "state": "in_production"},
    NoticeKind.ANSWER_CORRECTED: {
        "question": "passport_number",
        "before": "C1234567",
        "after": "C7654321",
        "reason": "Un motif très personnel",
    },
    NoticeKind.WORK_MENTION: {"mention": "Autorise à travailler.", "certified": True},
    NoticeKind.IDENTITY_CORRECTED: {"certified": True},
    NoticeKind.CERTIFICATE_ISSUED: {"code": "K7QM42XD"},
    NoticeKind.CERTIFICATE_REPLACED: {"reason": "Un motif très personnel", "code": "K7QM42XD"},
    NoticeKind.HELD: {"reason": "Un motif très personnel"},
    NoticeKind.RELEASED: {"reason": "Un motif très personnel"},
    NoticeKind.DOSSIER_ENDING: {"erased_on": "2026-12-23"},
    NoticeKind.ANSWERED: {"number": "Q-2026-000001"},
    NoticeKind.WRITTEN: {"number": "Q-2026-000001"},
    NoticeKind.MOVED: {
        "origin": "Préfecture de Lyon",
        "target": "Préfecture de police",
        "only_in": "Mayotte",
    },
}

# Told of an appointment, each kind with what another one has beside it.
MEETING: dict[str, Any] = {
    "appointment": 1,
    "purpose": "fingerprints",
    "meets_at": "2026-12-07T08:30:00+00:00",
    "place": "Guichet 4, quai de l’Oise & rue d'Alsace <2>",
    "bring": ["passport", "permit"],
    "words": "Un motif très personnel",
    "reason": "Un motif très personnel",
    "before": "2026-12-04T08:30:00+00:00",
    "outcome": "kept",
}
# Told to a person about the permit they hold, not about a dossier.
RENEWAL = {"permit_until": "2027-03-31", "opens": "2026-12-01", "closes": "2027-01-30", "amount": 18_000}
# Told to a person about what is kept of them.
DATA: dict[NoticeKind, dict[str, Any]] = {
    NoticeKind.DRAFT_ENDING: {"journey": "etudiant", "version": 1, "erased_on": "2026-12-23"},
    NoticeKind.COPY_READY: {"erased_on": "2026-12-23"},
    NoticeKind.ACCOUNT_CLOSING: {"erased_on": "2026-12-23"},
    NoticeKind.ACCOUNT_KEPT: {},
}
FACTS |= {kind: MEETING for kind in NoticeKind if kind.startswith("appointment_")}
RENEWALS = sorted(set(NoticeKind) - set(FACTS) - set(DATA))


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    return factories.filed()


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", list(FACTS), ids=str)
def test_letters(app: Flask, dossier: Dossier, kind: NoticeKind, language: str) -> None:
    post = Post()
    with_gateways(app, mail=post)
    Outbox.delete().execute()
    dossier.account.language = language
    dossier.account.save()
    notices.notify(dossier, kind, NOON, **FACTS[kind])
    only("mail_notice")
    assert jobs.run_once(app, NOON) == 1
    (letter,) = post.letters
    subject, body = letter.subject, letter.text
    assert (letter.to, letter.language) == (dossier.account.email, language)
    assert dossier.reference in subject
    assert f"http://localhost/{language}/suivi/" in body
    assert dossier.reference in body
    whole = subject + body
    for wrong in ("%(", "&#", "&amp;", "\n\n\n", "Un motif très personnel", "Nguyễn"):
        assert wrong not in whole, wrong
    assert ("Bonjour," in whole) is (language == "fr")
    assert ("Hello," in whole) is (language == "en")
    if kind in (NoticeKind.REVOKED, NoticeKind.DECISION_TAKEN_BACK):  # decisions against the person
        for words in ("OQTF", *(("2 mois", "48 heures") if language == "fr" else ("2 months", "48 hours"))):
            assert words in body, words
    if kind is NoticeKind.CARD_AVAILABLE:
        assert FACTS[kind]["place"] in body
        assert ("100\u00a0€" if language == "fr" else "€100") in body
        spoken = {"fr": ("passeport", "espèces", "16 chiffres", "12 mois", "18 mois", "remboursé")}
        spoken["en"] = ("passport", "cash", "16-digit", "12 months", "18 months", "refunded")
        for word in (*spoken[language], "timbres.impots.gouv.fr"):
            assert word in body, word


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", RENEWALS, ids=str)
def test_reminders(app: Flask, kind: NoticeKind, language: str, late: bool) -> None:
    post = Post()
    with_gateways(app, mail=post)
    person = factories.account(language=language)
    notices.notify_account(person, kind, NOON, **RENEWAL, late=late)
    assert jobs.run_once(app, NOON) == 1
    (letter,) = post.letters
    assert (letter.to, letter.language) == (person.email, language)
    whole = (letter.subject + letter.text).replace("\u00a0", " ")
    assert f"http://localhost/{language}/suivi/rappels" in whole
    assert ("30 janvier 2027" if language == "fr" else "30 January 2027") in whole
    assert (("180 €" if language == "fr" else "€180") in whole) is (late or kind.endswith("last_days"))
    late_words = "passée" if language == "fr" else "has passed"
    assert (late_words in letter.subject) is late
    for wrong in ("%(", "&#", "&amp;", "\n\n\n", "Nguyễn", person.foreign_number):
        assert wrong not in whole, wrong


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", sorted(DATA), ids=str)
def test_letters_about_what_is_kept(app: Flask, kind: NoticeKind, language: str) -> None:
    post = Post()
    with_gateways(app, mail=post)
    person = factories.account(language=language)
    notices.notify_account(person, kind, NOON, **DATA[kind])
    assert jobs.run_once(app, NOON) == 1
    (letter,) = post.letters
    assert (letter.to, letter.language) == (person.email, language)
    whole = (letter.subject + letter.text).replace("\u00a0", " ")
    day = "23 décembre 2026" if language == "fr" else "23 December 2026"
    assert (day in whole) is bool(DATA[kind])
    assert f"http://localhost/{language}/suivi/" in whole
    for wrong in ("%(", "&#", "&amp;", "\n\n\n", "Nguyễn", person.foreign_number):
        assert wrong not in whole, wrong


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", sorted(notices.WITH_SMS), ids=str)
def test_text_messages(app: Flask, dossier: Dossier, kind: NoticeKind, language: str) -> None:
    texts = []

    class Texter:
        def send(self, sms: Sms) -> None:
            texts.append((sms.to, sms.text))

    with_gateways(app, sms=Texter())
    Outbox.delete().execute()
    dossier.account.language = language
    dossier.account.save()
    notices.notify(dossier, kind, NOON, **FACTS[kind])
    only("sms_notice")
    assert jobs.run_once(app, NOON) == 1
    ((to, text),) = texts
    assert to == factories.ANSWERS["phone"]
    assert f"http://localhost/{language}/suivi/" in text
    assert "\n" not in text
    assert "%(" not in text
