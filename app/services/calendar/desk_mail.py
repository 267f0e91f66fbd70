"""The daily mail to agents that chose it: how much came for them since the last one, one mail however much it is."""

from datetime import datetime, time, timedelta

from app.domain.actions.applicants import ANSWER
from app.domain.rules.calendar import PARIS, paris_day
from app.domain.rules.reminders import in_letter_hours
from app.services.batch import for_each_isolated
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Agent
from app.storage.people import agents
from app.storage.review import news

MESSAGE = "message_sent"  # event of an applicant's message
_SATURDAY = 5
_FIRST = timedelta(days=3)  # that the first mail looks back: the last working day


def send_due(now: datetime) -> int:
    """Send the mails of this day and return how many; none on Saturdays, Sundays and outside letter hours."""
    today = paris_day(now)
    if not in_letter_hours(now) or today.weekday() >= _SATURDAY:
        return 0
    midnight = datetime.combine(today, time(), PARIS)
    return for_each_isolated("daily mail", news.to_mail(midnight), lambda agent: _send(agent, midnight, now))


def _send(agent: Agent, midnight: datetime, now: datetime) -> bool:
    """Send the mail of one agent unless nothing came; two workers never send it twice."""
    with database.atomic():
        agents.lock(agent.id)
        present = Agent.get_by_id(agent.id)
        if not present.daily_mail or (present.mailed_at and present.mailed_at >= midnight):
            return False
        came = news.since(present.id, present.mailed_at or now - _FIRST, now)
        Agent.update(mailed_at=now).where(Agent.id == present.id).execute()
        if not came:
            return False
        given = sum(came.get(action, 0) for action in news.GIVEN)
        answers, messages = came.get(ANSWER.key, 0), came.get(MESSAGE, 0)
        counts = {"answers": answers, "messages": messages, "given": given}
        counts["others"] = sum(came.values()) - sum(counts.values())
        emails.write("staff/day", present.email, present.language, counts, now)
    return True
