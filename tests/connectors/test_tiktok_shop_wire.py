"""TikTok Shop's connector over real HTTP, against a desk that hands out the reference's own examples, one answer after another."""

import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from pydantic import SecretStr

from catalog.listing import Listing
from connectors.base import ListingRef, ListingState, MoneyStage, OrderState, PriceChange, StockChange, Tokens
from connectors.errors import (
    LoginRequiredError,
    NotFoundError,
    QuotaExhaustedError,
    RejectedError,
    TransientError,
    UnexpectedAnswerError,
    UnsupportedError,
)
from connectors.memory import MemoryCache, MemoryTokenStore
from connectors.tiktok_shop.codes import ShopQuotaError
from connectors.tiktok_shop.connector import TiktokShopConnector
from connectors.tiktok_shop.settings import TiktokShopSettings
from connectors.tiktok_shop.signature import sign

SHOP_ID = "7495000000000000001"
PRODUCT, SKU = "1729592969712207008", "1729592969712207012"
NOW = datetime.fromtimestamp(1795420800, UTC)
REF = ListingRef(sku="TRA-TANCUONG-200G", external_id=PRODUCT, variant_id=SKU)
SHOPS = {"id": SHOP_ID, "name": "OCOP Thai Nguyen", "region": "VN", "seller_type": "LOCAL", "code": "VNLCABCDEF"}
PNG = b"\x89PNG\r\n\x1a\n"


class Frozen:
    now_at = NOW

    def now(self) -> datetime:
        return self.now_at


@dataclass(frozen=True)
class Refusal:
    code: int
    message: str = "no"
    status: int = 200


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    call: str
    query: dict[str, str]
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Desk:
    """Answers `METHOD path` with what was laid out for it; the last answer stays."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Any]] = defaultdict(list)
        self.asked: list[Asked] = []
        desk = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                desk.serve(self)

            do_GET = do_POST = do_PUT = _serve  # noqa: N815 - the library's names

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.base_url = f"http://127.0.0.1:{self.server.server_port}"

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        call = f"{handler.command} {parts.path}"
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.asked.append(Asked(call, dict(parse_qsl(parts.query, True)), body, dict(handler.headers)))
        laid_out = self.answers[call]
        answer = laid_out.pop(0) if len(laid_out) > 1 else laid_out[0] if laid_out else Refusal(36009009, call, 404)
        status, envelope = 200, {"code": 0, "message": "Success", "data": answer}
        if isinstance(answer, Refusal):
            status, envelope = answer.status, {"code": answer.code, "message": answer.message, "data": None}
        text = json.dumps({**envelope, "request_id": f"2026112309000{len(self.asked):020X}"}).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text)

    def calls(self) -> list[str]:
        return [one.call for one in self.asked]

    def last(self, call: str) -> Asked:
        return next(one for one in reversed(self.asked) if one.call == call)


class Counter(Desk):
    """A desk with one shop connected to it."""

    def __init__(self) -> None:
        super().__init__()
        self.answers["GET /authorization/202309/shops"] = [{"shops": [SHOPS | {"cipher": "ROW_cipher01"}]}]
        self.store = MemoryTokenStore(
            Tokens(
                access_token=SecretStr("ROW_access01"),
                refresh_token=SecretStr("ROW_refresh01"),
                expires_at=NOW + timedelta(days=7),
            )
        )
        self.clock = Frozen()
        self.api = TiktokShopConnector(
            TiktokShopSettings(app_key="key1", app_secret=SecretStr("s3cret"), base_url=self.base_url, rate_per_s=None),
            SHOP_ID,
            self.store,
            clock=self.clock,
            cache=MemoryCache(),
            read_picture=lambda name: PNG + name.encode(),
        )


@pytest.fixture
def desk() -> Iterator[Counter]:
    counter = Counter()
    yield counter
    counter.api.close()
    counter.server.shutdown()
    counter.server.server_close()


def tea(**changes: Any) -> Listing:
    facts: dict[str, Any] = {
        "sku": "TRA-TANCUONG-200G",
        "title": "Trà Tân Cương Thái Nguyên hộp 200g",
        "description": "Chè nõn tôm vùng Tân Cương.\nKhối lượng 200g & thơm <lâu>",
        "sub_group": "food/tea",
        "price_vnd": 185_000,
        "stock": 120,
        "images": ("tra.png",),
        "brand": "HTX Trà Tân Cương",
        "net_weight_g": 200,
        "shipping_weight_g": 350,
    }
    return Listing(**(facts | changes))


# ---- connecting ----------------------------------------------------------------------------------------------------

PAIR = {
    "access_token": "ROW_access02",
    "access_token_expire_in": 1796025600,
    "refresh_token": "ROW_refresh02",
    "refresh_token_expire_in": 1826956800,
    "open_id": "7010000000000000001",
    "seller_name": "HTX Tra Tan Cuong",
    "seller_base_region": "VN",
    "user_type": 0,
    "granted_scopes": ["seller.product.basic"],
}


def test_a_code_buys_a_pair_with_absolute_ends(desk: Counter) -> None:
    """The expiries are moments, not spans; the consent ends with the refresh token. Nothing is signed."""
    desk.answers["GET /api/v2/token/get"] = [PAIR]
    tokens = desk.api.exchange_code("code-1", "https://ocop.example/cb")
    assert tokens.expires_at == datetime.fromtimestamp(1796025600, UTC)
    assert tokens.refresh_expires_at == tokens.authorised_until == datetime.fromtimestamp(1826956800, UTC)
    assert desk.last("GET /api/v2/token/get").query == {
        "auth_code": "code-1", "grant_type": "authorized_code", "app_key": "key1", "app_secret": "s3cret",
    }  # fmt: skip


def test_a_creator_is_not_a_seller(desk: Counter) -> None:
    """Somebody who agreed with a creator's account cannot manage a shop."""
    desk.answers["GET /api/v2/token/get"] = [PAIR | {"user_type": 1}]
    with pytest.raises(LoginRequiredError, match="chủ gian hàng"):
        desk.api.exchange_code("code-1", "")


@pytest.mark.parametrize("code", [36004004, 36004001, 36004005])
def test_a_dead_code_or_refresh_token_asks_for_a_login(desk: Counter, code: int) -> None:
    """Used, expired or withdrawn."""
    desk.answers["GET /api/v2/token/get"] = [Refusal(code)]
    with pytest.raises(LoginRequiredError):
        desk.api.exchange_code("code-1", "")


def test_the_consent_page_is_the_registered_one(desk: Counter) -> None:
    """With a service id the present page, else the older one; our state comes back with the code."""
    assert desk.api.login_url("ignored", "s-1") == f"{desk.base_url}/oauth/authorize?app_key=key1&state=s-1"
    app = TiktokShopSettings(app_key="key1", app_secret=SecretStr("x"), service_id="7010")
    api = TiktokShopConnector(app, SHOP_ID, desk.store, clock=desk.clock, cache=MemoryCache(), read_picture=str.encode)
    assert api.login_url("", "s-1") == "https://services.tiktokshop.com/open/authorize?service_id=7010&state=s-1"
    api.close()


