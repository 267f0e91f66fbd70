"""The documents of `docs/openapi/`, held against what asks, what answers in their place, and answers gone wrong."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openapi_core.exceptions import OpenAPIError

from app.domain.rules.ephotos import EPhotoState
from app.gateways import ephoto, register, sms, stamps, web
from app.gateways.permit_record import UnreadableRecord
from app.gateways.stamps import StampState
from tests.gateways.answering import Desk
from tests.gateways.contracts import NAMES, as_bytes, contract, exchange, reference, write_held

TODAY = date(2026, 11, 23)
PERMIT = ("9920000137", date(2026, 2, 1), date(2027, 1, 31))
VISA = ("330000201", date(2026, 9, 1), date(2027, 8, 31))
CODE, STAMP = "7K2M9QXA41TBZC83WD6R5H", "1000200030004000"
OPENED: dict[str, Callable[[str], Any]] = {
    "register": register.from_url,
    "ephoto": ephoto.from_url,
    "stamps": stamps.from_url,
    "sms": sms.from_url,
}
FILES = {"register": "register.json", "ephoto": "ephotos.json", "stamps": "stamps.json", "sms": "sms"}
# What is asked of each gateway, under the name of its example in the document.
CALLS: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("register", "permit"): lambda gateway: gateway.find(*PERMIT),
    ("register", "visa"): lambda gateway: gateway.find_visa(*VISA),
    ("register", "allot"): lambda gateway: gateway.allot(*VISA),
    ("register", "validate"): lambda gateway: gateway.validate(VISA[0], TODAY),
    ("register", "invalidate"): lambda gateway: gateway.invalidate(PERMIT[0], PERMIT[2], TODAY),
    ("ephoto", "ready"): lambda gateway: gateway.look_up(CODE, TODAY),
    ("stamps", "look"): lambda gateway: gateway.look_up(STAMP, TODAY),
    ("stamps", "use"): lambda gateway: gateway.use(STAMP, "guichet-7", TODAY),
    ("sms", "notice"): lambda gateway: gateway.send(
        sms.Sms("+33612345678", "Votre titre de séjour est disponible.", "notice-1")
    ),
}
# The only ways in which each may say that there is no answer; pages explain these.
NO_ANSWER = {
    "register": (register.RegisterUnavailable, UnreadableRecord),
    "ephoto": (ephoto.PhotoDeskUnavailable,),
    "stamps": (stamps.StampDeskUnavailable,),
    "sms": (sms.SmsUnavailable,),
}


def of(calls: Iterable[tuple[str, str]]) -> pytest.MarkDecorator:
    """Run a test for each of these calls."""
    return pytest.mark.parametrize(("name", "call"), [pytest.param(*key, id="-".join(key)) for key in calls])


every_call = of(CALLS)
reading = of(key for key in CALLS if key[0] != "sms")
WRONG = (None, True, 1.5, -1, 10**40, [], ["ready"], {}, "", "\ud800", "9999-12-31", "x" * 1000)


@pytest.fixture(params=["file", "http"])
def held(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Any]]:
    """Opens a gateway: to the files of a demonstration, or to the reference server over the same files."""
    write_held(tmp_path)
    if request.param == "file":
        yield lambda name: OPENED[name](f"file:{tmp_path / FILES[name]}")
        return
    with reference(tmp_path) as start:
        yield lambda name: OPENED[name](f"{start}/{name}")


def test_every_example_has_its_call() -> None:
    assert {(name, call) for name in NAMES for call in contract(name).questions} == CALLS.keys()


@every_call
def test_the_examples_are_what_the_document_says(name: str, call: str) -> None:
    held_to = contract(name)
    held_to.check_question(held_to.questions[call])
    held_to.check_answer(held_to.questions[call], 200, as_bytes(held_to.answers[call]))
    with pytest.raises(OpenAPIError):
        held_to.check_question(held_to.questions[call] | {"surplus": 1})


@every_call
def test_what_is_asked_and_understood_is_what_the_document_says(name: str, call: str, desk: Desk) -> None:
    desk.say(200, contract(name).answers[call])
    CALLS[name, call](OPENED[name](desk.url))
    assert desk.questions == [contract(name).questions[call]]


@every_call
def test_the_reference_server_keeps_to_the_document(name: str, call: str, tmp_path: Path) -> None:
    write_held(tmp_path)
    question = contract(name).questions[call]
    with reference(tmp_path) as start:
        status, body, kind = exchange(f"{start}/{name}", as_bytes(question))
        assert status == 200
        contract(name).check_answer(question, status, body, kind)
        for member in question:
            asked = {key: value for key, value in question.items() if key != member}
            status, body, kind = exchange(f"{start}/{name}", as_bytes(asked))
            if status != 400:  # a question without its act, or without its use, is another question
                contract(name).check_question(asked)
                contract(name).check_answer(asked, status, body, kind)
        for nonsense in (b"", b"[]", b"{", b'"x"', b"null"):
            assert exchange(f"{start}/{name}", nonsense)[0] == 400


def test_stand_ins_find_what_there_is(held: Callable[[str], Any]) -> None:
    permits = held("register")
    assert permits.find(*PERMIT).surname == "Nguyễn"
    assert permits.find(PERMIT[0], PERMIT[2], PERMIT[1]) is None
    assert permits.find_visa(*VISA).surname == "Diallo"
    assert permits.find_visa("FRA330000201", *VISA[1:]).surname == "Diallo"
    assert permits.find_visa("330000999", *VISA[1:]) is None
    assert held("ephoto").look_up(CODE, TODAY) is EPhotoState.READY
    assert held("ephoto").look_up("ATTENDRE00000000000000", TODAY) is EPhotoState.NOT_ARRIVED


def test_stand_ins_do_each_act_once(held: Callable[[str], Any]) -> None:
    permits = held("register")
    given = permits.allot(*VISA)
    assert (permits.allot(*VISA), permits.validate(VISA[0], TODAY)) == (given, given)
    assert permits.find_visa(*VISA).foreign_number == given
    permits.invalidate(PERMIT[0], PERMIT[2], TODAY)
    permits.invalidate(PERMIT[0], PERMIT[2], TODAY)
    for unknown in (
        lambda: permits.allot("330000999", *VISA[1:]),
        lambda: permits.validate("330000999", TODAY),
        lambda: permits.invalidate("9920000999", PERMIT[2], TODAY),
    ):
        with pytest.raises(register.RegisterUnavailable):
            unknown()


def test_stand_ins_use_a_stamp_once(held: Callable[[str], Any]) -> None:
    fees = held("stamps")
    assert fees.look_up("9999999999999999", TODAY).state is StampState.UNKNOWN
    assert fees.look_up(STAMP, TODAY).state is StampState.GOOD
    assert fees.use(STAMP, "guichet-7", TODAY).state is StampState.GOOD
    assert fees.use(STAMP, "guichet-7", TODAY).state is StampState.GOOD
    assert fees.use(STAMP, "guichet-8", TODAY).state is StampState.USED
    assert fees.look_up(STAMP, TODAY) == stamps.Stamp(StampState.USED, 20000, "guichet-7")


def test_stand_ins_take_a_message(held: Callable[[str], Any]) -> None:
    CALLS["sms", "notice"](held("sms"))
    CALLS["sms", "notice"](held("sms"))


def outcome(name: str, call: str, desk: Desk, answer: Any) -> Any:
    """What the gateway makes of an answer; None if it says that there is none."""
    desk.say(200, answer)
    try:
        return CALLS[name, call](OPENED[name](desk.url)) or "done"
    except NO_ANSWER[name]:
        return None


@reading
def test_what_is_surplus_changes_nothing(name: str, call: str, desk: Desk) -> None:
    answer = contract(name).answers[call]
    surplus = {"unknown": {"deep": [1]}, "act": "other", "": None}
    assert outcome(name, call, desk, answer | surplus) == outcome(name, call, desk, answer) is not None


@reading
def test_what_is_missing_is_no_answer_where_the_document_requires_it(
    name: str, call: str, desk: Desk
) -> None:
    held_to = contract(name)
    answer = held_to.answers[call]
    for member in answer:
        rest = {key: value for key, value in answer.items() if key != member}
        try:
            held_to.check_answer(held_to.questions[call], 200, as_bytes(rest))
        except OpenAPIError:
            assert outcome(name, call, desk, rest) is None, member
        else:
            outcome(name, call, desk, rest)
    assert outcome(name, call, desk, {}) is None


@reading
def test_what_is_wrong_is_refused_in_one_way(name: str, call: str, desk: Desk) -> None:
    answer = contract(name).answers[call]
    for member in answer:
        for wrong in WRONG:
            outcome(name, call, desk, answer | {member: wrong})
        outcome(name, call, desk, as_bytes(answer)[:-1] + b', "' + member.encode() + b'": 1e999}')
    for whole in (*WRONG, b"[" * 90_000, b"NaN", b'{"amount": Infinity}', b"\xff", b"{", b"x" * 200_000):
        assert outcome(name, call, desk, whole) is None, str(whole)[:40]


@every_call
def test_what_is_slow_is_no_answer(name: str, call: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "BYTE_SECONDS", 0.05)
    desk.answers.clear()
    desk.say(200, contract(name).answers[call])
    with pytest.raises(NO_ANSWER[name]):
        CALLS[name, call](OPENED[name](desk.url))


@pytest.mark.parametrize("answer", [{"state": "never_arrived"}, {"state": "ready", "taken_on": 5}])
def test_a_state_that_is_not_for_the_desk_to_say(desk: Desk, answer: object) -> None:
    assert outcome("ephoto", "ready", desk, answer) is None


@pytest.mark.parametrize("amount", [True, "20000", 200.5, -1, None])
def test_an_amount_is_a_number_of_cents(desk: Desk, amount: object) -> None:
    assert outcome("stamps", "look", desk, contract("stamps").answers["look"] | {"amount": amount}) is None
