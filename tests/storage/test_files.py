"""One contract for every store: a folder, real servers of S3 and of Azure, and one of a package outside the tree."""

import os
from datetime import UTC, datetime

import obstore
import pytest

from app.storage.files import FileMissing, KeyTaken, StoreUnavailable, from_url, new_key
from tests.storage import strangers

BUCKETS = [pytest.param(name, marks=pytest.mark.slow) for name in ("s3_url", "azure_url")]


@pytest.fixture(params=["folder", "moving", "package", *BUCKETS])
def store(request, tmp_path, monkeypatch):
    if request.param == "folder":
        return from_url(f"file:{tmp_path / 'uploads'}")
    if request.param == "moving":
        return from_url(f"file:{tmp_path / 'new'} earlier file:{tmp_path / 'old'}")
    if request.param == "package":
        monkeypatch.syspath_prepend(strangers.install(tmp_path / "site"))
        return from_url("shelf://top?row=3")
    return from_url(request.getfixturevalue(request.param))


def test_what_was_put_is_read(store):
    store.put("2026/11/abc", b"bytes\x00and more")
    assert store.read("2026/11/abc") == b"bytes\x00and more"


def test_nothing_is_written_over(store):
    store.put("2026/11/abc", b"first")
    with pytest.raises(KeyTaken):
        store.put("2026/11/abc", b"second")
    assert store.read("2026/11/abc") == b"first"


def test_while_files_move_what_has_not_come_yet_is_read_where_it_was(tmp_path):
    old, new = from_url(f"file:{tmp_path / 'old'}"), from_url(f"file:{tmp_path / 'new'}")
    store = from_url(f"file:{tmp_path / 'new'} earlier file:{tmp_path / 'old'}")
    old.put("2026/11/before", b"before")
    store.put("2026/11/after", b"after")
    assert (store.read("2026/11/before"), store.head("2026/11/before", 3)) == (b"before", b"bef")
    assert b"".join(store.parts("2026/11/before")) == b"before"
    assert (list(old.names()), list(new.names())) == (["2026/11/before"], ["2026/11/after"])
    assert sorted(store.names()) == ["2026/11/after", "2026/11/before"]
    with pytest.raises(KeyTaken):
        store.put("2026/11/before", b"again")
    store.replace("2026/11/before", [b"anew"])
    assert old.read("2026/11/before") == b"anew"
    store.delete("2026/11/before")
    assert list(old.names()) == []


def test_a_missing_file_is_missing(store):
    with pytest.raises(FileMissing):
        store.read("2026/11/nothing")


def test_deleting_twice_is_deleting_once(store):
    store.put("2026/11/abc", b"bytes")
    store.delete("2026/11/abc")
    store.delete("2026/11/abc")
    with pytest.raises(FileMissing):
        store.read("2026/11/abc")


def test_a_large_file_comes_back_whole(store):
    large = os.urandom(9_000_000)
    store.put("2026/11/large", large)
    assert store.read("2026/11/large") == large


def test_a_file_in_parts_is_there_whole_or_not_at_all(store):
    large = os.urandom(9_000_000)

    def cut_off():
        yield large
        raise FileMissing("what it is made of")

    with pytest.raises(FileMissing):
        store.put_parts("2026/11/large", cut_off())
    with pytest.raises(FileMissing):
        list(store.parts("2026/11/large"))
    store.put_parts("2026/11/large", (large[begins:][:100_000] for begins in range(0, 9_000_000, 100_000)))
    assert b"".join(store.parts("2026/11/large")) == store.read("2026/11/large") == large
    with pytest.raises(KeyTaken):
        store.put_parts("2026/11/large", [b"second"])
    with pytest.raises(FileMissing):
        store.replace("2026/11/large", cut_off())
    assert store.read("2026/11/large") == large
    store.replace("2026/11/large", [b"se", b"cond"])
    assert store.read("2026/11/large") == b"second"


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "../up", "a/../b", "a//b", "é", "a b", ".hidden", "a/" * 9 + "b"]
)
def test_only_keys_of_ours_are_taken(store, key):
    for act in (lambda: store.put(key, b""), lambda: store.read(key), lambda: store.delete(key)):
        with pytest.raises(ValueError, match="not a key of ours"):
            act()


def test_a_store_that_is_there_says_so(store):
    store.check()


def test_new_keys_are_keys():
    assert new_key(datetime(2026, 11, 23, tzinfo=UTC), "3f" * 16) == f"2026/11/{'3f' * 16}"


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path):
    (tmp_path / "file").write_text("in the way")
    store = from_url(f"file:{tmp_path / 'file'}")
    with pytest.raises(StoreUnavailable):
        store.put("2026/11/abc", b"bytes")
    with pytest.raises(StoreUnavailable):
        store.check()


def test_a_half_written_file_is_never_seen(tmp_path):
    store = from_url(f"file:{tmp_path}")
    store.put("2026/11/abc", b"bytes")
    assert [path.name for path in (tmp_path / "2026" / "11").iterdir()] == ["abc"]


@pytest.mark.parametrize("bucket", ["s3://b/prefix?region=us-east-1&", "az://b?account=a&", "gs://b?"])
def test_a_bucket_that_is_away_is_unavailable_and_soon(bucket, monkeypatch):
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", "a2V5")
    monkeypatch.setenv("GOOGLE_BEARER_TOKEN", "token")
    store = from_url(f"{bucket}endpoint=http://127.0.0.1:9")
    with pytest.raises(StoreUnavailable):
        store.read("2026/11/abc")


def test_an_s3_that_took_an_object_and_did_not_say_so_is_asked_again(s3_url, monkeypatch):
    """The client repeats a request whose answer is lost: its own object is there by then."""
    put = obstore.put

    def lost(*given, **options):
        put(*given, **options)
        put(*given, **options)

    store, key = from_url(s3_url), "2026/11/abc"
    monkeypatch.setattr(obstore, "put", lost)
    store.put(key, b"one")
    with pytest.raises(KeyTaken):
        store.put(key, b"two")
    assert store.read(key) == b"one"


def test_a_wrong_signature_is_refused(s3_url, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not the one")
    with pytest.raises(StoreUnavailable):
        from_url(s3_url).put("2026/11/abc", b"bytes")


def test_a_wrong_signature_is_refused_by_azure(azure_url, monkeypatch):
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", "bm90IHRoZSBvbmU=")
    with pytest.raises(StoreUnavailable):
        from_url(azure_url).put("2026/11/abc", b"bytes")


@pytest.mark.parametrize(
    ("variable", "value", "url"),
    [
        ("AZURE_STORAGE_ACCOUNT_KEY", "no base 64", "az://container?account=a"),
        ("GOOGLE_SERVICE_ACCOUNT", "/nowhere.json", "gs://bucket"),
    ],
)
def test_credentials_that_cannot_be_read_are_a_mistake(monkeypatch, variable, value, url):
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValueError, match="cannot be opened"):
        from_url(url)


def test_an_unknown_kind_of_store_is_a_mistake():
    with pytest.raises(ValueError, match="begins with none"):
        from_url("ftp://example.org")


def test_a_bucket_has_a_name_and_needs_no_endpoint(monkeypatch):
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("AZURE_STORAGE_ACCOUNT_NAME", raising=False)
    assert from_url("s3://documents/2026")
    assert from_url("az://documents/2026?account=a")
    assert from_url("gs://documents/2026")
    for url in ("s3://", "az://", "gs://"):
        with pytest.raises(ValueError, match="names no bucket"):
            from_url(url)
    with pytest.raises(ValueError, match="names no account"):
        from_url("az://documents/2026")