def test_check_reads_the_shop_and_what_it_lacks(desk: Counter) -> None:
    """A shop without return warehouse is active and cannot list."""
    desk.answers["GET /product/202312/prerequisites"] = [
        {"check_results": [
            {"check_item": "SHOP_STATUS", "is_failed": False},
            {"check_item": "RETURN_WAREHOUSE", "is_failed": True, "fail_reasons": ["no return warehouse"]},
        ]}
    ]  # fmt: skip
    facts = desk.api.check()
    assert (facts.name, facts.is_active, facts.can_push) == ("OCOP Thai Nguyen", True, False)
    first = desk.asked[0]
    assert "shop_cipher" not in first.query
    assert first.headers["x-tts-access-token"] == "ROW_access01"
    query = [(name, value) for name, value in first.query.items() if name != "sign"]
    assert first.query["sign"] == sign("s3cret", "/authorization/202309/shops", query)
    assert desk.asked[-1].query["shop_cipher"] == "ROW_cipher01"


def test_a_consent_for_another_shop_asks_for_a_login(desk: Counter) -> None:
    """The token is good, but not for this shop."""
    desk.answers["GET /authorization/202309/shops"] = [{"shops": [SHOPS | {"id": "1", "cipher": "x"}]}]
    with pytest.raises(LoginRequiredError, match="chưa cho phép"):
        desk.api.check()


def test_a_refused_cipher_is_read_anew_once(desk: Counter) -> None:
    """The write did nothing, so it goes out again with the present cipher; a second refusal is the caller's."""
    desk.answers["GET /authorization/202309/shops"] = [
        {"shops": [SHOPS | {"cipher": "ROW_old"}]}, {"shops": [SHOPS | {"cipher": "ROW_new"}]},
    ]  # fmt: skip
    call = f"POST /product/202309/products/{PRODUCT}/prices/update"
    desk.answers[call] = [Refusal(106013, "shop_cipher is wrong", 400), None]
    assert desk.api.set_prices([PriceChange(ref=REF, price_vnd=179_000)])[0].ok
    assert [one.query["shop_cipher"] for one in desk.asked if one.call == call] == ["ROW_old", "ROW_new"]
    desk.answers[call] = [Refusal(106013, "shop_cipher is wrong", 400)]
    with pytest.raises(LoginRequiredError):
        desk.api.set_prices([PriceChange(ref=REF, price_vnd=179_000)])


def test_an_expired_token_is_refreshed_and_the_pair_kept(desk: Counter) -> None:
    """Both tokens of the answer replace the old ones."""
    desk.answers["GET /api/v2/token/refresh"] = [PAIR]
    desk.answers["POST /product/202502/products/search"] = [Refusal(105002, "access_token is expired", 401), {}]
    assert desk.api.find("X") is None
    kept = desk.store.load()
    assert kept.refresh_token is not None
    assert (kept.access_token.get_secret_value(), kept.refresh_token.get_secret_value()) == (
        "ROW_access02", "ROW_refresh02",
    )  # fmt: skip
    assert desk.last("GET /api/v2/token/refresh").query["refresh_token"] == "ROW_refresh01"


# ---- what no means -------------------------------------------------------------------------------------------------

REFUSALS = [
    (36009004, "The 'timestamp' is out of window", TransientError),
    (36009004, "invalid x-tts-access-token", LoginRequiredError),
    (36009004, '"app_key" is invalid', LoginRequiredError),
    (36009004, "page_size is a required field", UnexpectedAnswerError),
    (36009004, "shop_cipher is not required", UnexpectedAnswerError),
    (106001, "the 'sign' query parameter is wrong", LoginRequiredError),
    (105005, "access denied", LoginRequiredError),
    (36009003, "internal", TransientError),
    (36009044, "seller inactive", LoginRequiredError),
    (98001004, "parameter error", RejectedError),
    (12052032, "product not found", NotFoundError),
    (99999999, "never heard of", UnexpectedAnswerError),
]


@pytest.mark.parametrize(("code", "message", "error"), REFUSALS)
def test_a_code_means_what_the_reference_says(desk: Counter, code: int, message: str, error: type[Exception]) -> None:
    """The number decides, and for the shared number a word of the message; whatever the HTTP status."""
    desk.answers["POST /product/202502/products/search"] = [Refusal(code, message)]
    desk.answers["GET /api/v2/token/refresh"] = [PAIR]
    with pytest.raises(error) as refused:
        desk.api.find("X")
    assert type(refused.value).__name__ in {error.__name__, "ExpiredTokenError", "NotAppliedError"}


def test_a_test_shops_hour_is_waited_out_by_all(desk: Counter) -> None:
    """The quota opens again with the next hour, not sooner."""
    desk.clock.now_at = NOW + timedelta(minutes=48)
    desk.store.save(desk.store.load().model_copy(update={"expires_at": NOW + timedelta(days=1)}))
    desk.answers["POST /product/202502/products/search"] = [Refusal(36009037, "hourly quota", 429)]
    with pytest.raises(QuotaExhaustedError) as refused:
        desk.api.find("X")
    assert refused.value.retry_after_s == 12 * 60


# ---- listings ------------------------------------------------------------------------------------------------------


def shelves(desk: Counter) -> None:
    """The reference data of sections 3.1 to 3.4."""
    desk.answers["GET /logistics/202309/warehouses"] = [
        {"warehouses": [
            {"id": "1", "name": "Kho trả", "effect_status": "ENABLED", "type": "RETURN_WAREHOUSE", "is_default": True},
            {"id": "7068517275539719942", "name": "Kho Dong Hy", "effect_status": "ENABLED",
             "type": "SALES_WAREHOUSE", "sub_type": "DOMESTIC_WAREHOUSE", "is_default": True,
             "address": {"region": "Vietnam", "distict": "Hóa Thượng"}},
        ]}
    ]  # fmt: skip
    desk.answers["GET /product/202309/categories"] = [
        {"categories": [
            {"id": "700437", "parent_id": "914568", "local_name": "Trà", "is_leaf": True,
             "permission_statuses": ["AVAILABLE"]},
            {"id": "700438", "parent_id": "914568", "local_name": "Trà thảo mộc", "is_leaf": True,
             "permission_statuses": ["AVAILABLE"]},
            {"id": "914568", "parent_id": "0", "local_name": "Thực phẩm & Đồ uống", "is_leaf": False,
             "permission_statuses": ["AVAILABLE"]},
            {"id": "700439", "parent_id": "914568", "local_name": "Mật ong", "is_leaf": True,
             "permission_statuses": ["INVITE_ONLY"]},
        ]}
    ]  # fmt: skip
    for category in ("700437", "700999"):
        desk.answers[f"GET /product/202309/categories/{category}/attributes"] = [
            {"attributes": [
                {"id": "100347", "name": "Xuất xứ", "type": "PRODUCT_PROPERTY", "is_requried": True,
                 "is_customizable": True, "is_multiple_selection": False, "value_data_format": "",
                 "values": [{"id": "1000056", "name": "Vietnam"}]},
                {"id": "100900", "name": "Hạn sử dụng", "type": "PRODUCT_PROPERTY", "is_requried": False,
                 "is_customizable": True,
                 "requirement_conditions": [{"condition_type": "VALUE_ID_MATCH", "attribute_id": "100347",
                                             "attribute_value_id": "1000057"}]},
                {"id": "100000", "name": "Khối lượng", "type": "SALES_PROPERTY", "is_requried": False,
                 "is_customizable": True},
            ]}
        ]  # fmt: skip
        desk.answers[f"GET /product/202309/categories/{category}/rules"] = [
            {"product_certifications": [{"id": "1", "name": "ATTP", "is_required": False}],
             "cod": {"is_supported": True}, "package_dimension": {"is_required": False},
             "size_chart": {"is_supported": False, "is_required": False}}
        ]  # fmt: skip
    desk.answers["GET /product/202309/brands"] = [
        {"brands": [{"id": "7082427311584347905", "name": "HTX Trà Tân Cương", "authorized_status": "AUTHORIZED",
                     "is_t1_brand": False, "brand_status": "ONLINE"}], "total_count": 1, "next_page_token": ""}
    ]  # fmt: skip
    desk.answers["POST /product/202309/images/upload"] = [
        {"uri": "tos-alisg-i-xxxx/abc123", "url": "https://p16/abc123", "width": 1200, "height": 1200,
         "use_case": "MAIN_IMAGE"}
    ]  # fmt: skip
    desk.answers["POST /product/202309/products"] = [
        {"product_id": PRODUCT, "skus": [{"id": SKU, "seller_sku": "TRA-TANCUONG-200G"}], "warnings": []}
    ]


