# Procedures that may need no card, as a change of address does.
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column("dossier", "with_card", BooleanField(default=True)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column("dossier", "with_card"))
