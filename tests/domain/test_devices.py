"""Browsers in the words of their owners."""

import pytest

from app.domain.texts.devices import device

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Firefox, Windows",
        ),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/143.0.0.0 Safari/537.36", "Chrome, Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/143.0 Safari/537.36 Edg/143.0", "Edge, Windows"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/143.0 Mobile Safari/537.36", "Chrome, Android"),
        (
            f"Mozilla/5.0 (Linux; Android 14; SM-A546B) {WEBKIT} SamsungBrowser/28.0 Chrome/130.0 Safari/537.36",
            "Samsung Internet, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15", "Safari, Mac"),
        ("curl/8.5.0", ""),
        ("", ""),
        ("\x00<script>" * 5000, ""),
    ],
)
def test_a_browser_has_a_name(said: str, words: str) -> None:
    assert device(said) == words
    assert len(words) <= 40