def test_a_create_is_written_as_documented(desk: Counter) -> None:
    """Category, attribute, rule, brand, picture and warehouse as TikTok names them; the product's id is what to ask about."""
    shelves(desk)
    pushed = desk.api.push_new(tea())
    assert (pushed.external_id, pushed.variant_id, pushed.tracking_id) == (PRODUCT, SKU, PRODUCT)
    sent = desk.last("POST /product/202309/products").json
    assert len(sent.pop("idempotency_key")) == 36
    assert sent == {
        "save_mode": "LISTING",
        "category_version": "v2",
        "category_id": "700437",
        "title": "Trà Tân Cương Thái Nguyên hộp 200g",
        "description": "<p>Chè nõn tôm vùng Tân Cương.</p><p>Khối lượng 200g &amp; thơm &lt;lâu&gt;</p>",
        "main_images": [{"uri": "tos-alisg-i-xxxx/abc123"}],
        "brand_id": "7082427311584347905",
        "product_attributes": [{"id": "100347", "values": [{"id": "1000056"}]}],
        "package_weight": {"value": "0.35", "unit": "KILOGRAM"},
        "is_cod_allowed": True,
        "skus": [
            {
                "seller_sku": "TRA-TANCUONG-200G",
                "price": {"amount": "185000", "currency": "VND"},
                "inventory": [{"warehouse_id": "7068517275539719942", "quantity": 120}],
            }
        ],
    }
    upload = desk.last("POST /product/202309/images/upload")
    assert "shop_cipher" not in upload.query
    assert desk.last("GET /product/202309/brands").query["is_authorized"] == "true"
    assert desk.last("GET /product/202309/categories").query["category_version"] == "v2"


def test_a_new_product_without_stock_waits(desk: Counter) -> None:
    """It costs no request and is nobody's mistake; an old one may be set to nothing."""
    with pytest.raises(TransientError, match="khi còn hàng"):
        desk.api.push_new(tea(stock=0))
    assert desk.asked == []


def test_a_second_create_costs_one_call(desk: Counter) -> None:
    """What was read or uploaded for the first is known."""
    shelves(desk)
    desk.api.push_new(tea())
    before = len(desk.asked)
    desk.api.push_new(tea(sku="TRA-2"))
    assert desk.calls()[before:] == ["POST /product/202309/products"]


def test_a_short_title_names_the_maker_and_the_country(desk: Counter) -> None:
    """TikTok wants 25 characters; known facts are added, as many as needed, and nothing is cut."""
    shelves(desk)
    desk.api.push_new(tea(title="Trà nõn"))
    assert desk.last("POST /product/202309/products").json["title"] == "Trà nõn - HTX Trà Tân Cương"
    desk.api.push_new(tea(title="Trà nõn", brand="HTX A"))
    assert desk.last("POST /product/202309/products").json["title"] == "Trà nõn - HTX A - Việt Nam"


def test_a_category_chosen_by_the_office_is_used_with_its_answers(desk: Counter) -> None:
    """Neither the tree nor a fact of ours is asked; an answer no list holds goes as our own text."""
    shelves(desk)
    desk.api.push_new(tea(category_id="700999", attributes=(("Hạn sử dụng", "12 tháng"),)))
    sent = desk.last("POST /product/202309/products").json
    assert sent["category_id"] == "700999"
    assert sent["product_attributes"] == [
        {"id": "100347", "values": [{"id": "1000056"}]},
        {"id": "100900", "values": [{"name": "12 tháng"}]},
    ]
    assert "GET /product/202309/categories" not in desk.calls()


def test_an_unanswered_attribute_is_named_before_any_create(desk: Counter) -> None:
    """Required by itself or by what another attribute says; the office is told which."""
    shelves(desk)
    attributes = desk.answers["GET /product/202309/categories/700437/attributes"][0]["attributes"]
    attributes[1]["requirement_conditions"][0]["attribute_value_id"] = "1000056"
    with pytest.raises(RejectedError, match="Hạn sử dụng") as refused:
        desk.api.push_new(tea())
    assert refused.value.missing == ("Hạn sử dụng",)
    assert "POST /product/202309/products" not in desk.calls()


@pytest.mark.parametrize("words", ["attribute 100900 is required", "Thuộc tính [Hạn sử dụng] là bắt buộc"])
def test_an_attribute_refused_as_missing_is_asked_for_by_name(desk: Counter, words: str) -> None:
    """TikTok had not marked it; whether it names it by id or by name, the office is asked for the name."""
    shelves(desk)
    desk.answers["POST /product/202309/products"] = [Refusal(12052104, words)]
    with pytest.raises(RejectedError, match="điền thuộc tính") as refused:
        desk.api.push_new(tea())
    assert refused.value.missing == ("Hạn sử dụng",)


def test_a_category_nobody_may_use_is_refused_with_what_to_do(desk: Counter) -> None:
    """An invitation-only leaf has to be applied for; where no name fits, the office chooses."""
    shelves(desk)
    with pytest.raises(RejectedError, match="«Mật ong»; hãy xin quyền"):
        desk.api.push_new(tea(sub_group="food/honey_other"))
    with pytest.raises(RejectedError, match="ocop catalog map"):
        desk.api.push_new(tea(sub_group="food/coffee_cocoa"))


def test_a_paper_the_category_demands_is_named_before_any_create(desk: Counter) -> None:
    """A listing of ours carries no files."""
    shelves(desk)
    rules = desk.answers["GET /product/202309/categories/700437/rules"][0]
    rules["product_certifications"][0]["is_required"] = True
    with pytest.raises(RejectedError, match="ATTP"):
        desk.api.push_new(tea())


def test_a_refused_create_says_what_to_do(desk: Counter) -> None:
    """TikTok's own words, and ours after them."""
    shelves(desk)
    desk.answers["POST /product/202309/products"] = [Refusal(12052931, "title format is invalid")]
    with pytest.raises(RejectedError, match=r"title format is invalid – sửa tên sản phẩm") as refused:
        desk.api.push_new(tea())
    assert refused.value.code == "12052931"


