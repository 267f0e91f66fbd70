"""What gunicorn loads in each of its processes: no database connection is shared between two of them."""

from app import logs
from app.factory import create_app
from app.settings import Settings

logs.configure()
app = create_app(Settings.from_env())
