"""`ocop shop login` as a person runs it, with a marketplace played on this machine and its owner in a browser."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from sandbox.clock import WallClock
from sandbox.sandbox import Sandbox
from tests.cli.conftest import Ocop

KEYS = {"shopee": ("partner_id", "partner_key"), "tiki": ("client_id", "client_secret")}


@pytest.fixture
def world() -> Iterator[Sandbox]:
    with Sandbox(seed=3, clock=WallClock()) as sandbox:
        yield sandbox


def settings(world: Sandbox, market: str) -> dict[str, str]:
    """The app's keys and addresses as an office would put them into the environment."""
    credentials = world.credentials(market)
    said = {name: str(credentials[name]) for name in KEYS[market]} | {"base_url": world.base_url(market)}
    if market == "shopee":
        said["auth_base_url"] = world.base_url(market)
    return {f"OCOP_{market}__{name}".upper(): value for name, value in said.items()}


@pytest.mark.parametrize("market", sorted(KEYS))
def test_the_owner_agrees_and_the_shop_is_connected(ready: Ocop, world: Sandbox, tmp_path: Path, market: str) -> None:
    """The link is printed beside the answer, the redirect is caught on loopback, stdout is one document."""
    given = settings(world, market)
    shop_id = str(world.credentials(market)["shop_id"])
    assert ready("shop", "add", "thu", "--marketplace", market, "--shop-id", shop_id, **given).code == 0
    command = [sys.executable, "-m", "cli", "shop", "login", "thu", "--json"]
    command += ["--redirect", "http://127.0.0.1:0/callback", "--timeout-s", "30"]
    key = base64.b64encode(bytes(range(32))).decode()
    environment = (
        os.environ | given | {"OCOP_MASTER_KEYS": key, "OCOP_CONTACT": "t@ocop.example", "LANG": "vi_VN.UTF-8"}
    )
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as told:
        assert told.stderr is not None
        assert told.stdout is not None
        assert told.stderr.readline() == "Mở địa chỉ này và để chủ gian hàng đồng ý:\n"
        link = told.stderr.readline().strip()
        page = requests.get(link, timeout=10)
        if market == "tiki":  # its page asks; the button is a POST to the same address
            page = requests.post(link, timeout=10)
        assert "Đã nhận câu trả lời của sàn" in page.text
        said = told.stdout.read()
        assert told.wait(timeout=30) == 0
    assert f'"external_id": "{shop_id}"' in said
    assert [shop["state"] for shop in ready("shop", "list", "--json").answer["shops"]] == ["connected"]


def test_nobody_agrees(ready: Ocop, world: Sandbox) -> None:
    """After the time given the command ends with a sentence that says how to go on."""
    given = settings(world, "tiki")
    ready("shop", "add", "thu", "--marketplace", "tiki", "--shop-id", "1", **given)
    said = ready("shop", "login", "thu", "--redirect", "http://127.0.0.1:0/callback", "--timeout-s", "1", **given)
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[-1] == "Không ai trả lời trong 1 giây. Chạy lại, hoặc dán địa chỉ bằng --code."
