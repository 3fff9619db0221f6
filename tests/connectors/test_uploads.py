"""Pictures of marketplaces that show only what they host: uploaded once per content, read once for the packs that share one."""

from collections import Counter
from collections.abc import Iterator

import pytest

from connectors.errors import RejectedError
from sandbox.pictures import picture
from sandbox.sandbox import Sandbox
from tests.contract.shops import Shop, tea

UPLOAD = {
    "lazada": "POST /image/upload",
    "shopee": "POST /api/v2/media_space/upload_image",
    "tiktok_shop": "POST /product/202309/images/upload",
}


class Album:
    """The register's pictures, and how often each was read."""

    def __init__(self, **files: bytes) -> None:
        self.files = files
        self.read: Counter[str] = Counter()

    def __call__(self, name: str) -> bytes:
        self.read[name] += 1
        return self.files[name]


@pytest.fixture(params=sorted(UPLOAD))
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    with Sandbox(seed=7) as sandbox:
        connected = Shop(request.param, sandbox)
        yield connected
        connected.api.close()


def uploads(shop: Shop) -> int:
    return shop.sandbox.sites[f"{shop.code}.api"].calls[UPLOAD[shop.code]]


def test_packs_that_share_a_picture_cost_one_reading_and_one_upload(shop: Shop) -> None:
    """A picture on the web is downloaded for a reading: once for all that show it."""
    album = shop.api.read_picture = Album(hop=picture("hop"))
    for number in range(3):
        shop.api.push_new(tea(number, images=("hop",)))
    assert (album.read["hop"], uploads(shop)) == (1, 1)


def test_the_same_picture_under_two_names_is_uploaded_once(shop: Shop) -> None:
    """It is known by what is in it, also to another connector of the shop."""
    shop.api.read_picture = Album(hop=picture("hop"), tui=picture("hop"), loc=picture("loc"))
    for number, name in enumerate(("hop", "tui")):
        shop.api.push_new(tea(number, images=(name,)))
    other = shop.connector()
    other.read_picture = Album(goi=picture("hop"))
    other.push_new(tea(2, images=("goi",)))
    other.close()
    assert uploads(shop) == 1
    shop.api.push_new(tea(3, images=("loc",)))
    assert uploads(shop) == 2


def test_what_is_no_picture_is_sent_to_nobody(shop: Shop) -> None:
    """A text file with a picture's name is refused by us."""
    shop.api.read_picture = Album(hop=b"<html>")
    with pytest.raises(RejectedError, match="hop không phải PNG hay JPEG"):
        shop.api.push_new(tea(1, images=("hop",)))
    assert (uploads(shop), shop.skus()) == (0, [])
