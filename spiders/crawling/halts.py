"""A request that must not go on, with the state its page is then in."""

from scrapy.exceptions import IgnoreRequest

from spiders.page import PageState


class Halt(IgnoreRequest):
    """Raised inside Scrapy wherever a rule of ours stops a request; the spider's errback turns it into a visit."""

    def __init__(
        self, state: PageState, evidence: str, status: int | None = None, retry_after: str | None = None
    ) -> None:
        super().__init__(evidence)
        self.state = state
        self.evidence = evidence
        self.status = status
        self.retry_after = retry_after
