"""What differs between marketplaces once bytes have arrived: the envelope and the words for no."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from connectors.errors import LoginRequiredError


class ExpiredTokenError(LoginRequiredError):
    """The access token was refused: refresh once and try once more. Reaches a caller only when that did not help."""


class Dialect(ABC):
    """Reads one marketplace's envelope."""

    marketplace: ClassVar[str]

    @abstractmethod
    def result(self, status: int, data: Any) -> Any:
        """The part of the answer that the endpoint's model reads.

        `data` is the parsed JSON, None for an empty body. Raises the MarketplaceError the answer means; a code that is in
        no table is an UnexpectedAnswerError. A refusal for pace is a NotAppliedError, a refused token an ExpiredTokenError.
        """

    @abstractmethod
    def request_id(self, headers: Mapping[str, str], data: Any) -> str:
        """What the marketplace's support asks for; "" when the answer has none."""
