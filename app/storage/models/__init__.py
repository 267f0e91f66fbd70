"""The tables of the database; only `app.storage` and the services import them."""

from app.storage.models.access import Entry, KnownBrowser, Passkey, Recovery
from app.storage.models.appointments import Appointment
from app.storage.models.audit import AuditRecord
from app.storage.models.conversations import Attachment, Conversation, Message
from app.storage.models.corrections import Correction
from app.storage.models.dossiers import (
    Attestation,
    Complement,
    ComplementItem,
    ComplementReminder,
    Document,
    Dossier,
    Event,
    Explanation,
    PhotoCode,
    UsedPhotoCode,
)
from app.storage.models.erasures import DataCopy, Erasure
from app.storage.models.figures import DelayFigure, ExportRecord, StageTime
from app.storage.models.hiring import HiringCheck
from app.storage.models.letters import DecisionLetter, LetterTemplate
from app.storage.models.messages import Notice, Outbox, Sequence
from app.storage.models.operating import DayDone, DoneRequest, Switch, WorkerBeat
from app.storage.models.people import Account, Agent, KeptForm, ResetLink, Service, Session, Signup, Throttle
from app.storage.models.reminders import EndWarning, MutedReminder, Reminder, ReturnReminder
from app.storage.models.reviews import DocumentMark, InternalNote
from app.storage.models.search import SearchWord
from app.storage.models.searches import SavedText, SavedView, SearchRecord
from app.storage.models.staff import AdministrationRecord, AgentLink, RecoveryCode
from app.storage.models.stamps import UsedStamp
from app.storage.models.table import Table
from app.storage.models.transfers import Transfer
from app.storage.models.uploads import Upload

TABLES: tuple[type[Table], ...] = (
    AdministrationRecord,  # before the people, hence emptied after them: its rows are only deleted with theirs
    Service,
    Account,
    Agent,
    SearchRecord,
    SavedText,
    SavedView,
    AgentLink,
    RecoveryCode,
    Session,
    KnownBrowser,
    Passkey,
    Signup,
    ResetLink,
    Entry,
    Recovery,
    Throttle,
    KeptForm,
    Upload,
    Sequence,
    AuditRecord,  # before the dossiers, hence emptied after them: its rows are only deleted with theirs
    Dossier,
    SearchWord,
    Event,
    StageTime,
    DelayFigure,
    ExportRecord,
    Document,
    Explanation,
    PhotoCode,
    UsedPhotoCode,
    UsedStamp,
    Complement,
    ComplementItem,
    ComplementReminder,
    Appointment,
    Correction,
    DocumentMark,
    InternalNote,
    Attestation,
    DecisionLetter,
    LetterTemplate,
    EndWarning,
    Transfer,
    Conversation,
    Message,
    Attachment,
    HiringCheck,
    Notice,
    Outbox,
    Reminder,
    MutedReminder,
    ReturnReminder,
    DataCopy,
    Erasure,
    WorkerBeat,
    Switch,
    DayDone,
    DoneRequest,
)

__all__ = [
    "TABLES",
    "Account",
    "AdministrationRecord",
    "Agent",
    "AgentLink",
    "Appointment",
    "Attachment",
    "Attestation",
    "AuditRecord",
    "Complement",
    "ComplementItem",
    "ComplementReminder",
    "Conversation",
    "Correction",
    "DataCopy",
    "DayDone",
    "DecisionLetter",
    "DelayFigure",
    "Document",
    "DocumentMark",
    "DoneRequest",
    "Dossier",
    "EndWarning",
    "Entry",
    "Erasure",
    "Event",
    "Explanation",
    "ExportRecord",
    "HiringCheck",
    "InternalNote",
    "KeptForm",
    "KnownBrowser",
    "LetterTemplate",
    "Message",
    "MutedReminder",
    "Notice",
    "Outbox",
    "Passkey",
    "PhotoCode",
    "Recovery",
    "RecoveryCode",
    "Reminder",
    "ResetLink",
    "ReturnReminder",
    "SavedText",
    "SavedView",
    "SearchRecord",
    "SearchWord",
    "Sequence",
    "Service",
    "Session",
    "Signup",
    "StageTime",
    "Switch",
    "Table",
    "Throttle",
    "Transfer",
    "Upload",
    "UsedPhotoCode",
    "UsedStamp",
    "WorkerBeat",
]
