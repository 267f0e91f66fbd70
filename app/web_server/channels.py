"""Connections of waitress that are closed when the client takes too long, and that refuse a large body at its head."""

import copy
import re
import resource
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer, UnixWSGIServer
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import BadRequest, RequestEntityTooLarge

from app import outside
from app.web_server.deadlines import Deadlines, Turn

FILES_KEPT = 64  # of a process, for its database, its log, its files
# Waitress reads a run of spaces in quadratic time: 8 kB of them held a process for 2 s, 32 kB for 25 s. No client folds a
# line or sends a control character, and what a proxy before us makes of either differs (RFC 9112, 2.2 and 5.2).
_UNREADABLE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n|[ \t]{100}|\n[ \t]")
_ENCODED_BODY = re.compile(rb"(?im)^transfer-encoding:")


class LengthRequired(BadRequest):
    """The answer to a body that does not say how long it is."""

    code = 411
    reason = "Length Required"


class Parser(HTTPRequestParser):
    """A request being received. All of it is on the disk where it is large, never in memory."""

    adj: Any

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head, and limit the body by what it says that it is: text is never as long as files are.

        A body in chunks is refused unread, as RFC 9112, 6.3 allows: forms and files of browsers say their length, as do
        proxies that take a request whole before they pass it on. Waitress would hold the extensions and trailers of
        chunks in memory, and a proxy could see another end of the body (RFC 9112, 6.1).
        """
        if _UNREADABLE.search(header_plus):
            raise ParsingError("Folded lines, blanks or control characters in the head")
        if _ENCODED_BODY.search(header_plus):
            self.error = LengthRequired("Send the body with its Content-Length.")
            return
        try:
            super().parse_header(header_plus)
        except ValueError as problem:  # an address like http://[, a length of 5,000 digits
            raise ParsingError("Not a request") from problem
        hosts = self.headers.get("HOST")
        if (hosts is None and self.version == "1.1") or "," in (hosts or ""):
            raise ParsingError("Not one host")
        if not self.headers.get("CONTENT_TYPE", "").lower().startswith("multipart/form-data"):
            self.adj = self.adj.of_text


class TooLargeTask(WSGITask):
    """A request whose body is refused at its head: the application answers it, as in any language, by its length."""

    def get_environment(self) -> dict[str, Any]:
        """Return what the application reads: the head, the length that was announced, and no body."""
        self.request.get_body_stream().close()
        self.request.body_rcv = None
        environ: dict[str, Any] = super().get_environment()
        environ["CONTENT_LENGTH"] = str(self.request.content_length)
        return environ

    def execute(self) -> None:
        """Answer, and take nothing more from this connection: what follows is the body."""
        self.set_close_on_finish()
        super().execute()


def refusal(channel: HTTPChannel, request: HTTPRequestParser) -> WSGITask | ErrorTask:
    """Return the answer to a request that waitress refuses."""
    kind = TooLargeTask if isinstance(request.error, RequestEntityTooLarge) else ErrorTask
    return kind(channel, request)


class Channel(HTTPChannel):
    """A connection, whose turn it is, and since when."""

    parser_class = Parser
    error_task_class = staticmethod(refusal)

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:
        self.turn = Turn.HEAD  # the first bytes of a new connection come at once
        self.answered = self.of = 0
        self.since = time.monotonic()
        self.moved = self.at_since = 0
        super().__init__(server, sock, addr, adj, map=map)

    def recv(self, buffer_size: int) -> bytes:
        """Count what comes."""
        data: bytes = super().recv(buffer_size)
        self.moved += len(data)
        return data

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Count what goes."""
        sent: int = super().send(data, do_close=do_close)
        self.moved += sent
        return sent

    def service(self) -> None:
        """Answer a request."""
        super().service()
        self.answered += 1

    def asks(self, path: str) -> bool:
        """Return whether the next request is for a path, and nothing else waits for its answer."""
        return len(self.requests) == 1 and getattr(self.requests[0], "path", "") == path

    def late(self, now: float, deadlines: Deadlines) -> bool:
        """Look whose turn it is now, and return whether the client has had its time."""
        turn = self.whose_turn()
        if (turn, self.answered) != (self.turn, self.of):
            self.turn, self.of = turn, self.answered
            self.since, self.at_since = now, self.moved
        return deadlines.over(turn, now - self.since, self.moved - self.at_since)

    def idle(self) -> bool:
        """Return whether neither side has begun anything, or has not ended it."""
        ending = self.close_when_flushed or self.will_close
        return not (self.requests or self.request is not None or self.total_outbufs_len or ending)

    def whose_turn(self) -> Turn:
        """Return what this connection is waiting for."""
        if self.total_outbufs_len:
            return Turn.READING
        if self.requests:
            return Turn.OURS
        if self.request is None:
            return Turn.IDLE if self.answered else Turn.HEAD
        return Turn.BODY if self.request.headers_finished else Turn.HEAD

    def write_soon(self, data: Any) -> int:
        """Take a part of an answer, waiting for a client that reads slowly without keeping a thread from the others."""
        if self.total_outbufs_len <= self.adj.outbuf_high_watermark:
            return int(super().write_soon(data))
        with outside.waiting():
            return int(super().write_soon(data))


class _Patient:
    """What both servers add to waitress: deadlines, and room for the next connection."""

    channel_class = Channel
    deadlines = Deadlines()
    most = 1000
    connections: dict[int, Any]

    def maintenance(self: Any, now: float) -> None:
        """Close the connections whose clients have had their time."""
        now = time.monotonic()
        for channel in list(self.active_channels.values()):
            if channel.late(now, self.deadlines):
                channel.handle_close()  # not by `will_close`: who does not read is never writable

    def handle_accept(self: Any) -> None:
        """Take a connection; where there is no room left, in the place of the one that has kept us waiting longest."""
        if len(self.active_channels) >= self.most:
            waiting = [channel for channel in self.active_channels.values() if not channel.requests]
            if waiting:
                min(waiting, key=lambda channel: channel.since).handle_close()
        super().handle_accept()  # type: ignore[misc]  # asyncore has no types

    def turn_once(self: Any, seconds: float) -> None:
        """Wait for something to come or go, at most so long, and deal with it."""
        self.asyncore.loop(timeout=seconds, use_poll=True, map=self.connections, count=1)

    def refuse_connections(self: Any) -> None:
        """Take no connection any more, and close those that wait for the next request."""
        self.accepting = False
        self.del_channel()
        for channel in list(self.active_channels.values()):
            if channel.idle():
                channel.handle_close()

    def busy(self: Any) -> bool:
        """Return whether a request is coming or being answered, or an answer sent."""
        return any(not channel.idle() for channel in list(self.active_channels.values()))


class TcpServer(_Patient, TcpWSGIServer):
    """A server on a port."""


class UnixServer(_Patient, UnixWSGIServer):
    """A server on a Unix socket, for a reverse proxy of the same machine."""


def most_connections() -> int:
    """Raise the limit of open files as far as it goes, and return how many connections it allows.

    Each may have a file for its body and one for its answer.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if hard == resource.RLIM_INFINITY else min(hard, 8192)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return max((soft - FILES_KEPT) // 3, 16)


def with_text_limit(adjustments: Any, text_bytes: int) -> Any:
    """Return waitress's adjustments with `of_text`, those of a body that brings no file."""
    adjustments.of_text = copy.copy(adjustments)
    adjustments.of_text.max_request_body_size = text_bytes
    adjustments.of_text.of_text = adjustments.of_text
    return adjustments
