"""Records that tests of services stand on, written as the store writes them."""

from datetime import datetime

from app.workplace import Workplace
from db.cells import BY_NAME


def put(place: Workplace, record_type: str, company_id: str | None = None, /, **values: object) -> str:
    """Write a new record (a company for itself, anything else for its company or the team); its id."""
    record_id = place.new_id()
    if company_id and "company_id" in BY_NAME[record_type].cell_of_column:
        values = {"company_id": company_id, **values}
    compartment = record_id if record_type == "company" else company_id or place.team_id
    with place.action("用意", None) as work:
        work.save(record_type, record_id, values, compartment=compartment)
    return record_id


def wall(text: str) -> datetime:
    """A moment on the wall clock, from its ISO form."""
    return datetime.fromisoformat(text)


def session(place: Workplace, company_id: str, starts_at: str, /, **more: object) -> str:
    """A 面談 that starts at a moment on the wall clock."""
    return put(place, "support_session", company_id, starts_at=wall(starts_at), **more)


def line(place: Workplace, company_id: str, session_id: str, text: str, /, **more: object) -> str:
    """A line of a 面談, after those written before it."""
    stamp = place.now()
    values = {"text": text, "stamped_at": stamp, "order_key": f"{stamp:%H%M%S%f}1", **more}
    return put(place, "note_line", company_id, support_session_id=session_id, **values)


def change(place: Workplace, record_type: str, record_id: str, **values: object) -> None:
    """Write columns of a record."""
    with place.action("用意", None) as work:
        work.save(record_type, record_id, values)


def withdraw(place: Workplace, record_type: str, record_id: str) -> None:
    """Delete one record and nothing with it."""
    with place.action("用意", None) as work:
        work.delete(record_type, record_id)


def stored(place: Workplace, record_type: str, record_id: str) -> dict:
    """A record as it stands."""
    with place.reading() as reading:
        return dict(reading.record(record_type, record_id))
