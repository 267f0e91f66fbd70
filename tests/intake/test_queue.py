"""Places in the examination: two of a source, a bounded line, what takes long gives way, photos have their own."""

import threading

from app.intake import queue as places
from app.intake.queue import Queue
from tests.waiting import until


def _hold(queue: Queue, source: str, until: threading.Event) -> threading.Thread:
    def hold() -> None:
        with queue.place(source, 100.0):
            until.wait(100)

    thread = threading.Thread(target=hold)
    thread.start()
    return thread


def test_one_source_has_two_places_and_all_together_a_bounded_queue():
    queue = Queue(quick=1, long=0, waiting=2, of_a_source=2)
    end = threading.Event()
    threads = [_hold(queue, "account 1", end), _hold(queue, "account 1", end)]
    until(lambda: queue.sources["account 1"] == 2)
    with queue.place("account 1", 0.0) as taken:
        assert not taken
        assert queue.sources["account 1"] == 2, "a third does not even wait"
    threads.append(_hold(queue, "account 2", end))
    until(lambda: queue.sources.total() == 3)
    with queue.place("account 3", 0.0) as taken:
        assert not taken
        assert not queue.sources["account 3"], "one more does not even wait"
    end.set()
    for thread in threads:
        thread.join()
    assert not queue.sources
    with queue.place("account 1", 0.0) as taken:
        assert taken


def test_what_takes_long_gives_its_place_to_the_next_and_the_oldest_is_given_up(monkeypatch):
    monkeypatch.setattr(places, "QUICK_SECONDS", -1.0)
    queue = Queue(quick=1, long=1)
    with queue.place("account 1", 0.0) as first:
        with queue.place("account 2", 0.0) as second:
            assert second is None, "the only quick place is taken"
        assert first.still_mine()
        with queue.place("account 2", 0.0) as second:
            assert second.still_mine()
            assert not first.still_mine()
            with queue.place("account 3", 0.0) as third:
                assert third
            assert second.still_mine()
    with queue.place("account 1", 0.0) as first:
        assert first
    assert not queue.sources
    assert not queue.aged


def test_a_source_that_used_much_leaves_the_quick_places_to_the_others(monkeypatch):
    at = [0.0]
    queue = Queue(quick=1, long=1, clock=lambda: at[0])
    monkeypatch.setattr(places, "processor_seconds", lambda _process: 3.0)
    with queue.place("account 1", 0.0) as first:
        assert first.still_mine()
        assert first.old, "it had a quick place and grew old"
        with queue.place("account 1", 0.0) as beside:
            assert beside is None, "nor is the place that it left for another of its files"
    with queue.place("account 1", 0.0) as again:
        assert again.old
        with queue.place("account 1", 0.0) as more:
            assert more is None, "the only long place is taken, and the quick one is not for it"
        with queue.place("account 2", 0.0) as other:
            assert not other.old
        assert again.still_mine(), "and nobody takes its place"
    at[0] = 600.0
    with queue.place("account 1", 0.0) as later:
        assert not later.old
        assert later.still_mine()
    at[0] = 1200.0
    with queue.place("account 2", 0.0) as other:
        assert other.still_mine()
    assert list(queue.used) == ["account 2"], "nothing is kept of what is past"


def test_files_that_nobody_can_tell_beforehand_do_not_fill_the_places_of_cheap_pictures():
    queue = Queue(quick=1, long=0, cheap=1, waiting=0)
    with queue.place("account 1", 0.0) as unknown:
        assert unknown
        with queue.place("account 2", 0.0) as other:
            assert not other, "the line of such files is full"
        with queue.place("account 3", 0.0, cheap=True) as photo:
            assert photo
            with queue.place("account 4", 0.0, cheap=True) as more:
                assert not more, "that of photos is bounded as well"
        with queue.place("account 4", 0.0, cheap=True) as later:
            assert later
    assert not queue.sources
    assert not queue.lines.total()


def test_a_source_has_two_places_in_both_lines_together():
    queue = Queue()
    with queue.place("account 1", 0.0), queue.place("account 1", 0.0, cheap=True):
        for cheap in (False, True):
            with queue.place("account 1", 0.0, cheap) as third:
                assert not third


def test_a_picture_that_states_too_little_loses_its_place_like_any_other(monkeypatch):
    monkeypatch.setattr(places, "QUICK_SECONDS", -1.0)
    queue = Queue(quick=1, long=1, cheap=1)
    with queue.place("account 1", 0.0, cheap=True) as lying:
        assert lying.still_mine()
        assert lying.old
        with queue.place("account 2", 0.0, cheap=True) as photo:
            assert photo
