"""Vietnamese text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.text import clean, clean_lines, code_points, collation_key, nfc, search_key

HOSTILE = "Chè\u202e ngon\u200b\x00 <b>rẻ</b>\ufeff\n\t quá\u2066"


def test_clean_removes_only_what_cannot_be_seen() -> None:
    """Bidi overrides, zero-width and control characters go; markup stays as literal text; white space collapses."""
    assert clean(HOSTILE) == "Chè ngon <b>rẻ</b> quá"


def test_clean_lines_keeps_lines() -> None:
    """Any kind of line end becomes a line feed; blank lines do not pile up."""
    assert clean_lines("một\r\nhai\u2028ba\n\n\n\n  bốn \u200f\n") == "một\nhai\nba\n\nbốn"


@pytest.mark.parametrize(("one", "other"), [("hòa", "hoà"), ("thúy", "thuý"), ("ĐẶC SẢN", "dac san"), ("Ðồng", "đồng")])
def test_search_key_unites_spellings(one: str, other: str) -> None:
    """Tone placement, diacritics, đ and case do not hide a name from a search."""
    assert search_key(one) == search_key(other)


def test_composed_and_decomposed_are_one_name() -> None:
    """A Mac and a Windows machine type the same name in two ways; it is stored in one."""
    decomposed = unicodedata.normalize("NFD", "Trà tôm nõn")
    assert (nfc(decomposed), code_points(decomposed)) == ("Trà tôm nõn", 11)


def test_dictionary_order() -> None:
    """đ after d, ă and â after a, tones after letters, small before capital."""
    words = ["đa", "da", "dz", "lá", "la", "là", "lạ", "La", "ăn", "an", "ân", "lả", "lã", "9 sao", ""]
    ordered = ["", "9 sao", "an", "ăn", "ân", "da", "dz", "đa", "la", "La", "là", "lả", "lã", "lá", "lạ"]
    assert sorted(words, key=collation_key) == ordered


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """Stored text is already clean: every function gives its own result back."""
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)
    assert search_key(search_key(text)) == search_key(text)


@given(st.text())
def test_clean_text_is_harmless(text: str) -> None:
    """One line, composed, and no character a file format or a screen trips over."""
    result = clean(text)
    assert unicodedata.is_normalized("NFC", result)
    assert not {unicodedata.category(char) for char in result} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(), st.text())
def test_any_two_texts_can_be_ordered(one: str, other: str) -> None:
    """No text, however strange, breaks a sorted list."""
    assert (collation_key(one) <= collation_key(other)) or (collation_key(other) <= collation_key(one))
