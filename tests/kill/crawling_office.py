"""Run as a program: one crawl of one site on a database, as a worker would do it. Arguments: database URL, site, delay in seconds."""

import sys
from datetime import timedelta

from jobs.app import App, SystemClock
from jobs.crawl import crawl_site
from jobs.run import perform
from jobs.slots import release_dead
from models.database import open_database
from models.secrets import Vault, parse_master_keys
from settings import Settings
from tests.jobs.played_jobs import MASTER_KEYS


def office(url: str, delay_s: float) -> App:
    settings = Settings(database_url=url, contact="ocop@example.vn", crawl_delay_s=delay_s)
    vault = Vault(parse_master_keys(MASTER_KEYS))
    return App(settings, open_database(url), SystemClock(), vault, allow_private_hosts=True, settle_after=timedelta(0))


if __name__ == "__main__":
    app = office(sys.argv[1], float(sys.argv[3]))
    release_dead(app)
    slot = app.now().replace(hour=3, minute=0, second=0, microsecond=0)  # the same slot however often it is begun
    perform(app, "crawl_site", crawl_site, sys.argv[2], slot)
    app.close()
