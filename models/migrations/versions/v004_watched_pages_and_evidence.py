"""Watched pages say who allowed them and how often they are read; what was read is kept as evidence; crawls are tallied."""

import sqlalchemy as sa
from alembic import op

revision = "004"
down_revision = "003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_WATCHED = ("allowed_at", "terms_checked_on", "every_days", "removed_at")
_SITE = ("stopped_for", "stopped_by", "stopped_at")


def upgrade() -> None:
    """Sites that were off were off for their refusals: nothing else switched them off before."""
    op.add_column("watched_page", sa.Column("allowed_at", _MOMENT, nullable=True))
    op.add_column("watched_page", sa.Column("terms_checked_on", sa.Date(), nullable=True))
    op.add_column("watched_page", sa.Column("every_days", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.add_column("watched_page", sa.Column("removed_at", _MOMENT, nullable=True))
    op.add_column("site_state", sa.Column("stopped_for", sa.String(), nullable=True))
    op.add_column("site_state", sa.Column("stopped_by", sa.String(), nullable=True))
    op.add_column("site_state", sa.Column("stopped_at", _MOMENT, nullable=True))
    op.execute("UPDATE site_state SET stopped_for = 'refused' WHERE is_disabled")
    _extend_reviews()
    _create_evidence()
    _create_tally()


def _extend_reviews() -> None:
    with op.batch_alter_table("review") as review:
        review.add_column(sa.Column("page_id", sa.Integer(), nullable=True))
        review.add_column(sa.Column("deleted_at", _MOMENT, nullable=True))
        review.create_foreign_key("fk_review_page_id_watched_page", "watched_page", ["page_id"], ["id"])
        review.create_index("ix_review_page_id", ["page_id"])


def _create_evidence() -> None:
    op.create_table(
        "evidence_body",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_evidence_body"),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=True),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["watched_page.id"], name="fk_evidence_page_id_watched_page"),
        sa.ForeignKeyConstraint(["run_id"], ["job_run.id"], name="fk_evidence_run_id_job_run"),
        sa.ForeignKeyConstraint(["digest"], ["evidence_body.digest"], name="fk_evidence_digest_evidence_body"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("page_id", "run_id", "url", name="uq_evidence_page_id_run_id_url"),
    )
    op.create_index("ix_evidence_seen_at", "evidence", ["seen_at"])
    op.create_index("ix_evidence_digest", "evidence", ["digest"])


def _create_tally() -> None:
    op.create_table(
        "crawl_tally",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("states", sa.String(), nullable=False),
        sa.Column("filled", sa.String(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("unpriced", sa.Integer(), nullable=False),
        sa.Column("review_pages", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("first_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.Column("fault", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["job_run.id"], name="fk_crawl_tally_run_id_job_run"),
        sa.PrimaryKeyConstraint("run_id", "site", name="pk_crawl_tally"),
    )


def downgrade() -> None:
    """Evidence and tallies are gone with their tables; readings and reviews stay."""
    op.drop_table("crawl_tally")
    op.drop_table("evidence")
    op.drop_table("evidence_body")
    with op.batch_alter_table("review") as review:
        review.drop_index("ix_review_page_id")
        review.drop_constraint("fk_review_page_id_watched_page", type_="foreignkey")
        review.drop_column("page_id")
        review.drop_column("deleted_at")
    for column in _SITE:
        op.drop_column("site_state", column)
    for column in _WATCHED:
        op.drop_column("watched_page", column)
