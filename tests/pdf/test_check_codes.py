"""The QR code of a printed certificate: read from the paper, verified by the reference program, without network."""

import importlib.util
import json
import subprocess
import sys
from base64 import b32decode, b32encode
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
import zxingcpp
from cryptography.exceptions import InvalidSignature
from flask import Flask

from app import jobs
from app.keys import KeyPurpose
from app.pdf import check_qr
from app.services.certificates import seals
from app.settings import ROOT
from app.storage.applications import attestations as store
from app.storage.models import Attestation
from tests import factories
from tests.fixtures import NOON, RING

VERIFIER = ROOT / "docs" / "verify_attestation.py"
SIGNERS = RING.of(KeyPurpose.PAPERS)


def scanned(pdf: bytes, dots_an_inch: int) -> str:
    """What a scanner of this resolution reads in the QR code of the first page."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=dots_an_inch / 72).to_pil()
    (found,) = zxingcpp.read_barcodes(page)
    return found.text


@pytest.fixture
def printed(app: Flask) -> Attestation:
    """A certificate that the worker has printed."""
    (issued,) = store.of_dossier(factories.filed().id)
    jobs.run_once(app, NOON)
    return Attestation.get_by_id(issued.id)


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    """The program that we give to others."""
    spec = importlib.util.spec_from_file_location("verify_attestation", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_printed_paper_proves_itself_without_network(
    app: Flask, printed: Attestation, tmp_path: Path
) -> None:
    address = scanned(app.extensions["gateways"].files.read(printed.file_key), 100)
    keys = tmp_path / "keys.json"
    keys.write_text(app.test_client().get("/.well-known/attestation-keys.json").text)
    command = [sys.executable, str(VERIFIER), str(keys), address]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env={}).stdout)
    assert address.startswith("http://localhost/fr/verifier#")
    assert (said["holder"], said["code"], said["rights"]) == ("Thị Ánh Nguyễn", printed.code, 2)
    assert (said["first"], said["last"], said["born"]) == ("2026-11-23", None, [2002, 3, 14])


def test_the_program_fits_on_a_page() -> None:
    assert len(VERIFIER.read_text(encoding="utf-8").splitlines()) <= 60


def test_no_changed_code_is_genuine(app: Flask, printed: Attestation, verifier: ModuleType) -> None:
    keys = seals.published(SIGNERS)
    text = str(printed.statement)
    content = bytearray(b32decode(text + "=" * (-len(text) % 8)))
    assert verifier.verify(keys, f"#{text}")["code"] == printed.code
    for place in range(len(content)):
        content[place] ^= 1
        changed = b32encode(content).rstrip(b"=").decode()
        content[place] ^= 1
        assert seals.opened(changed, SIGNERS) is None, place
        with pytest.raises((ValueError, InvalidSignature)):
            verifier.verify(keys, f"#{changed}")


def test_modules_are_large_enough_for_a_telephone(printed: Attestation) -> None:
    """49 modules on 42 mm: 0.86 mm each."""
    url = seals.check_url("https://sejour-etrangers.interieur.gouv.fr", str(printed.statement))
    assert check_qr(url).symbol_size(border=0)[0] <= 49
