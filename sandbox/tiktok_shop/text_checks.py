"""What create and edit refuse about a title and a description (Partner Center "Create Product", read 2026-11-23).

A title of fewer than 25 characters has no code of its own in the list, so it is told as a wrong format.
"""

import re
import unicodedata

from sandbox.tiktok_shop.attributes import CHINESE
from sandbox.tiktok_shop.media import Media
from sandbox.tiktok_shop.refusal import Refusal

SHORTEST_TITLE, LONGEST_TITLE = 25, 255
LONGEST_DESCRIPTION, MOST_IMAGES = 10_000, 30
ENTITY = re.compile(r"&(#\d+|[a-z]+);")
REPEATED = re.compile(r"(.)\1{9}")
TAG = re.compile(r"<\s*(/?)\s*([a-zA-Z0-9]+)([^<>]*)>")
TAGS = frozenset({"p", "img", "ul", "ol", "li", "br", "strong", "b", "i", "em", "u"})
SRC = re.compile(r'src\s*=\s*"([^"]*)"')
EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f]")


def title(text: str) -> None:
    if not text.strip():
        raise Refusal(12052261, "The product title is empty")
    if len(text) > LONGEST_TITLE:
        raise Refusal(12052051, f"The product title exceeds {LONGEST_TITLE} characters")
    if len(text) < SHORTEST_TITLE:
        raise Refusal(12052931, f"The product title must have at least {SHORTEST_TITLE} characters")
    if CHINESE.search(text):
        raise Refusal(12052262, "The product title holds Chinese characters")
    if _is_ill_formed(text) or ENTITY.search(text) or any(unicodedata.category(sign) in {"Cc", "Cf"} for sign in text):
        raise Refusal(12052931, "The format of the product title is invalid")


def description(media: Media, text: str) -> None:
    if not text.strip():
        raise Refusal(12052015, "The description is missing")
    if len(text) > LONGEST_DESCRIPTION:
        raise Refusal(12052013, f"The description exceeds {LONGEST_DESCRIPTION} characters")
    if _is_ill_formed(text):
        raise Refusal(12052932, "The format of the description is invalid")
    if re.search("[<>]", TAG.sub("", text)):
        raise Refusal(12052344, "The HTML of the description is malformed")
    tags = TAG.findall(text)
    if strange := next((name for _, name, _ in tags if name.lower() not in TAGS), None):
        raise Refusal(12052345, f"The description holds the unsupported tag <{strange}>")
    _images(media, [inside for closing, name, inside in tags if name.lower() == "img" and not closing])


def _images(media: Media, tags: list[str]) -> None:
    if len(tags) > MOST_IMAGES:
        raise Refusal(12052056, f"The description holds more than {MOST_IMAGES} images")
    for inside in tags:
        source = SRC.search(inside)
        if source is None or not media.is_hosted(source[1]):
            raise Refusal(12052340, "An image of the description is invalid")


def _is_ill_formed(text: str) -> bool:
    """Emoji, one sign ten times over, or nothing but signs."""
    return bool(EMOJI.search(text) or REPEATED.search(text)) or not any(sign.isalnum() for sign in text)
