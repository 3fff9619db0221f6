"""The dated reference rows."""

from datetime import date, timedelta

import pytest

from catalog.reference import (
    UnknownReferenceError,
    alcohol_limit,
    certifying_body,
    document_kind,
    groups,
    old_group,
    required_documents,
    sub_group,
    sub_groups,
    table,
)
from catalog.reference_rows import (
    CertifyingBody,
    Claim,
    Dated,
    DocumentKind,
    Group,
    OldGroup,
    OnlineLimit,
    Requirement,
    SubGroup,
)

TABLES: list[tuple[str, type[Dated], tuple[str, ...]]] = [
    ("groups", Group, ("slug",)),
    ("sub_groups", SubGroup, ("slug",)),
    ("certifying_bodies", CertifyingBody, ("stars",)),
    ("document_kinds", DocumentKind, ("slug",)),
    ("required_documents", Requirement, ("sub_group", "any_of")),
    ("online_limits", OnlineLimit, ("name",)),
]


def test_six_groups_and_twenty_six_criteria_sets(on: date) -> None:
    """Decisions 919 and 148: six groups, 26 criteria sets; essential oils and other herbs share one set."""
    assert len(groups(on)) == 6
    assert {row.criteria_set for row in sub_groups(on)} == set(range(1, 27))
    assert [row.slug for row in sub_groups(on) if row.criteria_set == 20] == [
        "medicinal_herb/essential_oil",
        "medicinal_herb/other",
    ]
    assert {row.group for row in sub_groups(on)} == {row.slug for row in groups(on)}


def test_tea_is_food(on: date) -> None:
    """Tea belongs to food, not to beverages."""
    assert sub_group("food/tea", on).group == "food"


@pytest.mark.parametrize(
    ("stars", "on", "body"),
    [
        (3, date(2019, 8, 20), None),
        (3, date(2021, 6, 1), "UBND tỉnh"),
        (3, date(2023, 2, 24), "UBND huyện"),
        (3, date(2025, 6, 30), "UBND huyện"),
        (3, date(2025, 7, 3), None),  # districts were gone, the new decision not yet signed
        (3, date(2025, 7, 6), "UBND tỉnh"),
        (4, date(2024, 1, 1), "UBND tỉnh"),
        (5, date(2025, 2, 28), "Bộ Nông nghiệp và Phát triển nông thôn"),
        (5, date(2025, 6, 26), "Bộ Nông nghiệp và Môi trường"),
        (2, date(2025, 6, 26), None),
    ],
)
def test_who_certifies(stars: int, on: date, body: str | None) -> None:
    """The signing body depends on the class and the day."""
    row = certifying_body(stars, on)
    assert (row.body_vi if row else None) == body


@pytest.mark.parametrize(("name", "model", "keys"), TABLES, ids=[name for name, *_ in TABLES])
def test_rows_never_overlap(name: str, model: type[Dated], keys: tuple[str, ...]) -> None:
    """On any day at most one row speaks for a key, each with its legal basis and its days in order."""
    rows = table(name, model)
    for row in rows:
        assert row.basis
        assert row.valid_to is None or row.valid_from <= row.valid_to
        key = [getattr(row, k) for k in keys]
        same = [other for other in rows if [getattr(other, k) for k in keys] == key]
        assert [other.holds(row.valid_from) for other in same].count(True) == 1


def test_rows_refer_to_rows_that_exist(on: date) -> None:
    """Required papers and claims name kinds and sub-groups of the other tables."""
    for requirement in table("required_documents", Requirement):
        assert sub_group(requirement.sub_group, on)
        assert all(document_kind(kind, on) for kind in requirement.any_of)
    for claim in table("claims", Claim):
        assert document_kind(claim.proof, on)
    slugs = {row.slug for row in sub_groups(on)} | {row.slug for row in groups(on)}
    assert {row.becomes for row in table("old_groups", OldGroup)} <= slugs


def test_required_papers_have_alternatives(on: date) -> None:
    """Packaged tea needs a declaration, and a certificate or a commitment of its facility."""
    assert [requirement.any_of for requirement in required_documents("food/tea", on)] == [
        ("food_self_declaration",),
        ("facility_food_safety", "facility_commitment"),
    ]
    assert required_documents("handicraft/textile", on) == ()


def test_old_group_names_are_understood() -> None:
    """Names of the 2018 programme lead to today's groups, whatever their case and diacritics."""
    found = old_group("VAI VA MAY MAC")
    assert found is not None
    assert found.becomes == "handicraft/textile"
    assert old_group("Thực phẩm sạch") is None


def test_unknown_is_loud(on: date) -> None:
    """A slug nobody defined, or a day before a rule, is an error that names it."""
    with pytest.raises(UnknownReferenceError, match="phân nhóm «food/soup» nào có hiệu lực ngày 24/11/2026"):
        sub_group("food/soup", on)
    with pytest.raises(UnknownReferenceError, match="loại giấy tờ «x»"):
        document_kind("x", on)
    assert alcohol_limit(on) == 15
    with pytest.raises(UnknownReferenceError, match="ngưỡng độ cồn"):
        alcohol_limit(date(2017, 11, 1) - timedelta(days=1))