def test_a_full_shop_is_no_listings_fault(desk: Counter) -> None:
    """The day's listings are used up: certainly not created, tried again later, and only once now."""
    shelves(desk)
    desk.answers["POST /product/202309/products"] = [Refusal(12052093, "listing limit reached")]
    with pytest.raises(ShopQuotaError):
        desk.api.push_new(tea())
    assert desk.calls().count("POST /product/202309/products") == 1


def test_an_update_sends_content_and_leaves_price_and_stock(desk: Counter) -> None:
    """A partial edit without SKUs; reviewed, so there is something to ask about."""
    shelves(desk)
    call = f"POST /product/202509/products/{PRODUCT}/partial_edit"
    desk.answers[call] = [{"product_id": PRODUCT, "skus": [{"id": SKU}], "audit": {"status": "AUDITING"}}]
    assert desk.api.update(REF, tea()).tracking_id == PRODUCT
    assert desk.last(call).json.keys() == {
        "save_mode", "category_version", "title", "description", "main_images", "brand_id", "product_attributes",
        "package_weight", "is_cod_allowed",
    }  # fmt: skip


def test_another_category_is_a_full_edit_that_keeps_the_sku(desk: Counter) -> None:
    """Only the edit that overwrites everything can move a product; a SKU left out would be deleted."""
    shelves(desk)
    desk.answers[f"GET /product/202309/products/{PRODUCT}"] = [
        {"id": PRODUCT, "status": "ACTIVATE", "category_chains": [
            {"id": "914568", "is_leaf": False}, {"id": "700437", "is_leaf": True}]}
    ]  # fmt: skip
    put = f"PUT /product/202509/products/{PRODUCT}"
    desk.answers[put] = [{"product_id": PRODUCT}]
    desk.api.update(REF, tea(category_id="700999"))
    sent = desk.last(put).json
    assert sent["category_id"] == "700999"
    assert sent["skus"] == [{"id": SKU, "seller_sku": "TRA-TANCUONG-200G"}]


def test_a_price_and_a_stock_are_set_by_sku(desk: Counter) -> None:
    """Whole đồng as text; the only warehouse need not be named."""
    prices, stocks = (f"POST /product/202309/products/{PRODUCT}/{what}/update" for what in ("prices", "inventory"))
    desk.answers[prices], desk.answers[stocks] = [None], [{"errors": []}]
    assert desk.api.set_prices([PriceChange(ref=REF, price_vnd=179_000)])[0].ok
    assert desk.api.set_stocks([StockChange(ref=REF, stock=0)])[0].ok
    assert desk.last(prices).json == {"skus": [{"id": SKU, "price": {"amount": "179000", "currency": "VND"}}]}
    assert desk.last(stocks).json == {"skus": [{"id": SKU, "inventory": [{"quantity": 0}]}]}


def test_a_failure_inside_a_success_reaches_its_row(desk: Counter) -> None:
    """The inner code and words are the ones that say why."""
    desk.answers[f"POST /product/202309/products/{PRODUCT}/inventory/update"] = [
        {"errors": [{"code": 12052990, "message": "check failed", "detail": {"sku_id": SKU, "extra_errors": [
            {"warehouse_id": "1", "code": 12052393, "message": "stock locked by promotion"}]}}]}
    ]  # fmt: skip
    (row,) = desk.api.set_stocks([StockChange(ref=REF, stock=5)])
    assert (row.ok, row.code) == (False, "12052393")
    assert row.reason.startswith("check failed; stock locked by promotion – sản phẩm đang trong chương trình")


def test_withdrawing_goes_by_twenties_and_names_the_failed_one(desk: Counter) -> None:
    """Forty-one listings are three calls; the row that failed is the one TikTok names."""
    refs = [ListingRef(sku=f"S{n}", external_id=str(n)) for n in range(41)]
    failed = {"code": 12052032, "message": "product not found", "detail": {"product_id": "25"}}
    desk.answers["POST /product/202309/products/deactivate"] = [{}, {"errors": [failed]}, {}]
    rows = desk.api.withdraw(refs)
    assert [row.sku for row in rows if not row.ok] == ["S25"]
    assert [len(one.json["product_ids"]) for one in desk.asked if "deactivate" in one.call] == [20, 20, 1]


def test_a_failed_row_nobody_asked_about_is_loud(desk: Counter) -> None:
    """It would otherwise count as a success of the wrong product."""
    desk.answers["POST /product/202309/products/activate"] = [{"errors": [{"code": 12052032, "message": "x"}]}]
    with pytest.raises(UnexpectedAnswerError):
        desk.api.restore([REF])


def product(**changes: Any) -> dict[str, Any]:
    """The search's example."""
    return {
        "id": PRODUCT, "title": "Trà Tân Cương…", "status": "ACTIVATE", "create_time": 1795420000,
        "update_time": 1795420900, "sales_regions": ["VN"], "has_draft": False, "is_not_for_sale": False,
        "audit": {"status": "APPROVED", "pre_approved_reasons": []},
        "skus": [{"id": SKU, "seller_sku": "TRA-TANCUONG-200G",
                  "price": {"currency": "VND", "tax_exclusive_price": "185000.00"},
                  "inventory": [{"warehouse_id": "1", "quantity": 100}, {"warehouse_id": "2", "quantity": 20}],
                  "status_info": {"status": "NORMAL"}}],
        **changes,
    }  # fmt: skip


SEARCH = "POST /product/202502/products/search"


def test_a_listing_is_found_by_its_sku_in_whatever_state(desk: Counter) -> None:
    """Price and stock as TikTok shows them; another SKU and a deleted product are not it."""
    desk.answers[SEARCH] = [{"total_count": 2, "products": [product(id="1", status="DELETED"), product()]}]
    found = desk.api.find("TRA-TANCUONG-200G")
    assert found is not None
    assert found.model_dump(exclude_none=True) == {
        "sku": "TRA-TANCUONG-200G", "external_id": PRODUCT, "variant_id": SKU, "state": ListingState.LIVE,
        "raw_state": "ACTIVATE/APPROVED", "title": "Trà Tân Cương…", "price_vnd": 185_000, "stock": 120,
        "url": f"https://shop.tiktok.com/view/product/{PRODUCT}",
    }  # fmt: skip
    assert desk.last(SEARCH).json == {"status": "ALL", "seller_skus": ["TRA-TANCUONG-200G"]}
    assert desk.last(SEARCH).query["page_size"] == "100"
    assert desk.api.find("TRA-TANCUONG-200") is None


def test_a_failed_review_says_why_in_tiktoks_words(desk: Counter) -> None:
    """A listing refused, and an edit refused while the old words stay on sale, both keep position, reason and suggestion."""
    refused_edit = product(audit={"status": "FAILED"})
    desk.answers[SEARCH] = [{"products": [refused_edit, product(id="2", status="FAILED", audit={"status": "FAILED"})]}]
    for product_id in (PRODUCT, "2"):
        desk.answers[f"GET /product/202309/products/{product_id}"] = [
            {"id": product_id, "status": "FAILED", "audit_failed_reasons": [
                {"position": "Hình ảnh", "reasons": ["Ảnh mờ"], "suggestions": ["Dùng ảnh rõ hơn"]}]}
        ]  # fmt: skip
    assert [one.state for one in desk.api.pull_listings()] == [ListingState.LIVE, ListingState.REJECTED]
    tracked = desk.api.track(PRODUCT)
    assert (tracked.state, tracked.reason) == (ListingState.REJECTED, "Hình ảnh: Ảnh mờ; Dùng ảnh rõ hơn")
    with pytest.raises(NotFoundError):
        desk.api.track("3")


