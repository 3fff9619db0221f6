"""What was read is forgotten after its days: bodies are kept to be read again, not for ever."""

from datetime import timedelta

from jobs.run import Counts, Run
from models.evidence_store import prune_evidence_before

CHUNK = 500  # answers forgotten in one transaction


def prune_evidence(run: Run) -> Counts:
    """Forget what is older than OCOP_EVIDENCE_DAYS. Safe to kill and repeat."""
    before = run.app.now() - timedelta(days=run.app.settings.evidence_days)
    forgotten = 0
    while True:
        run.check()
        with run.app.database.write() as session:
            some = prune_evidence_before(session, before, CHUNK)
        if not some:
            return {"forgotten": forgotten}
        forgotten += some
