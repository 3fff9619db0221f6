"""Where a consent given in a browser comes back to, when the marketplace wants a public address."""

from html import escape

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from jobs.app import App
from jobs.login import answer_in_browser
from web.security import SECURITY


def add_login(site: FastAPI, app: App) -> None:
    """Only the answer to a login that `ocop shop login` began is taken; its state says which."""

    @site.get("/login/callback", response_class=HTMLResponse)
    def callback(request: Request) -> HTMLResponse:
        status, sentence = answer_in_browser(app, dict(request.query_params))
        page = (
            f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>ocop</title><p>{escape(sentence)}</p></html>'
        )
        return HTMLResponse(page, status, SECURITY)