def test_tracking_many_reads_the_pages_once(desk: Counter) -> None:
    """A minute later, or after something was sent, they are read again."""
    desk.answers[SEARCH] = [{"products": [product(audit={"status": "AUDITING"})]}]
    assert [desk.api.track(PRODUCT).state for _ in range(3)] == [ListingState.PENDING] * 3
    assert desk.calls().count(SEARCH) == 1
    desk.clock.now_at = NOW + timedelta(minutes=1)
    desk.api.track(PRODUCT)
    assert desk.calls().count(SEARCH) == 2


def test_pages_end_with_an_empty_token_and_never_go_round(desk: Counter) -> None:
    """The next page is asked for in the address, with the same filters; a token that comes again is loud."""
    desk.answers[SEARCH] = [
        {"products": [product()], "next_page_token": "t1=="},
        {"products": [product(id="2")], "next_page_token": ""},
    ]
    assert [one.external_id for one in desk.api.pull_listings()] == [PRODUCT, "2"]
    asked = [(one.json["status"], one.query.get("page_token")) for one in desk.asked if one.call == SEARCH]
    assert asked == [("ALL", None), ("ALL", "t1=="), ("DELETED", None)]
    desk.answers[SEARCH] = [{"products": [product()], "next_page_token": "t1"}]
    with pytest.raises(UnexpectedAnswerError, match="second time"):
        list(desk.api.pull_listings())


def test_more_products_than_may_be_listed_are_halved_by_time(desk: Counter) -> None:
    """Ten thousand hits are refused; the two halves of the time give them all."""
    desk.answers[SEARCH] = [
        Refusal(12052180, "more than 10000"), {"products": [product()]}, {"products": [product(id="2")]},
    ]  # fmt: skip
    assert [one.external_id for one in desk.api.pull_listings()] == [PRODUCT, "2"]
    _, first, second, _ = (one.json for one in desk.asked if one.call == SEARCH)
    assert first["update_time_le"] + 1 == second["update_time_ge"]


def test_a_product_made_by_hand_is_told_sku_by_sku(desk: Counter) -> None:
    """Otherwise a SKU that is on sale already would be created again."""
    skus = [*product()["skus"], {"id": "13", "seller_sku": "TRA-500G"}]
    desk.answers[SEARCH] = [{"products": [product(skus=skus), product(id="2", status="DRAFT", skus=[])]}]
    assert [(one.sku, one.external_id, one.price_vnd, one.state) for one in desk.api.pull_listings()] == [
        ("TRA-TANCUONG-200G", PRODUCT, 185_000, ListingState.LIVE), ("TRA-500G", PRODUCT, None, ListingState.LIVE),
        (None, "2", None, ListingState.HIDDEN),
    ]  # fmt: skip


def test_what_was_deleted_is_told_unless_its_sku_is_there_again(desk: Counter) -> None:
    """So that it is created anew, and what was created anew is not taken for gone."""
    gone = product(id="1", status="DELETED")
    other = product(id="2", status="DELETED", skus=[{"id": "13", "seller_sku": "TRA-500G"}])
    desk.answers[SEARCH] = [{"products": [product()]}, {"products": [gone, other]}]
    assert [(one.sku, one.external_id, one.state) for one in desk.api.pull_listings()] == [
        ("TRA-TANCUONG-200G", PRODUCT, ListingState.LIVE), ("TRA-500G", "2", ListingState.DELETED),
    ]  # fmt: skip
    assert desk.last(SEARCH).json == {"status": "DELETED", "update_time_ge": 1795420800 - 30 * 86400}


def test_milliseconds_for_seconds_are_loud(desk: Counter) -> None:
    """No time is guessed."""
    desk.answers[ORDERS] = [{"orders": [order(create_time=1795000000000)]}]
    desk.answers[RETURNS] = [{}]
    with pytest.raises(UnexpectedAnswerError, match="no time"):
        list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))


@pytest.mark.parametrize("status", ["UNKNOWN", "SOMETHING_NEW"])
def test_a_status_we_do_not_know_is_loud(desk: Counter, status: str) -> None:
    """No default bucket."""
    desk.answers[SEARCH] = [{"products": [product(status=status)]}]
    with pytest.raises(UnexpectedAnswerError):
        list(desk.api.pull_listings())


# ---- orders --------------------------------------------------------------------------------------------------------

ORDERS = "POST /order/202309/orders/search"
RETURNS = "POST /return_refund/202602/returns/search"


def unit(unit_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": unit_id, "product_id": PRODUCT, "sku_id": SKU, "seller_sku": "TRA-TANCUONG-200G",
        "product_name": "Trà Tân Cương…", "sku_name": "200g", "original_price": "185000", "sale_price": "160000",
        "seller_discount": "10000", "platform_discount": "15000", "currency": "VND", "display_status": "COMPLETED",
        "package_status": "COMPLETED", "package_id": "1152921500000000001", "is_gift": False, **changes,
    }  # fmt: skip


def order(**changes: Any) -> dict[str, Any]:
    """The reference's example."""
    return {
        "id": "580000000000000001", "status": "COMPLETED", "create_time": 1795000000, "paid_time": 1795000100,
        "update_time": 1795400000, "rts_time": 1795050000, "is_cod": True, "fulfillment_type": "FULFILLMENT_BY_SELLER",
        "shipping_type": "TIKTOK", "delivery_option_name": "Standard Shipping",
        "payment_method_name": "Cash on delivery", "warehouse_id": "7068517275539719942",
        "user_id": "7021436810468230477", "buyer_message": "gọi 0912345678", "seller_note": "", "tracking_number": "VN1",
        "payment": {"currency": "VND", "original_total_product_price": "370000", "seller_discount": "20000",
                    "platform_discount": "30000", "sub_total": "320000", "total_amount": "320000"},
        "recipient_address": {"name": "Nguyễn Văn A", "phone_number": "(+84)0912345678", "full_address": "xóm 3",
                              "region_code": "VN", "postal_code": "", "district_info": [
                                  {"address_level": "L0", "address_level_name": "Country", "address_name": "Vietnam",
                                   "iso_code": "VN"},
                                  {"address_level": "L1", "address_level_name": "Province",
                                   "address_name": "Thái Nguyên"}]},
        "packages": [{"id": "1152921500000000001"}],
        "line_items": [unit("577000000000000001"), unit("577000000000000002")],
        **changes,
    }  # fmt: skip


def returned(*unit_ids: str, **changes: Any) -> dict[str, Any]:
    return {
        "return_id": "4035000000000000001", "order_id": "580000000000000001", "return_type": "RETURN_AND_REFUND",
        "return_status": "RETURN_OR_REFUND_REQUEST_COMPLETE", "role": "BUYER", "return_reason_text": "Tôi tên A",
        "create_time": 1795405000, "update_time": 1795410000,
        "return_line_items": [{"return_line_item_id": "1", "order_line_item_id": one, "sku_id": SKU}
                              for one in unit_ids], **changes,
    }  # fmt: skip


