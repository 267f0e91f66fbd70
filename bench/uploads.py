"""Complete applications: four photos of 12 megapixels, two PDFs, the e-photo code, the filing."""

import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from random import Random

from PIL import Image, ImageChops

from app.demonstration import stories
from app.domain.journeys.questions import Case
from app.domain.procedures.student import STUDENT_RENEWAL
from bench.applicants import numbers, photo_code
from bench.subject import Browser, service, sign_in
from bench.table import Line

AT_ONCE = 4  # browsers that send at a time
APPLICATIONS = 16
WORKERS = 2
PHOTO_SIZE = (4032, 3024)
ROOT = "/fr/demande/etudiant"


@dataclass
class Stage:
    """The seconds that browsers waited, by kind of request."""

    waited: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def send(self, kind: str, browser: Browser, path: str, body: bytes, media_type: str) -> str:
        """Send a timed form and return the Location of its answer."""
        began = time.perf_counter()
        status, text, place = browser.send("POST", path, body, media_type)
        self.waited[kind] += time.perf_counter() - began
        if status != 303:
            raise SystemExit(f"POST {path} answered {status}: {text[-600:]}")
        return place


def photo(seed: int) -> bytes:
    """Return a photograph as of a telephone: 12 megapixels, 3 to 4 MB, with grain, rotated by its Exif data."""
    random = Random(seed)
    small = Image.frombytes("RGB", (64, 48), random.randbytes(64 * 48 * 3))
    smooth = small.resize(PHOTO_SIZE, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(PHOTO_SIZE, 12).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: rotated by 90 degrees
    target = BytesIO()
    ImageChops.add(smooth, grain, offset=-128).save(target, "JPEG", quality=90, exif=exif)
    return target.getvalue()


def paper(title: str) -> bytes:
    """Return a scanned page as a PDF."""
    target = BytesIO()
    Image.open(BytesIO(stories.specimen(title))).save(target, "PDF")
    return target.getvalue()


def multipart(token: str, name: str, content: bytes) -> tuple[bytes, str]:
    """Return the body of a form with one file, and its media type."""
    head = (
        f'--edge\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'--edge\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    )
    return head.encode() + content + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"


def apply(browser: Browser, number: str, files: list[tuple[str, bytes]], stage: Stage) -> None:
    """Send a whole application, from the first document to the confirmation."""
    token = browser.token(f"{ROOT}/justificatifs")
    form = "application/x-www-form-urlencoded"
    slots = [document.key for document in STUDENT_RENEWAL.needed(Case(stories.ANSWERS))]
    for slot, (name, content) in zip(slots, files, strict=False):
        kind = "photos" if name.endswith("jpg") else "PDFs"
        stage.send(kind, browser, f"{ROOT}/pieces/{slot}", *multipart(token, name, content))
    for slot in slots[len(files) :]:
        explanation = f"csrf_token={token}&why=Il+arrive".encode()
        stage.send("the rest", browser, f"{ROOT}/pieces/{slot}/explication", explanation, form)
    stage.send(
        "the rest", browser, f"{ROOT}/ephoto", f"csrf_token={token}&code={photo_code(number)}".encode(), form
    )
    place = stage.send("the rest", browser, f"{ROOT}/deposer", f"csrf_token={token}&sworn=yes".encode(), form)
    if "/confirmation/" not in place:
        raise SystemExit(f"not filed: {place}")


def speed() -> list[Line]:
    """Measure applications per second from several browsers at once, and where their waiting goes."""
    files = [(f"photo{n}.jpg", photo(n)) for n in range(4)] + [
        (f"papier{n}.pdf", paper(str(n))) for n in range(2)
    ]
    people = numbers(APPLICATIONS)
    stage = Stage()
    with service(WORKERS, applicants=APPLICATIONS) as (server, _settings):
        browsers = [sign_in(server, number) for number in people]
        before, began = server.processor_seconds(), time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda pair: apply(*pair, files, stage), zip(browsers, people, strict=True)))
        took = time.perf_counter() - began
        used = server.processor_seconds() - before
    rate = APPLICATIONS / took
    waited = sum(stage.waited.values())
    shares = ", ".join(f"{kind} {share / waited:.0%}" for kind, share in sorted(stage.waited.items()))
    print(f"  a photo of {len(files[0][1]) / 1e6:.1f} MB; where the waiting goes: {shares};")
    print(f"  processor {used / APPLICATIONS:.2f} s an application, server and sandboxes together")
    return [
        Line(
            "complete applications a second, four 12-megapixel photos and two PDFs each",
            "≥ 1",
            rate,
            rate >= 1,
        )
    ]
