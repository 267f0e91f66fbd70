"""Files attached to messages wait to be scanned, as documents do; the bytes that were sent are kept until then."""

from peewee import *


def up(migrator, db):
    empty = [SQL("DEFAULT ''")]
    migrator.migrate(
        migrator.add_column("document", "original_key", CharField(80, default="", constraints=empty)),
        migrator.add_column("attachment", "original_key", CharField(80, default="", constraints=empty)),
        migrator.add_column("attachment", "scan", CharField(12, default="clean", constraints=[SQL("DEFAULT 'clean'")])),
    )
