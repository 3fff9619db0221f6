"""Public figures of our own listings (v2 reference 3.14, 3.15). Reviewers' names are not read."""

from pydantic import AliasChoices, Field

from connectors.endpoint import Answer, Payload, Rows
from connectors.shopee.payloads.kinds import Id, Seconds


class ExtraInfo(Answer):
    ignores = frozenset({"views", "likes"})  # views cover the last 30 days only

    item_id: Id
    sale: int  # pieces, cumulative
    rating_star: float
    comment_count: int


class ExtraInfos(Answer):
    item_list: list[ExtraInfo]


class CommentQuery(Payload):
    item_id: int
    cursor: str
    page_size: int


class Media(Answer):
    ignores = frozenset({"video_url_list"})

    image_url_list: Rows[str]


class CommentReply(Answer):
    ignores = frozenset({"hidden", "create_time"})

    reply: str


class Comment(Answer):
    ignores = frozenset({
        "order_sn", "item_id", "model_id", "model_id_list", "buyer_username", "editable", "hidden", "cmt_reply",
    })  # fmt: skip

    comment_id: Id
    rating_star: int
    comment: str
    create_time: Seconds
    media: Media | None = None
    # The table of the reference names the first, its sample the second.
    comment_reply: CommentReply | None = Field(
        default=None, validation_alias=AliasChoices("comment_reply", "cmt_reply")
    )


class CommentPage(Answer):
    more: bool
    next_cursor: str = ""
    item_comment_list: list[Comment]
