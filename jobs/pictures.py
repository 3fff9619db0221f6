"""The bytes of a listing's picture, from beside the workbook or from the web."""

import stat
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import requests

from connectors.errors import RejectedError, TransientError
from jobs.checked_web import InsideAddressError, checked_session

MAX_BYTES = 10 * 1024 * 1024  # Shopee's own limit, the smallest of the marketplaces (read 2026-11-23)
TIMEOUT_S = (10.0, 30.0)


def read_picture(address: str, folder: Path | None, *, allow_private: bool = False) -> bytes:
    """At most 10 MB of one picture. Raises RejectedError when it cannot be had, TransientError when the network failed.

    A workbook is written by many hands: an address inside the office's own network is refused unless allowed, and a path
    may not leave the workbook's folder.
    """
    try:
        return _read(address, folder, allow_private=allow_private)
    except ValueError:  # no host that can be looked up, a torn IPv6 address, a path with a NUL in it
        raise RejectedError(f"Địa chỉ ảnh {address} viết sai nên không đọc được.", code="picture_address") from None


def _read(address: str, folder: Path | None, *, allow_private: bool) -> bytes:
    parts = urlsplit(address)
    if parts.scheme in {"http", "https"}:
        return _download(address, allow_private=allow_private)
    if parts.scheme or folder is None:
        raise RejectedError(
            f"Không đọc được ảnh {address}: cần địa chỉ http(s) hoặc tệp cạnh sổ đăng ký.", code="picture_path"
        )
    return _read_file(address, folder)


def _read_file(name: str, folder: Path) -> bytes:
    missing = RejectedError(f"Không thấy tệp ảnh {name} cạnh sổ đăng ký.", code="picture_missing")
    try:
        root = _resolved(folder)
        path = (root / name).resolve()
        if not path.is_relative_to(root) or not stat.S_ISREG((found := path.stat()).st_mode):
            raise missing
        if found.st_size > MAX_BYTES:
            raise RejectedError(f"Ảnh {name} lớn hơn 10 MB.", code="picture_size")
        return path.read_bytes()
    except OSError:  # a name too long for a file, a file we may not read
        raise missing from None


@lru_cache(maxsize=8)
def _resolved(folder: Path) -> Path:
    """Where the folder really is: looked up once, not for every picture in it."""
    return folder.resolve()


def _download(address: str, *, allow_private: bool) -> bytes:
    try:
        with (
            checked_session(allow_private=allow_private) as session,
            session.get(address, timeout=TIMEOUT_S, stream=True, allow_redirects=False) as answer,
        ):
            if answer.status_code != requests.codes.ok:
                raise RejectedError(f"Ảnh {address} không tải được (mã {answer.status_code}).", code="picture_status")
            body = answer.raw.read(MAX_BYTES + 1, decode_content=True)
    except InsideAddressError:
        raise RejectedError(
            f"Địa chỉ ảnh {address} nằm trong mạng nội bộ nên không được đọc.", code="picture_private"
        ) from None
    except requests.RequestException as err:
        if isinstance(err, ValueError):
            raise  # an address that nobody can ask
        raise TransientError(f"Ảnh {address} tạm thời không tải được.", code="picture_network") from None
    if len(body) > MAX_BYTES:
        raise RejectedError(f"Ảnh {address} lớn hơn 10 MB.", code="picture_size")
    return bytes(body)