def test_units_fold_into_lines_and_nobody_is_kept(desk: Counter) -> None:
    """Two rows are one line of two pieces at what the seller gets for each; no name, phone or message stays."""
    desk.answers[ORDERS], desk.answers[RETURNS] = [{"orders": [order()]}], [{}]
    first, last = desk.api.pull_orders(NOW - timedelta(days=1), NOW)
    assert (first.cursor, last.cursor, last.orders) == (NOW - timedelta(days=1), NOW, ())
    (one,) = first.orders
    assert (one.state, one.raw_state, one.province) == (OrderState.COMPLETED, "COMPLETED", "Thái Nguyên")
    assert one.paid_at == datetime.fromtimestamp(1795000100, UTC)
    (line,) = one.lines
    assert line.model_dump() == {
        "external_id": "577000000000000001", "sku": "TRA-TANCUONG-200G", "item_external_id": PRODUCT,
        "variant_external_id": SKU, "name": "Trà Tân Cương…", "quantity": 2, "cancelled_quantity": 0,
        "returned_quantity": 0, "unit_price_vnd": 175_000, "list_price_vnd": 185_000,
    }  # fmt: skip
    assert [(money.code, money.amount_vnd, money.stage) for money in one.money] == [
        ("sale_price", 320_000, MoneyStage.PLACED), ("platform_discount", 30_000, MoneyStage.PLACED),
    ]  # fmt: skip
    for word in ("Nguyễn Văn A", "0912345678", "xóm 3", "7021436810468230477", "buyer_message"):
        assert word not in one.model_dump_json()
    asked = desk.last(ORDERS)
    assert asked.query["sort_field"] == "update_time"
    assert asked.json == {"update_time_ge": 1795420800 - 86400, "update_time_lt": 1795420801}


def test_a_discount_that_does_not_divide_leaves_one_line(desk: Counter) -> None:
    """TikTok's own discount differs by a đồng from piece to piece; what the seller gets does not, and the money stays exact."""
    units = [unit("2", sale_price="160001", platform_discount="14999"), unit("1")]
    desk.answers[ORDERS], desk.answers[RETURNS] = [{"orders": [order(line_items=units)]}], [{}]
    (one,) = next(iter(desk.api.pull_orders(NOW - timedelta(days=1), NOW))).orders
    assert [(line.external_id, line.quantity, line.unit_price_vnd) for line in one.lines] == [("1", 2, 175_000)]
    assert [money.amount_vnd for money in one.money] == [320_001, 29_999]


def test_cancelled_and_returned_units_are_counted_apart(desk: Counter) -> None:
    """One of three is cancelled, one came back, one stays sold; a return still argued about counts for nothing."""
    units = [unit("1"), unit("2", display_status="CANCELLED"), unit("3")]
    desk.answers[ORDERS] = [{"orders": [order(line_items=units)]}]
    argued = returned("1", return_id="9", return_status="RETURN_OR_REFUND_REQUEST_PENDING")
    desk.answers[RETURNS] = [{"return_orders": [returned("3"), argued]}]
    (one,) = next(iter(desk.api.pull_orders(NOW - timedelta(days=1), NOW))).orders
    (line,) = one.lines
    assert (line.quantity, line.cancelled_quantity, line.returned_quantity) == (3, 1, 1)
    assert one.state is OrderState.COMPLETED
    assert one.updated_at == datetime.fromtimestamp(1795410000, UTC)
    assert "Tôi tên A" not in one.raw


def test_a_wholly_returned_order_is_returned(desk: Counter) -> None:
    """TikTok leaves its status; a partial refund would not count."""
    both = ("577000000000000001", "577000000000000002")
    desk.answers[ORDERS] = [{"orders": [order()]}]
    desk.answers[RETURNS] = [{"return_orders": [returned(*both)]}]
    (one,) = next(iter(desk.api.pull_orders(NOW - timedelta(days=1), NOW))).orders
    assert one.state is OrderState.RETURNED
    partial = {"currency": "VND", "amount": "50000"}
    desk.answers[RETURNS] = [{"return_orders": [returned(*both, return_type="REFUND", partial_refund=partial)]}]
    (one,) = next(iter(desk.api.pull_orders(NOW - timedelta(days=1), NOW))).orders
    assert (one.state, one.lines[0].returned_quantity) == (OrderState.COMPLETED, 0)


def test_a_return_that_left_its_order_untouched_brings_the_order_back(desk: Counter) -> None:
    """The order is outside the window, its return inside: it is read by its id."""
    desk.answers[ORDERS] = [{}]
    desk.answers[RETURNS] = [{"return_orders": [returned("577000000000000001")]}]
    desk.answers["GET /order/202507/orders"] = [{"orders": [order()]}]
    _, last = desk.api.pull_orders(NOW - timedelta(hours=6), NOW)
    assert last.orders[0].lines[0].returned_quantity == 1
    assert desk.last("GET /order/202507/orders").query["ids"] == "580000000000000001"


def test_orders_are_read_by_their_ids(desk: Counter) -> None:
    """Fifty a call, each once; one TikTok does not know is left out."""
    desk.answers["GET /order/202507/orders"] = [{"orders": [order()]}, {}]
    desk.answers[RETURNS] = [{}]
    asked = ["580000000000000001", *(str(n) for n in range(50)), "580000000000000001"]
    assert [one.external_id for one in desk.api.read_orders(asked)] == ["580000000000000001"]
    assert [len(one.query["ids"].split(",")) for one in desk.asked if "202507" in one.call] == [50, 1]


def test_orders_not_sent_yet_cost_no_question_about_returns(desk: Counter) -> None:
    """Only the returns of the window are asked for."""
    waiting = [unit("1", display_status="AWAITING_SHIPMENT")]
    desk.answers[ORDERS] = [{"orders": [order(status="AWAITING_SHIPMENT", line_items=waiting)]}]
    desk.answers[RETURNS] = [{}]
    list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))
    assert desk.calls().count(RETURNS) == 1
    assert desk.last(RETURNS).json == {"update_time_ge": 1795420800 - 86400, "update_time_lt": 1795420801}


def test_a_full_page_moves_the_windows_start(desk: Counter) -> None:
    """So an order that changes meanwhile pushes none past us; within one second the token turns the page."""
    desk.answers[ORDERS] = [
        {"orders": [order(id="1", update_time=1795400000)], "next_page_token": "a"},
        {"orders": [order(id="2", update_time=1795400000)], "next_page_token": "b"},
        {"orders": [order(id="3", update_time=1795400005)], "next_page_token": ""},
    ]
    desk.answers[RETURNS] = [{}]
    found = list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))
    assert [one.external_id for page in found for one in page.orders] == ["1", "2", "3"]
    asked = [(one.json["update_time_ge"], one.query.get("page_token")) for one in desk.asked if one.call == ORDERS]
    assert asked == [(1795420800 - 86400, None), (1795400000, None), (1795400000, "b")]
    assert [page.cursor.timestamp() for page in found] == [1795400000, 1795400000, 1795400000, 1795420800]


