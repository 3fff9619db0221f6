"""A seller's hands on the played Tiki, over real HTTP: no code of the connector."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from sandbox.sandbox import Sandbox
from sandbox.tiki import SITES
from sandbox.tiki.api import TikiApi

TEA: dict[str, Any] = {
    "category_id": 44101,
    "name": "Chè Tân Cương tôm nõn 200 g",
    "description": "<p>Chè móc câu</p>",
    "market_price": 260_000,
    "attributes": {
        "brand": "HTX Tân Cương",
        "origin": "Việt Nam",
        "require_expiry_date": 1,
        "product_weight_kg": "0.3",
    },
    "image": "https://img.example/che.jpg",
    "images": [],
    "option_attributes": [],
    "variants": [
        {
            "sku": "TN-CHE-200",
            "price": 235_000,
            "inventory_type": "dropship",
            "seller_warehouse": "387001",
            "warehouse_stocks": [{"warehouseId": 387001, "qtyAvailable": 40}],
        }
    ],
    "meta_data": {"is_auto_turn_on": True},
}


def tea(sku: str = "TN-CHE-200", *, stock: int = 40, price: int = 235_000, **changed: Any) -> dict[str, Any]:
    """The document's sample product under another SKU, with other fields where named."""
    places = [{"warehouseId": 387001, "qtyAvailable": stock}]
    variant = TEA["variants"][0] | {"sku": sku, "price": price, "warehouse_stocks": places}
    return TEA | {"variants": [variant]} | changed


@dataclass
class Player:
    """Calls the Open API with a token of the app's own, asked for again when the world has moved on."""

    sandbox: Sandbox
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def api(self) -> TikiApi:
        site = self.sandbox.sites["tiki.api"]
        assert isinstance(site, TikiApi)
        return site

    @property
    def credentials(self) -> dict[str, Any]:
        return self.sandbox.credentials("tiki")

    def token(self, **form: str) -> requests.Response:
        app = self.credentials
        url = f"{self.sandbox.base_url('tiki')}/sc/oauth2/token"
        return self.session.post(url, data=form, auth=(app["client_id"], app["client_secret"]))

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> requests.Response:
        token = self.token(grant_type="client_credentials").json()["access_token"]
        url = f"{self.sandbox.base_url('tiki')}/integration{path}"
        return self.session.request(method, url, json=body, params=query, headers={"Authorization": f"Bearer {token}"})

    def get(self, path: str, **query: Any) -> Any:
        answer = self.call("GET", path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def put_up(self, draft: dict[str, Any]) -> str:
        """The track id of a new request."""
        answer = self.call("POST", "/v2.1/requests", draft)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["track_id"])

    def product(self, sku: str = "TN-CHE-200") -> dict[str, Any]:
        rows = self.get("/v2/products/findBy", original_sku=sku, include="inventory,attributes")["data"]
        assert len(rows) == 1
        return dict(rows[0])

    def page(self, path: str, **headers: str) -> requests.Response:
        return self.session.get(f"{self.sandbox.storefront_url('tiki')}{path}", headers=headers)

    def wait(self, **span: float) -> None:
        self.sandbox.advance(self.sandbox.world.clock.now() + timedelta(**span))

    @property
    def now(self) -> datetime:
        return self.sandbox.world.clock.now()


@pytest.fixture
def options() -> dict[str, dict[str, Any]]:
    """Requests are approved at once; a test of the waiting overrides this."""
    return {"tiki.api": {"review_pace": 0}}


@pytest.fixture
def tiki(options: dict[str, dict[str, Any]]) -> Iterator[Player]:
    with Sandbox(7, sites=SITES, options=options) as sandbox:
        player = Player(sandbox)
        yield player
        player.session.close()


@pytest.fixture
def draft() -> Any:
    """The maker of sample products: fixtures travel where imports between test files do not."""
    return tea
