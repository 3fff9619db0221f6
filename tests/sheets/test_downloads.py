"""Every sheet the pretend seller centres offer is known by its contents, whatever it is called, and the same world writes it the same."""

from pathlib import Path

import pytest

from connectors.sheets.recognise import recognise
from connectors.sheets.workbook import Workbook
from jobs.export.sheet import fill_sheet
from sandbox.sandbox import START
from sandbox.sheets.downloads import DOWNLOADS
from tests.jobs.office import Office

DAYS = START.date(), START.date()


@pytest.mark.parametrize("kind", DOWNLOADS)
def test_a_download_is_known_by_its_contents(office: Office, tmp_path: Path, kind: str) -> None:
    """The kind that is told is the kind that was asked for; the name says nothing."""
    shop = str(office.world.credentials(DOWNLOADS[kind].market)["shop_id"])
    first = DOWNLOADS[kind].write(office.world, shop, DAYS, tmp_path)
    once = first.read_bytes()
    assert DOWNLOADS[kind].write(office.world, shop, DAYS, tmp_path).read_bytes() == once
    renamed = first.rename(tmp_path / "tai-ve.dat")
    assert recognise(Workbook(renamed)).layout.kind == kind


def test_every_downloads_rows_agree_once_everything_is_pushed(office: Office, tmp_path: Path) -> None:
    """The API and the sheets speak of the same goods: after a push no sheet has a cell left to fill."""
    for market in ("shopee", "lazada", "tiktok_shop"):
        office.do("push_listings", market)
    for kind, download in DOWNLOADS.items():
        shop = office.app.shop(f"{download.market}-demo")
        path = download.write(office.world, shop.external_id, DAYS, tmp_path)
        done = fill_sheet(office.app, shop.name, path)
        assert (kind, done.file, done.changed, done.added) == (kind, None, [], [])
