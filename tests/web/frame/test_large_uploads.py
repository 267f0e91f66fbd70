"""A large file is on the disk when it comes, and one at a time in memory when it is examined."""

import tracemalloc
from io import BytesIO

from werkzeug.datastructures import FileStorage
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from app.blueprints import sent_files

MEGABYTE = 1_000_000


def test_files_of_a_request_are_read_one_at_a_time() -> None:
    builder = EnvironBuilder(method="POST")
    for number in range(10):
        builder.files.add_file("files", FileStorage(BytesIO(b"x" * 3 * MEGABYTE), filename=f"{number}.jpg"))
    environ = builder.get_environ()
    request = Request(environ)
    tracemalloc.start()
    sent = sent_files.read(request.files.getlist("files"))
    sizes = [len(file.content) for file in sent]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sizes == [3 * MEGABYTE] * 10
    assert [len(file.content) for file in sent] == sizes, "asked again, they are read again"
    assert peak < 15 * MEGABYTE, "all of them are 30"
    builder.close()
    request.close()
    environ["wsgi.input"].close()  # Werkzeug made it of the whole body, on the disk
