"""Bodies as large as any is read, made to cost as much as they can: two seconds and 200 MB are the most, the whole process counted."""

import multiprocessing
import re
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from spiders.page import MAX_BODY_BYTES, PageState
from spiders.reading import read

SHOP, LIST = "https://htx.example/che", "https://htx.example/collections/all"
CARD = "<div class='product-item'><h3><a href='/x'>a</a></h3><p class='price'>1.000₫</p></div>"
SCOPE = "<div itemscope itemtype='http://schema.org/Product'><p itemprop=price>1.000</p></div>"
BLOCK = '<script type="application/ld+json">{"@type":"Product","name":"x","offers":{"price":1}}</script>'
LAZADA = '<div data-qa-locator="product-item" data-item-id="1"><a title="x">x</a><b>₫1.000</b></div>'
STATE = '<script id="__NEXT_DATA__">{"x":[%s0]}</script>'
BODIES = {
    "prices": ("generic", SHOP, "<h1>x</h1><div class='price'>1.000₫</div>"),
    "cards": ("generic", LIST, CARD),
    "long cards": ("generic", LIST, CARD + "che " * 200),
    "scopes": ("generic", SHOP, SCOPE + "che " * 50),
    "blocks": ("generic", SHOP, BLOCK),
    "openings": ("generic", SHOP, "<"),
    "titles": ("generic", SHOP, "<title>404"),
    "price places": ("generic", SHOP, "<div><h1>x</h1></div><div class='price'><h3>x</h3>1.000₫</div>"),
    "words": ("generic", SHOP, "không tìm thấy "),
    "lazada's cards": ("lazada", "https://www.lazada.vn/catalog/?q=a", LAZADA + "che " * 50),
    "objects": ("tiki", "https://tiki.vn/api/v2/a", "{},"),
    "words in JSON": ("sendo", "https://www.sendo.vn/tim-kiem", '"ab",'),
    "rows": ("shopee", "https://shopee.vn/search", '{"itemid":1,"shopid":2,"name":"x","price":100000000},'),
    "objects in a state": ("tiki", "https://tiki.vn/a/c1", "{},"),
    "numbers in a state": ("tiki", "https://tiki.vn/a/c1", "0,"),
    "lists in a state": ("tiki", "https://tiki.vn/a/c1", "[1],"),
}


def body(name: str) -> bytes:
    """The piece, as often as it fits into the largest body that is read."""
    _, _, piece = BODIES[name]
    many = piece * ((MAX_BODY_BYTES - 100) // len(piece.encode()))
    if name.endswith("in a state"):
        return (STATE % many).encode()
    return f"[{many}0]".encode() if piece.endswith(",") else f"<html>{many}".encode()


def weigh(name: str, pipe: Connection) -> None:
    """Reads in a process of its own, and tells the state, the seconds of work and the most memory it ever had."""
    site, url, _ = BODIES[name]
    large = body(name)
    read(site, url, b"")
    started_s = time.process_time()
    state = read(site, url, large).state
    pipe.send((state, time.process_time() - started_s, most_memory_mb()))


def most_memory_mb() -> int:
    """Of this program alone: what getrusage tells begins with the most that the process had before it became this program."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024


@pytest.mark.slow
@pytest.mark.parametrize("name", BODIES)
def test_heaviest_bodies_are_states_in_time_and_memory(name: str) -> None:
    """Whatever eight megabytes are made of."""
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=weigh, args=(name, theirs))
    child.start()
    assert ours.poll(60)
    state, work_s, most_mb = ours.recv()
    child.join()
    assert state in {PageState.BAD_DATA, PageState.LAYOUT_CHANGED, PageState.OK}
    assert work_s < 2
    assert most_mb < 200
