"""The documents of `docs/openapi/`, what is held against them, and the reference servers."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from cluster.outside import http_server
from tooling.parts import ROOT

FOLDER = ROOT / "docs" / "openapi"
NAMES = ("register", "ephoto", "stamps", "sms")
JSON = "application/json"


@dataclass(frozen=True)
class Contract:
    """One document."""

    name: str
    text: dict[str, Any]
    checker: OpenAPI

    @property
    def operation(self) -> dict[str, Any]:
        """What its one address takes and answers."""
        found: dict[str, Any] = self.text["paths"][f"/{self.name}"]["post"]
        return found

    @property
    def questions(self) -> dict[str, Any]:
        """The example of each question."""
        return examples(self.operation["requestBody"])

    @property
    def answers(self) -> dict[str, Any]:
        """The example of each answer, under the name of its question."""
        return examples(self.operation["responses"]["200"])

    def check_question(self, question: Any) -> MockRequest:
        """Raise OpenAPIError for a question that the document does not have."""
        server = self.text["servers"][0]["url"]
        asked = MockRequest(server, "post", f"/{self.name}", data=as_bytes(question), content_type=JSON)
        self.checker.validate_request(asked)
        return asked

    def check_answer(self, question: Any, status: int, answer: bytes, content_type: str = JSON) -> None:
        """Raise OpenAPIError for an answer that the document does not have."""
        server = self.text["servers"][0]["url"]
        asked = MockRequest(server, "post", f"/{self.name}", data=as_bytes(question), content_type=JSON)
        self.checker.validate_response(asked, MockResponse(answer, status, content_type=content_type))


def as_bytes(value: Any) -> bytes:
    """A body; bytes stay."""
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def examples(part: dict[str, Any]) -> dict[str, Any]:
    """The values of the examples of a body."""
    return {name: example["value"] for name, example in part["content"][JSON]["examples"].items()}


@cache
def contract(name: str) -> Contract:
    """Read a document; it fails if that is no OpenAPI 3.1."""
    text = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Contract(name, text, OpenAPI.from_dict(text))


def write_held(folder: Path) -> None:
    """Write the files of the desks, so that the examples of the documents are known there."""
    records = contract("register").answers
    (folder / "register.json").write_text(json.dumps([records["permit"], records["visa"]]))
    codes = {contract("ephoto").questions["ready"]["code"]: contract("ephoto").answers["ready"]}
    (folder / "ephotos.json").write_text(json.dumps(codes))
    stamp = contract("stamps").answers["look"]
    (folder / "stamps.json").write_text(json.dumps({stamp["number"]: stamp}))


@contextmanager
def reference(folder: Path) -> Iterator[str]:
    """Run the reference servers over the files of a folder; yields the start of their addresses."""
    server = http_server(folder, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def exchange(url: str, question: bytes) -> tuple[int, bytes, str]:
    """POST a body; returns status, body and type of the answer."""
    address = urlsplit(url)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=10)
    try:
        connection.request("POST", address.path, question, {"Content-Type": JSON})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get_content_type()
    finally:
        connection.close()