def test_a_status_of_an_order_we_do_not_know_is_loud(desk: Counter) -> None:
    """Of the order, of a unit, or of a return."""
    for changes in ({"status": "LOST"}, {"line_items": [unit("1", display_status="LOST")]}):
        desk.answers[ORDERS], desk.answers[RETURNS] = [{"orders": [order(**changes)]}], [{}]
        with pytest.raises(UnexpectedAnswerError):
            list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))
    desk.answers[ORDERS] = [{"orders": [order()]}]
    desk.answers[RETURNS] = [{"return_orders": [returned("1", return_status="LOST")]}]
    with pytest.raises(UnexpectedAnswerError):
        list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))


@pytest.mark.parametrize("price", ["160000.5", 160000, "NaN", "x", "1E999999999"])
def test_a_price_that_is_no_whole_dong_is_an_error(desk: Counter, price: object) -> None:
    """VND has no minor unit; money comes as text."""
    desk.answers[ORDERS] = [{"orders": [order(line_items=[unit("1", sale_price=price)])]}]
    with pytest.raises(UnexpectedAnswerError, match="sale_price"):
        list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))


# ---- money ---------------------------------------------------------------------------------------------------------

STATEMENTS = "GET /finance/202309/statements"
TRANSACTIONS = "GET /finance/202501/statements/7400000000000000001/statement_transactions"
STORY = "GET /finance/202501/orders/580000000000000001/statement_transactions"
UNSETTLED = "GET /finance/202507/orders/unsettled"


def statement(**changes: Any) -> dict[str, Any]:
    return {
        "id": "7400000000000000001", "statement_time": 1795392000, "currency": "VND", "settlement_amount": "291850",
        "revenue_amount": "350000", "fee_amount": "-58150", "adjustment_amount": "0", "payment_status": "PAID",
        "payment_id": "3", "payment_time": 1795410000, **changes,
    }  # fmt: skip


def transaction(**changes: Any) -> dict[str, Any]:
    """The reference's example."""
    return {
        "id": "3458764513820540001", "type": "ORDER", "order_id": "580000000000000001",
        "order_create_time": 1795000000, "settlement_amount": "291850", "revenue_amount": "350000",
        "revenue_breakdown": {"subtotal_before_discount_amount": "370000", "seller_discount_amount": "-20000",
                              "refund_subtotal_before_discount_amount": "0", "seller_discount_refund_amount": "0"},
        "shipping_cost_amount": "0",
        "shipping_cost_breakdown": {"actual_shipping_fee_amount": "-25000", "shipping_fee_discount_amount": "25000",
                                    "customer_paid_shipping_fee_amount": "0", "return_shipping_fee_amount": "0",
                                    "supplementary_component": {"platform_shipping_fee_discount_amount": "25000"}},
        "fee_tax_amount": "-58150",
        "fee_tax_breakdown": {"fee": {"platform_commission_amount": "-28000", "transaction_fee_amount": "-17500",
                                      "vn_fix_infrastructure_fee": "-3000", "affiliate_commission_amount": "-4400",
                                      "affiliate_commission_amount_before_pit": "-4400",
                                      "voucher_xtra_service_fee_amount": "0", "sfp_service_fee_amount": "0"},
                              "tax": {"local_vat_amount": "-3500", "pit_amount": "-1750", "vat_amount": "0"}},
        "supplementary_component": {"customer_payment_amount": "320000", "customer_refund_amount": "0",
                                    "platform_discount_amount": "30000"},
        **changes,
    }  # fmt: skip


WINDOW = (NOW - timedelta(days=2), NOW)


def test_a_statement_names_every_amount_with_its_sign(desk: Counter) -> None:
    """Withheld taxes are lines of their own, the affiliate's commission counts once, and the lines are TikTok's own total."""
    desk.answers[STATEMENTS], desk.answers[TRANSACTIONS] = (
        [{"statements": [statement()]}],
        [{"id": "7400000000000000001", "total_count": 1, "transactions": [transaction()]}],
    )
    assert list(desk.api.pull_settled(*WINDOW)) == ["580000000000000001"]
    (income,) = desk.api.pull_income(["580000000000000001"])
    assert {line.code: line.amount_vnd for line in income.lines} == {
        "subtotal_before_discount_amount": 370_000, "seller_discount_amount": -20_000,
        "actual_shipping_fee_amount": -25_000, "shipping_fee_discount_amount": 25_000,
        "platform_commission_amount": -28_000, "transaction_fee_amount": -17_500, "vn_fix_infrastructure_fee": -3_000,
        "affiliate_commission_amount": -4_400, "local_vat_amount": -3_500, "pit_amount": -1_750,
    }  # fmt: skip
    assert {(line.stage, line.statement) for line in income.lines} == {(MoneyStage.SETTLED, "7400000000000000001")}
    assert income.payout_vnd == sum(line.amount_vnd for line in income.lines) == 291_850
    assert income.settled_at == datetime.fromtimestamp(1795392000, UTC)
    assert desk.last(STATEMENTS).query["sort_field"] == "statement_time"
    assert desk.last(TRANSACTIONS).query["sort_field"] == "order_create_time"
    assert len(desk.asked) == 3  # the shop's cipher, the statements, one page of a hundred transactions


def test_a_statement_is_told_in_its_own_words(desk: Counter) -> None:
    """Its total, what each order comes to, and what belongs to no order."""
    ads = {"id": "2", "type": "GMV_PAYMENT_FOR_ADS", "adjustment_id": "5", "adjustment_amount": "-50000",
           "settlement_amount": "-50000"}  # fmt: skip
    desk.answers[STATEMENTS] = [{"statements": [statement(settlement_amount="241850")]}]
    desk.answers[TRANSACTIONS] = [{"transactions": [transaction(), ads]}]
    (told,) = desk.api.pull_statements(*WINDOW)
    assert (told.external_id, told.total_vnd, told.payout_vnd) == ("7400000000000000001", 241_850, None)
    assert (told.raw_state, told.paid_at) == ("PAID", datetime.fromtimestamp(1795410000, UTC))
    assert [(line.order_external_id, line.code, line.amount_vnd) for line in told.lines] == [
        ("580000000000000001", "ORDER", 291_850), ("", "GMV_PAYMENT_FOR_ADS", -50_000),
    ]  # fmt: skip


def test_an_adjustment_of_an_order_is_a_line_of_it(desk: Counter) -> None:
    """Under the name of its kind; a reserve is held back, not earned."""
    back = {
        "id": "2",
        "type": "LOGISTICS_REIMBURSEMENT",
        "adjustment_id": "5",
        "adjustment_order_id": "580000000000000001",
        "adjustment_amount": "12000",
        "settlement_amount": "12000",
    }
    reserve = {"id": "3", "type": "RESERVE", "reserve_id": "6", "reserve_amount": "-1000"}  # fmt: skip
    desk.answers[STATEMENTS] = [{"statements": [statement()]}]
    desk.answers[TRANSACTIONS] = [{"transactions": [transaction(), back, reserve]}]
    list(desk.api.pull_settled(*WINDOW))
    (income,) = desk.api.pull_income(["580000000000000001"])
    assert [line.amount_vnd for line in income.lines if line.code == "LOGISTICS_REIMBURSEMENT"] == [12_000]
    assert income.payout_vnd == 303_850


