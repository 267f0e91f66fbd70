"""Documents as objects of a bucket: of S3, of Azure (a container), or of Google."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import AzureStore, GCSStore, S3Store

from app.outside import Away, Part
from app.storage.files.store import FileMissing, KeyTaken, StoreUnavailable, checked
from app.variables import BadValue

CONNECT = timedelta(seconds=2)
WHOLE = timedelta(seconds=10)
PART = 4_000_000  # bytes that are read at once of a file read in parts
UPLOAD = 8 * 1024 * 1024  # of one upload of several; S3 and Google take none under 5 MiB but the last
AT_ONCE = 10  # pages with many previews come in bursts

Bucket = S3Store | AzureStore | GCSStore
Options = Mapping[str, str]  # of the URL, by name


def _s3(name: str, options: Options, given: Mapping[str, Any]) -> Bucket:
    endpoint = options.get("endpoint") or os.environ.get("AWS_ENDPOINT_URL")
    return S3Store(
        name,
        region=options.get("region") or os.environ.get("AWS_REGION", "us-east-1"),
        config={"endpoint": endpoint} if endpoint else None,  # none: Amazon's own
        virtual_hosted_style_request=False,
        **_with_lines_in_clear(given, endpoint),
    )


def _azure(name: str, options: Options, given: Mapping[str, Any]) -> Bucket:
    endpoint = options.get("endpoint")
    account = options.get("account") or os.environ.get("AZURE_STORAGE_ACCOUNT_NAME")
    if not account:
        raise BadValue("names no account: ?account=NAME")
    private = {"endpoint": endpoint} if endpoint else {}
    return AzureStore(name, account_name=account, **_with_lines_in_clear({**given, **private}, endpoint))


def _google(name: str, options: Options, given: Mapping[str, Any]) -> Bucket:
    endpoint = options.get("endpoint")
    private = {"base_url": endpoint} if endpoint else {}
    return GCSStore(name, **_with_lines_in_clear({**given, **private}, endpoint))


def _with_lines_in_clear(given: Mapping[str, Any], endpoint: str | None) -> dict[str, Any]:
    """Return the client's options for an endpoint, which may be one without TLS (`app/transport.py` says when)."""
    clear = bool(endpoint and endpoint.startswith("http://"))
    limits = {"connect_timeout": CONNECT, "timeout": WHOLE, "allow_http": clear}
    return {**given, "client_options": limits, "retry_config": {"max_retries": 1, "retry_timeout": WHOLE}}


KINDS: dict[str, Callable[[str, Options, Mapping[str, Any]], Bucket]] = {
    "s3": _s3,
    "az": _azure,
    "gs": _google,
}


class ObjectStore:
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
    def from_url(cls, url: str) -> "ObjectStore":
        """Open `s3://bucket/prefix?…`, `az://container/prefix?…` or `gs://bucket/prefix?…`.

        Credentials come from the environment, by the names that each provider gives them: AWS_…, AZURE_…, GOOGLE_….
        """
        parts = urlsplit(url)
        options = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not parts.netloc:
            raise BadValue("names no bucket")
        given = {"prefix": parts.path.strip("/") or None}
        try:
            bucket = KINDS[parts.scheme](parts.netloc, options, given)
        except BaseError as error:
            raise BadValue(f"cannot be opened: {type(error).__name__}; see its credentials") from error
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
