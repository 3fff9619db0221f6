"""A plain signed client and a sandbox to point it at."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import requests

from sandbox.sandbox import Sandbox
from sandbox.shopee.site import ShopeeApi

PNG = b"\x89PNG\r\n\x1a\n" + b"\r\n--\x00\xff" * 9 + b"\r\n"
DESCRIPTION = "Trà đinh vùng Tân Cương, Thái Nguyên, đạt OCOP 5 sao. Một tôm, sao suốt thủ công, hương cốm, hậu ngọt sâu, hộp thiếc."


@dataclass
class Client:
    """Signs as the reference says, and remembers nothing but its session."""

    sandbox: Sandbox
    credentials: dict[str, Any]

    def __post_init__(self) -> None:
        self.http = requests.Session()

    @property
    def site(self) -> ShopeeApi:
        site = self.sandbox.sites["shopee.api"]
        assert isinstance(site, ShopeeApi)
        return site

    def url(self, path: str) -> str:
        return f"{self.site.base_url}{path}"

    def now(self) -> int:
        return int(self.sandbox.world.clock.now().timestamp())

    def signed(self, path: str, *, public: bool = False, **changes: Any) -> dict[str, Any]:
        """The signed query; `changes` are put in before signing."""
        keys = self.credentials
        query: dict[str, Any] = {"partner_id": keys["partner_id"], "timestamp": self.now()}
        if not public:
            query |= {"access_token": keys["access_token"], "shop_id": keys["shop_id"]}
        query |= changes
        tail = "" if public else f"{query['access_token']}{query['shop_id']}"
        base = f"{query['partner_id']}{path}{query['timestamp']}{tail}"
        sign = hmac.new(keys["partner_key"].encode(), base.encode(), hashlib.sha256).hexdigest()
        return query | {"sign": sign}

    def answer(
        self, method: str, path: str, body: Any = None, *, public: bool = False, **query: Any
    ) -> requests.Response:
        path = f"/api/v2/{path}"
        params = self.signed(path, public=public) | query
        return self.http.request(method, self.url(path), params=params, json=body, timeout=10, allow_redirects=False)

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        return self.answer("GET", path, **query).json()

    def post(self, path: str, body: Any, **query: Any) -> dict[str, Any]:
        return self.answer("POST", path, body, **query).json()

    def upload(self, content: bytes = PNG) -> str:
        path = "/api/v2/media_space/upload_image"
        query = self.signed(path, public=True)
        files = {"image": ("trà.png", content, "image/png")}
        answer = self.http.post(self.url(path), params=query, files=files, timeout=10).json()
        return answer["response"]["image_info"]["image_id"]

    def listing(self, **changes: Any) -> dict[str, Any]:
        """A listing that passes every check."""
        return {
            "item_name": "Trà đinh Tân Cương OCOP 5 sao hộp thiếc 200g",
            "description": DESCRIPTION,
            "original_price": 185000,
            "weight": 0.35,
            "dimension": {"package_length": 18, "package_width": 12, "package_height": 10},
            "category_id": 100823,
            "image": {"image_id_list": [self.upload()]},
            "logistic_info": [{"logistic_id": 5001, "enabled": True, "is_free": False}],
            "attribute_list": [{"attribute_id": 100037, "attribute_value_list": [{"value_id": 556}]}],
            "brand": {"brand_id": 0, "original_brand_name": "NoBrand"},
            "condition": "NEW",
            "item_status": "NORMAL",
            "item_sku": "OCOP-TN-0007",
            "seller_stock": [{"stock": 120}],
        } | changes

    def add(self, **changes: Any) -> int:
        answer = self.post("product/add_item", self.listing(**changes))
        assert answer["error"] == "", json.dumps(answer, ensure_ascii=False)
        return answer["response"]["item_id"]

    def pass_time(self, **span: float) -> None:
        self.sandbox.advance(to=self.sandbox.world.clock.now() + timedelta(**span))


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(seed=7) as running:
        yield running


@pytest.fixture
def shop(sandbox: Sandbox) -> Iterator[Client]:
    """The cooperative's shop, logged in."""
    client = Client(sandbox, sandbox.credentials("shopee"))
    yield client
    client.http.close()


@pytest.fixture
def household(shop: Client) -> Iterator[Client]:
    """A household's shop on the same marketplace: taxes are withheld from it."""
    client = Client(shop.sandbox, shop.site.credentials_of(770011224))
    yield client
    client.http.close()
