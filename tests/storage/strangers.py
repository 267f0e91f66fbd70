"""A store of a package outside the tree, installed for a test as pip installs it: code and an entry point."""

from pathlib import Path

CODE = '''
from app.storage.files import FileMissing, KeyTaken
from app.storage.files.store import checked


class Shelf:
    """Files in memory."""

    def __init__(self):
        self.kept = {}

    def put(self, key, data):
        if checked(key) in self.kept:
            raise KeyTaken(key)
        self.kept[key] = data

    def read(self, key):
        if checked(key) not in self.kept:
            raise FileMissing(key)
        return self.kept[key]

    def put_parts(self, key, parts):
        self.put(key, b"".join(parts))

    def parts(self, key):
        yield self.read(key)

    def delete(self, key):
        self.kept.pop(checked(key), None)

    def check(self):
        pass

    def names(self):
        yield from sorted(self.kept)

    def head(self, key, length):
        return self.read(key)[:length]

    def replace(self, key, parts):
        self.read(key)
        self.kept[key] = b"".join(parts)


class Box:
    """Letters in memory."""

    def __init__(self, url, sender):
        self.url, self.sender, self.letters = url, sender, []

    def send(self, mail):
        self.letters.append(mail)


def shelf(url):
    return Shelf()
'''
ENTRY_POINTS = """
[guichet.files]
shelf = strangers_shelf:shelf
[guichet.mail]
box = strangers_shelf:Box
"""


def install(folder: Path) -> Path:
    """Write the package into a folder that is to be in the path of modules."""
    described = folder / "strangers_shelf-1.0.dist-info"
    described.mkdir(parents=True)
    (folder / "strangers_shelf.py").write_text(CODE, encoding="utf-8")
    (described / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: strangers-shelf\nVersion: 1.0\n", encoding="utf-8"
    )
    (described / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    return folder
