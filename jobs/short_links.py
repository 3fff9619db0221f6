"""Where a site's short link leads: looked up once, when somebody pastes it, and never off the site."""

from urllib.parse import urljoin

import requests

from jobs.app import JobError
from jobs.checked_web import InsideAddressError, checked_session
from spiders.places import Places
from spiders.politeness import address_fault, user_agent
from spiders.reading import led_elsewhere

MOST_HOPS = 5  # listing-page notes, section 2, read 2026-11-23: an open redirect otherwise
TIMEOUT_S = (10.0, 20.0)


def long_address(url: str, places: Places, contact: str, *, allow_private: bool = False) -> str:
    """The page behind a short link; any other address as it is. Raises JobError where it leads nowhere, or off the site."""
    with checked_session(allow_private=allow_private) as session:
        session.headers["User-Agent"] = user_agent(contact)
        for _ in range(MOST_HOPS):
            if not places.is_short(url):
                return url
            url = _next(session, url, places)
    if places.is_short(url):
        raise JobError(f"Đường dẫn rút gọn dẫn vòng quá {MOST_HOPS} lần. Hãy dán địa chỉ đầy đủ của trang sản phẩm.")
    return url


def _next(session: requests.Session, url: str, places: Places) -> str:
    try:
        with session.get(url, timeout=TIMEOUT_S, stream=True, allow_redirects=False) as answer:
            location, status = answer.headers.get("Location"), answer.status_code
    except InsideAddressError:
        raise JobError("Đường dẫn rút gọn nằm trong mạng nội bộ nên không được mở.") from None
    except requests.RequestException:
        raise JobError(
            "Không mở được đường dẫn rút gọn (mạng lỗi). Hãy thử lại, hoặc dán địa chỉ đầy đủ của trang."
        ) from None
    if not location:
        raise JobError(f"Đường dẫn rút gọn không dẫn tới đâu (mã {status}). Hãy dán địa chỉ đầy đủ của trang sản phẩm.")
    return _allowed(urljoin(url, location), places)


def _allowed(target: str, places: Places) -> str:
    if address_fault(target) or not places.is_ours(target):
        raise JobError("Đường dẫn rút gọn dẫn ra ngoài trang của chính sàn đó nên không được theo dõi.")
    if led_elsewhere(target):
        raise JobError("Trang đòi đăng nhập hoặc xác minh khi mở đường dẫn rút gọn. Hãy dán địa chỉ đầy đủ của trang.")
    return target
