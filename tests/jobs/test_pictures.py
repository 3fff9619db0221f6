"""A picture comes from beside the workbook or from the web, and from nowhere else."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from connectors.errors import RejectedError, TransientError
from jobs.pictures import MAX_BYTES, read_picture

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)


class _Web(BaseHTTPRequestHandler):
    """`/large.png` is one byte too large, `/moved.png` leads elsewhere, everything unknown is missing."""

    def do_GET(self) -> None:
        match self.path:
            case "/che.png":
                self._answer(200, PICTURE)
            case "/large.png":
                self._answer(200, bytes(MAX_BYTES + 1))
            case "/moved.png":
                self._answer(302, b"", Location="/che.png")
            case _:
                self._answer(404, b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's own name
        """Quiet."""

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "so").mkdir()
    (tmp_path / "so" / "che.png").write_bytes(PICTURE)
    (tmp_path / "bi-mat.txt").write_text("mật khẩu", encoding="utf-8")
    (tmp_path / "so" / "lien-ket.png").symlink_to(tmp_path / "bi-mat.txt")
    (tmp_path / "so" / "to.png").write_bytes(bytes(MAX_BYTES + 1))
    return tmp_path / "so"


def test_a_file_beside_the_workbook_is_read(folder: Path) -> None:
    """By its name, letter for letter as the workbook has it."""
    assert read_picture("che.png", folder) == PICTURE


@pytest.mark.parametrize("name", ["../bi-mat.txt", "lien-ket.png", "/etc/hostname", "khong-co.png", ".", "x" * 5_000])
def test_nothing_outside_the_workbooks_folder_is_read(folder: Path, name: str) -> None:
    """A path or link that leaves it is as missing as one that is not there."""
    with pytest.raises(RejectedError) as caught:
        read_picture(name, folder)
    assert (caught.value.code, str(caught.value.reason)) == (
        "picture_missing",
        f"Không thấy tệp ảnh {name} cạnh sổ đăng ký.",
    )


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://a.example/x.png", "data:image/png;base64,AAAA"])
def test_other_schemes_are_refused(folder: Path, address: str) -> None:
    """Only http(s) and files; a scheme is never taken for a file name."""
    with pytest.raises(RejectedError) as caught:
        read_picture(address, folder)
    assert caught.value.code == "picture_path"


@pytest.mark.parametrize("allow_private", [True, False])
@pytest.mark.parametrize(
    "address", ["http://[/x.png", "http://a..vn/x.png", f"http://{'a' * 300}.vn/x.png", "http:///x.png", "a\0b.png"]
)
def test_an_address_nobody_can_ask_is_refused(folder: Path, address: str, *, allow_private: bool) -> None:
    """One bad cell is one product's problem: it never ends a shop's whole push."""
    with pytest.raises(RejectedError) as caught:
        read_picture(address, folder, allow_private=allow_private)
    assert caught.value.code == "picture_address"


def test_a_file_needs_a_folder() -> None:
    """Without a workbook's folder there is nothing beside it."""
    with pytest.raises(RejectedError) as caught:
        read_picture("che.png", None)
    assert caught.value.code == "picture_path"


def test_the_web_gives_its_bytes(web: str) -> None:
    """As they are."""
    assert read_picture(f"{web}/che.png", None, allow_private=True) == PICTURE


@pytest.mark.parametrize(
    ("path", "code"), [("large.png", "picture_size"), ("moved.png", "picture_status"), ("x.png", "picture_status")]
)
def test_what_cannot_be_had_is_refused(web: str, path: str, code: str) -> None:
    """Too large, led elsewhere, missing: the product's owner mends the address; asking again helps nobody."""
    with pytest.raises(RejectedError) as caught:
        read_picture(f"{web}/{path}", None, allow_private=True)
    assert caught.value.code == code


def test_a_file_too_large_is_refused(folder: Path) -> None:
    """Before it is read."""
    with pytest.raises(RejectedError) as caught:
        read_picture("to.png", folder)
    assert caught.value.code == "picture_size"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "2130706433", "[::ffff:7f00:1]"],
)
def test_the_offices_own_network_is_not_read(host: str) -> None:
    """A workbook is written by many hands; its addresses may not reach what only we can reach."""
    with pytest.raises(RejectedError) as caught:
        read_picture(f"http://{host}/che.png", None)
    assert caught.value.code == "picture_private"


def test_a_network_fault_passes() -> None:
    """Nobody listens: tried again later, and the address names no more than itself."""
    closed = ThreadingHTTPServer(("127.0.0.1", 0), _Web)
    port = closed.server_port
    closed.server_close()
    with pytest.raises(TransientError) as caught:
        read_picture(f"http://127.0.0.1:{port}/che.png", None, allow_private=True)
    assert (caught.value.code, caught.value.__cause__) == ("picture_network", None)
