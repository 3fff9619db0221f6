"""A plain signed client and a sandbox to point it at."""

import hashlib
import hmac
import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import requests

from sandbox.sandbox import Sandbox
from sandbox.tiktok_shop.site import TikTokShopApi

WAREHOUSE = "7068517275539719942"
DESCRIPTION = "<p>Trà đinh vùng Tân Cương, một tôm, sao suốt thủ công.</p><ul><li>Khối lượng 200g</li></ul>"


@dataclass
class Client:
    """Signs as the reference says, and remembers nothing but its session."""

    sandbox: Sandbox
    credentials: dict[str, Any]

    def __post_init__(self) -> None:
        self.http = requests.Session()

    @staticmethod
    def png(side_px: int = 800) -> bytes:
        """As much of a picture as anybody looks at: its head."""
        data = b"IHDR" + struct.pack(">IIBBBBB", side_px, side_px, 8, 2, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + data + struct.pack(">I", zlib.crc32(data))

    @property
    def site(self) -> TikTokShopApi:
        site = self.sandbox.sites["tiktok_shop.api"]
        assert isinstance(site, TikTokShopApi)
        return site

    def now(self) -> int:
        return int(self.sandbox.world.clock.now().timestamp())

    def signed(
        self, path: str, body: bytes, query: dict[str, Any], *, cipher: bool = True, multipart: bool = False
    ) -> str:
        """The signed query string, its keys in an order of their own."""
        keys = self.credentials
        pairs = {"timestamp": self.now(), "app_key": keys["app_key"]} | query
        if cipher:
            pairs.setdefault("shop_cipher", keys["shop_cipher"])
        pairs = {name: str(value) for name, value in pairs.items() if value is not None}
        said = path + "".join(f"{name}{pairs[name]}" for name in sorted(pairs))
        secret = keys["app_secret"].encode()
        message = secret + said.encode() + (b"" if multipart else body) + secret
        return urlencode(pairs | {"sign": hmac.new(secret, message, hashlib.sha256).hexdigest()})

    def answer(
        self, method: str, path: str, body: Any = None, *, cipher: bool = True, **query: Any
    ) -> requests.Response:
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        url = f"{self.site.base_url}{path}?{self.signed(path, data, query, cipher=cipher)}"
        return self.http.request(method, url, data=data, headers=self.headers(), timeout=10)

    def headers(self) -> dict[str, str]:
        return {"x-tts-access-token": self.credentials["access_token"], "content-type": "application/json"}

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        return self.answer("GET", path, **query).json()

    def post(self, path: str, body: Any, **query: Any) -> dict[str, Any]:
        return self.answer("POST", path, body, **query).json()

    def ok(self, method: str, path: str, body: Any = None, **query: Any) -> dict[str, Any]:
        """The data of an answer that must be a success."""
        said = self.answer(method, path, body, **query).json()
        assert said["code"] == 0, json.dumps(said, ensure_ascii=False)
        return said["data"]

    def upload(self, content: bytes | None = None, use_case: str = "MAIN_IMAGE") -> dict[str, Any]:
        path = "/product/202309/images/upload"
        query = self.signed(path, b"", {}, cipher=False, multipart=True)
        files = {"data": ("trà.png", self.png() if content is None else content, "image/png")}
        headers = {"x-tts-access-token": self.credentials["access_token"]}
        form = {"use_case": use_case}
        url = f"{self.site.base_url}{path}?{query}"
        return self.http.post(url, data=form, files=files, headers=headers, timeout=10).json()

    def listing(self, **changes: Any) -> dict[str, Any]:
        """A product that passes every check."""
        return {
            "save_mode": "LISTING",
            "category_version": "v2",
            "category_id": "700437",
            "title": "Trà Tân Cương Thái Nguyên OCOP 5 sao hộp 200g",
            "description": DESCRIPTION,
            "main_images": [{"uri": self.upload()["data"]["uri"]}],
            "product_attributes": [{"id": "100347", "values": [{"id": "1000056"}]}],
            "package_weight": {"value": "0.35", "unit": "KILOGRAM"},
            "package_dimensions": {"length": "20", "width": "12", "height": "8", "unit": "CENTIMETER"},
            "skus": [self.sku()],
        } | changes

    def sku(self, **changes: Any) -> dict[str, Any]:
        return {
            "seller_sku": "OCOP-TN-0007",
            "price": {"amount": "185000", "currency": "VND"},
            "inventory": [{"warehouse_id": WAREHOUSE, "quantity": 120}],
        } | changes

    def add(self, **changes: Any) -> dict[str, Any]:
        return self.ok("POST", "/product/202309/products", self.listing(**changes))

    def detail(self, product_id: str, **query: Any) -> dict[str, Any]:
        return self.ok("GET", f"/product/202309/products/{product_id}", **query)

    def pass_time(self, **span: float) -> None:
        self.sandbox.advance(to=self.sandbox.world.clock.now() + timedelta(**span))

    def renew_token(self) -> None:
        """An access token lives seven days; a long test takes a new one."""
        site = self.site
        with self.sandbox.world.lock:
            site.accounts.grant(self.credentials["shop_id"])
        self.credentials |= site.credentials_of(self.credentials["shop_id"])


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(seed=7) as running:
        yield running


@pytest.fixture
def shop(sandbox: Sandbox) -> Iterator[Client]:
    """The cooperative's shop, logged in."""
    client = Client(sandbox, sandbox.credentials("tiktok_shop"))
    yield client
    client.http.close()


@pytest.fixture
def instant() -> Iterator[Client]:
    """A shop whose products are live at once."""
    with Sandbox(seed=7, options={"tiktok_shop.api": {"instant": True}}) as running:
        client = Client(running, running.credentials("tiktok_shop"))
        yield client
        client.http.close()
