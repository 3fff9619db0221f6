"""Uploading and migrating pictures (Lazada Open Platform reference, image pages, read 2026-11-24)."""

from typing import Any

from sandbox.lazada import documents
from sandbox.lazada.call import Answer, Call, Route
from sandbox.lazada.media import Batch
from sandbox.lazada.refusal import business

MOST_URLS = 8


def upload(call: Call) -> Answer:
    content = call.cargo.files.get("image")
    if content is None:
        raise business(302, "Unsupported image: send it as a stream named image", field="image")
    return Answer({"image": call.backstage.pictures.keep(content).as_json()})


def migrate(call: Call) -> Answer:
    node = documents.request(call.text("payload")).get("Image")
    url = documents.text(node, "Url") if isinstance(node, dict) else None
    if url is None:
        raise business(1, "Parameter Url is mandatory", field="Url")
    return Answer({"image": call.backstage.pictures.migrate(url).as_json()})


def migrate_all(call: Call) -> Answer:
    node = documents.request(call.text("payload")).get("Images")
    urls = node.get("Url", []) if isinstance(node, dict) else []
    if not isinstance(urls, list) or not 1 <= len(urls) <= MOST_URLS:
        raise business(1, f"Images must hold 1 to {MOST_URLS} addresses", field="Images")
    return Answer(top={"batch_id": call.backstage.pictures.migrate_all([str(url) for url in urls])})


def migrated(call: Call) -> Answer:
    batch = call.backstage.pictures.batches.get(call.text("batch_id"))
    if batch is None:
        raise business(301, "Unknown batch_id", field="batch_id")
    return Answer(_batch(batch))


def _batch(batch: Batch) -> dict[str, Any]:
    errors = [{"original_url": url, "field": "Url", "msg": reason} for url, reason in batch.failed]
    return {"images": [picture.as_json() for picture in batch.done], "errors": errors}


ROUTES = {
    "/image/upload": Route("POST", upload, writes=True),
    "/image/migrate": Route("POST", migrate, writes=True),
    "/images/migrate": Route("POST", migrate_all, writes=True),
    "/image/response/get": Route("GET", migrated),
}
