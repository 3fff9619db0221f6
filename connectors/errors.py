"""Every way a marketplace can say no, grouped by what to do next. One file, one suffix, one README table."""


class MarketplaceError(Exception):
    """Carries what a person and a log need: never a token, never a URL with a query."""

    def __init__(
        self,
        reason: str,
        *,
        marketplace: str = "",
        endpoint: str = "",
        code: str = "",
        request_id: str = "",
        retry_after_s: float | None = None,
        missing: tuple[str, ...] = (),
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.marketplace = marketplace
        self.endpoint = endpoint
        self.code = code
        self.request_id = request_id
        self.retry_after_s = retry_after_s
        self.missing = missing  # attributes it asks for, by its own names: the office answers them before the next try

    def __str__(self) -> str:
        where = " ".join(part for part in (self.marketplace, self.endpoint, self.code, self.request_id) if part)
        return f"{self.reason} [{where}]" if where else self.reason


class TransientError(MarketplaceError):
    """Nothing changed there; ask again after `retry_after_s` seconds."""


class OutcomeUnknownError(MarketplaceError):
    """A write was sent and no answer came: look the SKU up before sending again."""


class RejectedError(MarketplaceError):
    """Understood and refused: do not retry, show `reason` to the owner."""


class NotFoundError(RejectedError):
    """The thing asked for is not there (any more)."""


class LoginRequiredError(MarketplaceError):
    """Refreshing failed too: pause this shop and ask for a login."""


class QuotaExhaustedError(TransientError):
    """The application's daily quota is gone: pause every shop of this app until `retry_after_s`."""


class UnsupportedError(MarketplaceError):
    """No such feature there; raised before any request."""


class UnexpectedAnswerError(MarketplaceError):
    """The API changed or we misread it: stop, keep the capture, fix the code."""


class ForgedMessageError(MarketplaceError):
    """A pushed message whose signature is missing or wrong: nothing of it is believed, nothing is stored."""