def test_a_fee_named_twice_stays_two_lines(desk: Counter) -> None:
    """It must not look like one fee; TikTok's own totals are added, not ours."""
    again = transaction(id="2", settlement_amount="-28000", revenue_amount="0", revenue_breakdown={},
                        shipping_cost_breakdown={}, fee_tax_amount="-28000",
                        fee_tax_breakdown={"fee": {"platform_commission_amount": "-28000"}})  # fmt: skip
    desk.answers[STATEMENTS] = [{"statements": [statement()]}]
    desk.answers[TRANSACTIONS] = [{"transactions": [transaction(), again]}]
    list(desk.api.pull_settled(*WINDOW))
    (income,) = desk.api.pull_income(["580000000000000001"])
    assert [line.amount_vnd for line in income.lines if line.code == "platform_commission_amount"] == [-28_000, -28_000]
    assert income.payout_vnd == 263_850


def test_an_amount_of_an_unknown_name_counts_only_when_it_is_missing(
    desk: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    """Fee names grow: one that closes the part's total is a line, one beside a closed total explains; both are warned of."""
    closing = {"fee": {"platform_commission_amount": "-28000", "moon_fee": "-1000"}}
    beside = {"fee": {"platform_commission_amount": "-29000", "moon_fee_before_tax": "-900"}}
    desk.answers[STATEMENTS] = [{"statements": [statement()]}]
    desk.answers[TRANSACTIONS] = [
        {"transactions": [
            transaction(fee_tax_amount="-29000", fee_tax_breakdown=closing, settlement_amount="321000"),
            transaction(id="2", order_id="2", fee_tax_amount="-29000", fee_tax_breakdown=beside,
                        settlement_amount="321000"),
        ]}
    ]  # fmt: skip
    incomes = list(desk.api.pull_income(desk.api.pull_settled(*WINDOW)))
    assert [sum(line.amount_vnd for line in income.lines) for income in incomes] == [321_000, 321_000]
    assert [[line.code for line in income.lines if "moon" in line.code] for income in incomes] == [["moon_fee"], []]
    assert [record.code for record in caplog.records] == ["moon_fee", "moon_fee_before_tax"]


def test_a_later_correction_asks_for_the_whole_story(desk: Counter) -> None:
    """The statement at hand names only a refund; what was paid before belongs to the order's money too."""
    refund = transaction(settlement_amount="-150000", revenue_amount="-150000",
                         revenue_breakdown={"refund_subtotal_before_discount_amount": "-150000"},
                         shipping_cost_breakdown={}, fee_tax_amount="0", fee_tax_breakdown={})  # fmt: skip
    desk.answers[STATEMENTS] = [{"statements": [statement()]}]
    desk.answers[TRANSACTIONS] = [{"transactions": [refund]}]
    skus = [
        {"sku_id": SKU, "sku_name": "200g", "product_name": "Trà", "quantity": "2", "statement_id": "1",
         "settlement_amount": "350000", "revenue_breakdown": {"subtotal_before_discount_amount": "350000"}},
        {"sku_id": SKU, "quantity": "1", "statement_id": "7400000000000000001", "settlement_amount": "-150000",
         "revenue_breakdown": {"refund_subtotal_before_discount_amount": "-150000"}},
    ]  # fmt: skip
    desk.answers[STORY] = [{"order_id": "580000000000000001", "settlement_amount": "200000", "currency": "VND",
                            "revenue_amount": "200000", "fee_and_tax_amount": "0", "sku_transactions": skus}]  # fmt: skip
    list(desk.api.pull_settled(*WINDOW))
    (income,) = desk.api.pull_income(["580000000000000001"])
    assert [(line.statement, line.amount_vnd) for line in income.lines] == [
        ("1", 350_000), ("7400000000000000001", -150_000),
    ]  # fmt: skip
    assert income.payout_vnd == 200_000


def test_what_is_not_settled_is_an_estimate(desk: Counter) -> None:
    """Stage processing, no statement; one sweep answers all who ask within five minutes."""
    estimate = {
        "type": "ORDER", "id": "1", "status": "UNSETTLED", "order_id": "580000000000000001",
        "est_settlement_amount": "320000", "est_revenue_amount": "350000", "est_fee_tax_amount": "-30000",
        "est_shipping_cost_amount": "0", "revenue_breakdown": {"subtotal_before_discount_amount": "350000"},
        "fee_tax_breakdown": {"fee": {"platform_commission_amount": "-28000",
                                      "affiliate_commission_before_pit_amount": "-100"},
                              "tax": {"local_vat_amount": "-2000"}},
    }  # fmt: skip
    desk.answers[UNSETTLED] = [{"transactions": [estimate]}]
    for _ in range(2):
        (income,) = desk.api.pull_income(["580000000000000001"])
    assert (income.payout_vnd, income.settled_at) == (320_000, None)
    assert {(line.stage, line.statement) for line in income.lines} == {(MoneyStage.PROCESSING, "")}
    assert sum(line.amount_vnd for line in income.lines) == 320_000
    assert desk.calls().count(UNSETTLED) == 1


def test_an_order_without_any_amount_is_left_out(desk: Counter) -> None:
    """Neither settled nor estimated: nothing is known, which is not 0."""
    desk.answers[UNSETTLED] = [{}]
    desk.answers[STORY] = [{"order_id": "580000000000000001"}]
    assert list(desk.api.pull_income(["580000000000000001"])) == []


# ---- figures -------------------------------------------------------------------------------------------------------

PERFORMANCE = "GET /analytics/202605/shop_products/performance"


def test_years_of_sales_are_added_to_the_last_day_there_is(desk: Counter) -> None:
    """No range is over a year or reaches beyond the figures; a product that is nowhere among them is left out, not 0."""
    figures = {"latest_available_date": "2026-11-21", "total_count": 1, "next_page_token": "", "products": [
        {"id": PRODUCT, "total_performance": {"gmv": {"amount": "12580000", "currency": "VND"}, "orders": 61,
                                              "sku_orders": 64, "items_sold": 68, "refunded_items": 2}}]}  # fmt: skip
    desk.answers[PERFORMANCE] = [figures, figures, figures | {"products": []}]
    other = ListingRef(sku="B", external_id="2")
    (item,) = desk.api.pull_metrics([REF, other])
    assert item.sold_total is not None
    assert (item.external_id, item.sold_total.lo, item.sold_total.hi, item.rating_average) == (PRODUCT, 68, 68, None)
    asked = [(one.query["start_date_ge"], one.query["end_date_lt"]) for one in desk.asked if one.call == PERFORMANCE]
    assert asked == [
        ("2026-11-09", "2026-11-10"), ("2022-04-01", "2023-04-01"), ("2023-04-01", "2024-03-31"),
        ("2024-03-31", "2025-03-31"), ("2025-03-31", "2026-03-31"), ("2026-03-31", "2026-11-22"),
    ]  # fmt: skip


def test_reviews_cost_no_request(desk: Counter) -> None:
    """There is no such endpoint."""
    with pytest.raises(UnsupportedError):
        desk.api.pull_reviews(REF)
    assert desk.asked == []
