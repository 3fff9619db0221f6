"""A plain signed client in the manner of the official Python SDK, and a sandbox to point it at."""

import hashlib
import hmac
import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import requests

from sandbox.lazada import SITES
from sandbox.lazada.sellers import HOUSEHOLD
from sandbox.lazada.site import LazadaApi
from sandbox.sandbox import Sandbox

DESCRIPTION = "<p>Trà đinh vùng Tân Cương, một tôm, sao suốt thủ công, hương cốm, hậu ngọt sâu.</p>"


def png(side_px: int = 400) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side_px, side_px, 1, 0, 0, 0, 0)
    rows = (b"\x00" + bytes((side_px + 7) // 8)) * side_px
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def sign(secret: str, path: str, params: dict[str, str]) -> str:
    text = path + "".join(name + params[name] for name in sorted(params))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest().upper()


@dataclass
class Client:
    """Signs as the reference says, and remembers nothing but its session."""

    sandbox: Sandbox
    credentials: dict[str, Any]

    def __post_init__(self) -> None:
        self.http = requests.Session()

    @property
    def site(self) -> LazadaApi:
        site = self.sandbox.sites["lazada.api"]
        assert isinstance(site, LazadaApi)
        return site

    def signed(self, path: str, params: dict[str, Any], *, token: bool = True) -> dict[str, str]:
        """Params of None are left out; whatever is given wins over what is made here."""
        now = self.sandbox.world.clock.now()
        system = {
            "app_key": self.credentials["app_key"],
            "timestamp": str(int(now.timestamp() * 1000)),
            "sign_method": "sha256",
            **({"access_token": self.credentials["access_token"]} if token else {}),
        }
        texts = {name: str(value) for name, value in (system | params).items() if value is not None}
        return {"sign": sign(self.credentials["app_secret"], path, texts)} | texts

    def get(self, path: str, *, token: bool = True, **params: Any) -> dict[str, Any]:
        query = self.signed(path, params, token=token)
        return self.http.get(f"{self.site.base_url}/rest{path}", params=query, timeout=10).json()

    def post(self, path: str, *, token: bool = True, **params: Any) -> dict[str, Any]:
        form = self.signed(path, params, token=token)
        return self.http.post(f"{self.site.base_url}/rest{path}", data=form, timeout=10).json()

    def send(self, path: str, product: dict[str, Any]) -> dict[str, Any]:
        """A payload of JSON."""
        return self.post(path, payload=json.dumps({"Request": {"Product": product}}, ensure_ascii=False))

    def upload(self, content: bytes | None = None) -> str:
        path = "/image/upload"
        files = {"image": ("trà.png", png() if content is None else content, "image/png")}
        answer = self.http.post(f"{self.site.base_url}/rest{path}", data=self.signed(path, {}), files=files, timeout=10)
        return answer.json()["data"]["image"]["url"]

    def product(self, **changes: Any) -> dict[str, Any]:
        """A product that passes every check."""
        return {
            "PrimaryCategory": "10100123",
            "Images": {"Image": [self.upload()]},
            "Attributes": attributes(),
            "Skus": {"Sku": [sku()]},
        } | changes

    def create(self, **changes: Any) -> dict[str, Any]:
        answer = self.send("/product/create", self.product(**changes))
        assert answer["code"] == "0", json.dumps(answer, ensure_ascii=False)
        return answer["data"]

    def on_sale(self, number: int = 7, **changes: Any) -> tuple[int, int]:
        """Created and through quality control; the item's and the SKU's id."""
        made = self.create(Skus={"Sku": [sku(number, **changes)]})
        self.pass_time(hours=7)
        return made["item_id"], made["sku_list"][0]["sku_id"]

    def item(self, item_id: int) -> dict[str, Any]:
        return self.get("/product/item/get", item_id=item_id)["data"]

    def price(self, *rows: dict[str, Any]) -> dict[str, Any]:
        return self.send("/product/price_quantity/update", {"Skus": {"Sku": list(rows)}})

    def renew(self) -> None:
        """New tokens for old ones."""
        answer = self.get("/auth/token/refresh", token=False, refresh_token=self.credentials["refresh_token"])
        self.credentials |= {name: answer[name] for name in ("access_token", "refresh_token")}

    def pass_time(self, **span: float) -> None:
        self.sandbox.advance(to=self.sandbox.world.clock.now() + timedelta(**span))


def attributes(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Trà đinh Tân Cương OCOP 5 sao hộp thiếc 200g",
        "description": DESCRIPTION,
        "brand_id": "30768",
        "tea_type": "Green Tea",
    } | changes


def sku(number: int = 7, **changes: Any) -> dict[str, Any]:
    given = {
        "SellerSku": f"OCOP-TN-{number:04d}",
        "quantity": "120",
        "price": "185000",
        "package_weight": "0.35",
        "package_length": "18",
        "package_width": "12",
        "package_height": "10",
    } | changes
    return {name: value for name, value in given.items() if value is not None}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(seed=7, sites=SITES) as running:
        yield running


@pytest.fixture
def shop(sandbox: Sandbox) -> Iterator[Client]:
    """The cooperative's shop, logged in."""
    client = Client(sandbox, sandbox.credentials("lazada"))
    yield client
    client.http.close()


@pytest.fixture
def household(shop: Client) -> Iterator[Client]:
    """A household's shop on the same marketplace: taxes are withheld from it."""
    client = Client(shop.sandbox, shop.site.credentials_of(HOUSEHOLD.seller_id))
    yield client
    client.http.close()
