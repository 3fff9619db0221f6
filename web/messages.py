"""Where marketplaces push messages to: an address an app, or one a shop where the app has one for each."""

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

from jobs.app import App
from jobs.messages import receive

MOST_BYTES = 256 * 1024  # the largest documented message is a few hundred bytes
TOO_LARGE = 413


def add_messages(site: FastAPI, app: App) -> None:
    """A message is stored before it is answered, and nothing slower than that happens before the answer."""

    @site.post("/messages/{marketplace}")
    async def of_an_app(request: Request, marketplace: str) -> Response:
        return await _receive(app, request, marketplace, None)

    @site.post("/messages/{marketplace}/{shop}")
    async def of_a_shop(request: Request, marketplace: str, shop: str) -> Response:
        return await _receive(app, request, marketplace, shop)


async def _receive(app: App, request: Request, marketplace: str, shop: str | None) -> Response:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return Response(status_code=TOO_LARGE)
    headers = {name.lower(): value for name, value in request.headers.items()}
    status = await run_in_threadpool(receive, app, marketplace, shop, headers, body, str(request.url))
    return Response(status_code=status)
