# Ranks of the agents' side; an administrator belongs to no service.
from peewee import *


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("agent", "rank", CharField(max_length=16, default="agent")),
        migrator.drop_not_null("agent", "service_id"),
    )


def down(migrator, db):
    db.execute_sql("DELETE FROM agent WHERE service_id IS NULL")
    migrator.migrate(
        migrator.add_not_null("agent", "service_id"),
        migrator.drop_column("agent", "rank"),
    )
