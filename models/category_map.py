"""The office's own data about marketplaces' shelves: which category a sub-group goes to, and what its listings must say there."""

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class CategoryChoice(Base):
    """Where a sub-group's listings go on one marketplace. Without a row the connector searches the tree itself."""

    __tablename__ = "category_choice"
    marketplace: Mapped[str] = mapped_column(primary_key=True)
    sub_group: Mapped[str] = mapped_column(primary_key=True)
    category_id: Mapped[str]  # the marketplace's own


class AttributeAnswer(Base):
    """An attribute by the marketplace's own name. `value` None: a listing was refused for want of it, and nobody answered yet."""

    __tablename__ = "attribute_answer"
    marketplace: Mapped[str] = mapped_column(primary_key=True)
    sub_group: Mapped[str] = mapped_column(primary_key=True)
    attribute: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str | None]
