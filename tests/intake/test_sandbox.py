"""The service's side of the examination: nothing that a process answers is trusted, and none of it waits for ever."""

import contextlib
import os
import signal
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from app import outside
from app.domain.rules.uploads import LIMITS, Refusal, Refused
from app.intake import Accepted, protocol
from app.intake.confinement import NEEDED
from app.intake.queue import Queue
from app.intake.sandbox import PROGRAM, Sandbox
from app.intake.zygote import NICENESS
from tests.intake import corpus
from tests.intake.files import pdf, picture
from tests.waiting import until

# Answers a file with what ANSWER says, in a process that is not confined.
FAKE = """
import json, os, pickle, socket, struct, sys, time
control = socket.socket(fileno=os.dup(0))
control.send(b"w")
def header(text, length=None):
    text = text if isinstance(text, bytes) else json.dumps(text).encode()
    return struct.pack(">I", len(text) if length is None else length) + text
GOOD = {"layers": [], "media_type": "image/jpeg", "pages": 1, "size": 3, "preview": 0}
def send(data):
    os.read(reading, 1 << 16)
    os.write(writing, data)
while True:
    sign, (reading, writing), _, _ = socket.recv_fds(control, 1, 2)
    if os.fork():
        os.close(reading); os.close(writing)
        continue
    os.write(writing, struct.pack(">I", os.getpid()))
    ANSWER
    os._exit(0)
"""
ANSWERS = {
    "nothing": "pass",
    "floods": "send(header(GOOD | {'size': 1 << 40}) + bytes(1 << 20))",
    "a header of four gigabytes": "send(struct.pack('>I', (1 << 32) - 1) + b'{' * 100)",
    "no JSON": "send(header(b'hello'))",
    "nested for ever": "send(header(b'[' * 4000))",
    "a list": "send(header([1]))",
    "a pickle": "send(header(pickle.dumps(os.system)))",
    "no layers": "send(header({'reason': 'empty'}))",
    "an unknown reason": "send(header({'layers': [], 'reason': 'because'}))",
    "a reason that is no text": "send(header({'layers': [], 'reason': {}}))",
    "a size that is a truth": "send(header(GOOD | {'size': True}) + b'x')",
    "a negative size": "send(header(GOOD | {'size': -1}))",
    "a size with a fraction": "send(header(GOOD | {'size': 3.0}) + b'abc')",
    "too many pages": "send(header(GOOD | {'pages': 31}) + b'\\xff\\xd8\\xff')",
    "another kind": "send(header(GOOD | {'media_type': 'text/html'}) + b'<b>')",
    "content of another kind": "send(header(GOOD) + b'<b>')",
    "a preview of another kind": "send(header(GOOD | {'preview': 3}) + b'\\xff\\xd8\\xff<b>')",
    "less than said": "send(header(GOOD | {'size': 30}) + b'\\xff\\xd8\\xff')",
}


SLOW = {
    "never reads": "time.sleep(1000)",
    "drips": "os.write(writing, b'\\0\\0\\0d'); [(os.write(writing, b' '), time.sleep(0.2)) for _ in range(5000)]",
}


def _answer(code: str, seconds: float):
    sandbox = Sandbox(wall_seconds=seconds, program=FAKE.replace("ANSWER", code))
    try:
        return sandbox.examine(picture(), LIMITS)
    finally:
        sandbox.close()


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_is_none_refuses_the_file(name):
    assert _answer(ANSWERS[name], 100.0) == Refused(Refusal.UNREADABLE)


@pytest.mark.parametrize("name", SLOW)
def test_who_is_not_answered_in_time_is_told_to_come_back(name):
    assert _answer(SLOW[name], 1.0) == Refused(Refusal.BUSY)


def test_the_thread_that_waits_is_lent(monkeypatch):
    """Else six people who send photos would hold all threads of a process."""
    lent = []

    @contextlib.contextmanager
    def counted():
        lent.append("begun")
        yield
        lent.append("ended")

    monkeypatch.setattr(outside.Lender, "lent", staticmethod(counted))
    sandbox = Sandbox(queue=Queue(cheap=0), wall_seconds=0.05)
    assert sandbox.examine(picture(), LIMITS) == Refused(Refusal.BUSY)
    assert lent == ["begun", "ended"]


def test_the_fakes_speak_as_the_examination_does():
    outcome = _answer("send(header(GOOD) + b'\\xff\\xd8\\xff')", 100.0)
    assert isinstance(outcome, Accepted)
    assert outcome.content == b"\xff\xd8\xff"


