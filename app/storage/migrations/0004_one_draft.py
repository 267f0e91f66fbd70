# One draft of a procedure for each applicant; what was typed can be kept for agents too.
from peewee import *


class Table(Model):
    pass


class Dossier(Table):
    account_id = IntegerField()
    journey = CharField()
    state = CharField()
    answers = JSONField()
    saved_at = DateTimeField()

    class Meta:
        table_name = "dossier"


class Belonging(Table):
    dossier_id = IntegerField()


class Document(Belonging):
    class Meta:
        table_name = "document"


class Explanation(Belonging):
    slot = CharField()

    class Meta:
        table_name = "explanation"


class PhotoCode(Belonging):
    class Meta:
        table_name = "photo_code"


class UsedStamp(Belonging):
    number = CharField(primary_key=True)

    class Meta:
        table_name = "used_stamp"


class Agent(Table):
    class Meta:
        table_name = "agent"


def up(migrator, db):
    models = [Dossier, Document, Explanation, PhotoCode, UsedStamp, Agent]
    with db.bind_ctx(models):
        drafts = Dossier.select().where(Dossier.state == "draft")
        kept = {}
        # The one saved last is kept: what the others have and it has not goes into it.
        for draft in drafts.order_by(Dossier.saved_at.desc(), Dossier.id.desc()):
            of = (draft.account_id, draft.journey)
            if of in kept:
                merge(draft, kept[of])
            else:
                kept[of] = draft
        agent = ForeignKeyField(Agent, field=Agent.id, null=True, on_delete="CASCADE")
        migrator.migrate(
            migrator.drop_not_null("kept_form", "account_id"),
            migrator.add_column("kept_form", "agent_id", agent),
            migrator.add_index("kept_form", ("agent_id", "path"), True),
            migrator.add_index("kept_form", ("kept_at",)),
        )
    db.execute_sql("CREATE UNIQUE INDEX dossier_draft ON dossier (account_id, journey) WHERE state IN ('draft')")


def merge(ghost, draft):
    draft.answers = {**ghost.answers, **draft.answers}
    Dossier.update(answers=draft.answers).where(Dossier.id == draft.id).execute()
    explained = [row.slot for row in Explanation.select().where(Explanation.dossier_id == draft.id)]
    move(Document, ghost, draft)
    move(Explanation, ghost, draft, Explanation.slot.not_in(explained))
    if not PhotoCode.select().where(PhotoCode.dossier_id == draft.id).exists():
        move(PhotoCode, ghost, draft)
    move(UsedStamp, ghost, draft)
    for table in (Explanation, PhotoCode):
        table.delete().where(table.dossier_id == ghost.id).execute()
    Dossier.delete().where(Dossier.id == ghost.id).execute()


def move(table, ghost, draft, condition=True):
    table.update(dossier_id=draft.id).where((table.dossier_id == ghost.id) & condition).execute()
