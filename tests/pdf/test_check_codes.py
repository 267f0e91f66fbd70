"""The QR code of a printed certificate: read from the paper, verified by the reference program, without network."""

import importlib.util
import json
import subprocess
import sys
from base64 import b32decode, b32encode
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
import zxingcpp
from cryptography.exceptions import InvalidSignature
from flask import Flask
from PIL import Image, ImageChops, ImageFilter, ImageOps

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


def seen(pdf: bytes, dots_an_inch: int) -> Image.Image:
    """The first page as a scanner of this resolution sees it."""
    return pypdfium2.PdfDocument(pdf)[0].render(scale=dots_an_inch / 72).to_pil().convert("L")


def photographed(paper: Image.Image, turned: float) -> Image.Image:
    """A paper as a telephone sees it in a corridor: turned, from the side, moved, dark, uneven, noisy, as a JPEG."""
    on_table = ImageOps.expand(paper, paper.width // 5, fill=90)
    table = on_table.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=90)
    width, height = table.size
    aside = (1.0, 0.08, 0.0, 0.05, 1.0, 0.0, 0.06 / width, 0.1 / height)
    held = table.transform(
        table.size, Image.Transform.PERSPECTIVE, aside, Image.Resampling.BICUBIC, fillcolor=90
    )
    moved = held.filter(ImageFilter.GaussianBlur(1.2))
    light = Image.linear_gradient("L").resize(moved.size).point(lambda level: 60 + level // 3)
    dark = ImageChops.multiply(moved, light)
    grain = Image.effect_noise(dark.size, 24).point(lambda level: level // 4)
    out = BytesIO()
    ImageChops.add(dark, grain).save(out, "JPEG", quality=50)
    return Image.open(BytesIO(out.getvalue()))


def read(picture: Image.Image) -> str:
    """What a decoder of QR codes reads in a picture."""
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


@pytest.fixture
def printed(app: Flask) -> Attestation:
    """A certificate that the worker has printed."""
    (issued,) = store.of_dossier(factories.filed().id)
    jobs.run_once(app, NOON)
    return Attestation.get_by_id(issued.id)


def paper(app: Flask, printed: Attestation) -> bytes:
    """The PDF of a certificate."""
    return app.extensions["gateways"].files.read(printed.file_key)


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
    address = read(seen(paper(app, printed), 100))
    keys = tmp_path / "keys.json"
    keys.write_text(app.test_client().get("/.well-known/attestation-keys.json").text)
    command = [sys.executable, str(VERIFIER), str(keys), address]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env={}).stdout)
    assert address.startswith("http://localhost/fr/verifier#")
    assert (said["holder"], said["code"], said["rights"]) == ("Thị Ánh Nguyễn", printed.code, 2)
    assert (said["first"], said["last"], said["born"]) == ("2026-11-23", None, [2002, 3, 14])


@pytest.mark.engines("sqlite")
def test_a_bad_photograph_of_the_paper_proves_it_too(
    app: Flask, printed: Attestation, verifier: ModuleType
) -> None:
    """At 150 dots an inch, half of what a telephone of 12 million dots has of a whole page."""
    keys = json.loads(app.test_client().get("/.well-known/attestation-keys.json").text)["keys"]
    whole = seen(paper(app, printed), 150)
    lower = whole.crop((0, whole.height * 2 // 3, *whole.size))
    for turned in (8, 187):
        assert verifier.verify(keys, read(photographed(lower, turned)))["code"] == printed.code, turned


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