@pytest.fixture(scope="module")
def sandbox():
    opened = Sandbox(wall_seconds=100.0)
    yield opened
    opened.close()


@pytest.mark.slow
def test_a_warm_process_that_ends_is_replaced(sandbox):
    for _ in range(2):
        assert isinstance(sandbox.examine(picture(), LIMITS), Accepted)
        os.kill(sandbox.zygote.pid, signal.SIGKILL)
        sandbox.zygote.wait()
    assert isinstance(sandbox.examine(picture(), LIMITS), Accepted)


@pytest.mark.slow
def test_a_process_that_hangs_is_ended_and_the_next_file_is_examined():
    sandbox = Sandbox(wall_seconds=100.0)
    try:
        assert isinstance(sandbox.examine(picture(), LIMITS), Accepted)
        os.kill(sandbox.zygote.pid, signal.SIGSTOP)
        sandbox.wall_seconds = 1.0
        assert sandbox.examine(picture(), LIMITS) == Refused(Refusal.BUSY)
        os.kill(sandbox.zygote.pid, signal.SIGCONT)
        sandbox.wall_seconds = 100.0
        assert isinstance(sandbox.examine(picture(), LIMITS), Accepted)
    finally:
        sandbox.close()


WITHOUT_SECCOMP = PROGRAM.replace(
    "main()",
    "from app.intake import confinement; confinement._seccomp = lambda: os.stat('/nowhere'); import os; main()",
)


def test_no_decoder_sees_a_file_where_a_needed_layer_is_missing():
    sandbox = Sandbox(wall_seconds=100.0, program=WITHOUT_SECCOMP, needed=NEEDED)
    try:
        assert sandbox.examine(picture(), LIMITS) == Refused(Refusal.CLOSED)
        assert sandbox.examine(b"no picture", LIMITS) == Refused(Refusal.CLOSED)
        assert "seccomp" not in sandbox.probe()
        sandbox.needed = frozenset()
        assert isinstance(sandbox.examine(picture(), LIMITS), Accepted)
    finally:
        sandbox.close()


def test_nothing_holds_where_no_process_answers():
    sandbox = Sandbox(program="import sys; sys.exit(1)")
    assert sandbox.probe() == frozenset()


def test_a_file_too_large_is_refused_before_anything_is_started():
    sandbox = Sandbox()
    assert sandbox.examine(bytes(LIMITS.max_bytes + 1), LIMITS) == Refused(Refusal.TOO_LARGE)
    assert sandbox.zygote is None


def test_a_cheap_picture_is_given_to_a_process_that_others_give_way_to(monkeypatch):
    signs = []

    def handed_over(_sandbox, _open_files, sign):
        signs.append(sign)
        raise OSError

    monkeypatch.setattr(Sandbox, "_hand_over", handed_over)
    for content in (picture(), pdf()):
        Sandbox().examine(content, LIMITS)
    assert signs == [protocol.CHEAP, protocol.QUICK]
    assert NICENESS[protocol.CHEAP] < NICENESS[protocol.QUICK] < NICENESS[protocol.SLOW]


def _processes_of(sandbox: Sandbox) -> list[int]:
    task = f"/proc/{sandbox.zygote.pid}/task/{sandbox.zygote.pid}/children"
    return [int(text) for text in Path(task).read_text().split()]


@pytest.mark.slow
def test_a_process_that_nobody_waits_for_any_more_is_ended(monkeypatch):
    passed, real = [0.0], time.monotonic
    clock = SimpleNamespace(monotonic=lambda: real() + passed[0])
    monkeypatch.setattr("app.intake.sandbox.time", clock)
    sandbox = Sandbox(wall_seconds=100.0)
    try:
        sandbox.probe()
        until(lambda: not _processes_of(sandbox))  # that of the probe
        outcomes = []
        bomb = corpus.FILES["bomb: a billion tiles"]()
        thread = threading.Thread(target=lambda: outcomes.append(sandbox.examine(bomb, LIMITS)))
        thread.start()
        child = until(lambda: _processes_of(sandbox))[0]
        os.kill(child, signal.SIGSTOP)  # so that it does not reach its own limit of processor
        passed[0] = 101.0
        thread.join()
        assert outcomes == [Refused(Refusal.BUSY)]
        until(lambda: child not in _processes_of(sandbox))
    finally:
        sandbox.close()


def test_who_waits_in_vain_is_told_to_come_back():
    sandbox = Sandbox(wall_seconds=0.05, queue=Queue(cheap=0))
    assert sandbox.examine(picture(), LIMITS, "account 1") == Refused(Refusal.BUSY)
    assert not sandbox.queue.sources
