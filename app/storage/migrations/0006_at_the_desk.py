# Documents asked for by name, the agents' daily mail, texts that a service keeps, and what a dossier is found by.
import unicodedata

from peewee import *


class Table(Model):
    pass


class Service(Table):
    id = AutoField()

    class Meta:
        table_name = "service"


class Agent(Table):
    id = AutoField()

    class Meta:
        table_name = "agent"


class Account(Table):
    email = CharField()

    class Meta:
        table_name = "account"


class Dossier(Table):
    account_id = IntegerField()
    service_id = IntegerField(null=True)
    reference = CharField(null=True)
    identity = JSONField()
    sealed = JSONField(null=True)

    class Meta:
        table_name = "dossier"


class SearchWord(Table):
    service_id = IntegerField()
    word = TextField()
    dossier_id = IntegerField()

    class Meta:
        table_name = "search_word"
        primary_key = CompositeKey("service_id", "word", "dossier_id")


class SavedText(Table):
    id = AutoField()
    service = ForeignKeyField(Service, on_delete="CASCADE")
    use = CharField(max_length=12)
    name = CharField(max_length=60)
    text = TextField()
    agent = ForeignKeyField(Agent)
    at = DateTimeField()

    class Meta:
        table_name = "saved_text"
        indexes = ((("service", "use", "name"), True),)


DECIDED = "state IN ('card_available', 'closed', 'favourable', 'handed_over', 'in_production', 'unfavourable')"


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("complement_item", "title", CharField(max_length=120, null=True)),
        migrator.add_column("agent", "daily_mail", BooleanField(null=True)),
        migrator.add_column("agent", "mailed_at", DateTimeField(null=True)),
    )
    db.execute_sql(
        f"CREATE INDEX dossier_decided ON dossier (agent_id, rights_end, filed_on, id) WHERE {DECIDED}"
    )
    with db.bind_ctx([Service, Agent, Account, Dossier, SearchWord, SavedText]):
        db.create_tables([SavedText])
        emails = dict(Account.select(Account.id, Account.email).tuples())
        filed = Dossier.reference.is_null(False) & Dossier.service_id.is_null(False)
        for dossier in Dossier.select().where(filed).iterator():
            for word in words(dossier, emails.get(dossier.account_id, "")):
                SearchWord.insert(
                    service_id=dossier.service_id, word=word, dossier_id=dossier.id
                ).on_conflict_ignore().execute()


def words(dossier, email):
    identity = dossier.identity if isinstance(dossier.identity, dict) else {}
    sealed = dossier.sealed if isinstance(dossier.sealed, dict) else {}
    born = str(identity.get("born_on", "")).split("-")
    found = ["".join(born), "".join(reversed(born))] if len(born) == 3 else []
    passport = "".join(filter(str.isalnum, fold(str(sealed.get("passport_number", "")))))
    return {word for word in (*found, fold(email), passport) if word}


def fold(text):
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()
