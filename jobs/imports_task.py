"""What storing a file's facts needs, in one hand."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from connectors.files.kind import Notes
from models import Shop


@dataclass(frozen=True)
class Task:
    session: Session
    shop: Shop
    import_id: int
    zone: ZoneInfo
    notes: Notes
