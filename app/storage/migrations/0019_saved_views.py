# Searches that agents keep under a name, and what colleagues did lately.
from peewee import *


def up(migrator, db):
    class Agent(Model):
        class Meta:
            database = db
            table_name = "agent"

    class SavedView(Model):
        id = AutoField()
        agent = ForeignKeyField(Agent, on_delete="CASCADE")
        name = CharField(60)
        query = JSONField()

        class Meta:
            database = db
            table_name = "saved_view"
            indexes = ((("agent", "name"), True),)

    db.create_tables([SavedView])
    migrator.migrate(migrator.add_index("event", ("agent_id", "action", "at")))


def down(migrator, db):
    migrator.migrate(
        migrator.drop_index("event", "event_agent_id_action_at"), migrator.drop_table("saved_view")
    )
