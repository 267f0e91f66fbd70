"""Documents as objects of an S3 bucket."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import S3Store as Bucket

from app.outside import Away, Part
from app.storage.files.store import FileMissing, KeyTaken, StoreUnavailable, checked
from app.variables import BadValue

CONNECT = timedelta(seconds=2)
WHOLE = timedelta(seconds=10)
PART = 4_000_000  # bytes that are read at once of a file read in parts
UPLOAD = 8 * 1024 * 1024  # of one upload of several; S3 takes none under 5 MiB but the last
AT_ONCE = 10  # pages with many previews come in bursts


class S3Store:
    """A store in a bucket, or under a prefix of one."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        self.part = Part("file store", at_once=AT_ONCE)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            with self.part.call():
                yield
        except (Away, BaseError) as error:
            raise StoreUnavailable(type(error).__name__) from error

    @classmethod
    def from_url(cls, url: str) -> "S3Store":
        """Open `s3://bucket/prefix?endpoint=…&region=…`; access keys come from the environment (AWS_…)."""
        parts = urlsplit(url)
        options = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not parts.netloc:
            raise BadValue("names no bucket")
        endpoint = options.get("endpoint") or os.environ.get("AWS_ENDPOINT_URL")
        bucket = Bucket(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            region=options.get("region") or os.environ.get("AWS_REGION", "us-east-1"),
            config={"endpoint": endpoint} if endpoint else None,  # none: Amazon's own
            virtual_hosted_style_request=False,
            client_options={
                "connect_timeout": CONNECT,
                "timeout": WHOLE,
                "allow_http": bool(endpoint and endpoint.startswith("http://")),
            },
            retry_config={"max_retries": 1, "retry_timeout": WHOLE},
        )
        return cls(bucket)

    def put(self, key: str, data: bytes) -> None:
        """Write an object, unless its key is taken (a conditional put).

        The client asks again when an answer does not come; then it may be its own first try that took the key.
        """
        with self._asking():
            try:
                obstore.put(self.bucket, checked(key), data, mode="create")
                return
            except AlreadyExistsError:
                pass
        if self.read(key) != data:
            raise KeyTaken(key)

    def put_parts(self, key: str, parts: Iterable[bytes]) -> None:
        """Write an object of several uploads, unless there is one.

        The condition of `put` is not known there: two writers of one key could write over each other; keys are random.
        """
        with suppress(FileMissing):
            self.head(key, 1)
            raise KeyTaken(key)
        self._write(key, parts)

    def read(self, key: str) -> bytes:
        """Return the bytes of an object."""
        with self._asking():
            try:
                return bytes(obstore.get(self.bucket, checked(key)).bytes())
            except (NotFoundError, FileNotFoundError):
                raise FileMissing(key) from None

    def parts(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of an object, in requests of their own: a slow reader holds none open."""
        with self._asking():
            try:
                size = obstore.head(self.bucket, checked(key))["size"]
            except (NotFoundError, FileNotFoundError):
                raise FileMissing(key) from None
        for start in range(0, size, PART):
            with self._asking():
                part = bytes(obstore.get_range(self.bucket, key, start=start, end=min(start + PART, size)))
            yield part

    def names(self) -> Iterator[str]:
        """Yield the key of each object."""
        pages = iter(obstore.list(self.bucket))
        while True:
            with self._asking():
                page = next(pages, None)
            if page is None:
                return
            yield from (str(found["path"]) for found in page)

    def head(self, key: str, length: int) -> bytes:
        """Return the first bytes of an object."""
        with self._asking():
            try:
                return bytes(obstore.get_range(self.bucket, checked(key), start=0, length=length))
            except (NotFoundError, FileNotFoundError):
                raise FileMissing(key) from None

    def replace(self, key: str, parts: Iterable[bytes]) -> None:
        """Write over an object that is there."""
        self.head(key, 1)
        self._write(key, parts)

    def _write(self, key: str, parts: Iterable[bytes]) -> None:
        """Write an object; without its end, which closing adds, there is none. No call is held while a part is made."""
        with self._asking():
            writer = obstore.open_writer(self.bucket, checked(key), buffer_size=UPLOAD, max_concurrency=1)
        for part in parts:
            with self._asking():
                writer.write(part)
        with self._asking():
            writer.close()

    def delete(self, key: str) -> None:
        """Delete an object."""
        with self._asking(), suppress(NotFoundError, FileNotFoundError):
            obstore.delete(self.bucket, checked(key))

    def check(self) -> None:
        """Raise StoreUnavailable unless the bucket answers."""
        with self._asking():
            next(iter(obstore.list(self.bucket, chunk_size=1)), None)
