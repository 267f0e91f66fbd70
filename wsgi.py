"""What gunicorn loads in each of its processes: no database connection is shared between two of them."""

import gc
import logging
import sys

from peewee import InterfaceError, OperationalError

from app import logs
from app.factory import create_app
from app.settings import Settings
from app.storage.database import Unmigrated, require_migrated

DOES_NOT_LOAD = 4  # gunicorn then ends, where after any other code it would start the process again, for ever

logs.configure()
app = create_app(Settings.from_env())
try:
    require_migrated()
except Unmigrated as refusal:
    print(f"Refused: {refusal}", file=sys.stderr)
    sys.exit(DOES_NOT_LOAD)
except (InterfaceError, OperationalError) as error:
    # Not a reason to end: pages say that the service is unavailable until the database is back.
    logging.getLogger(__name__).error("database unavailable", exc_info=error)
# What was made so far lives as long as the process: the collector need not go over it again and again.
gc.collect()
gc.freeze()
