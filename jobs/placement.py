"""What a marketplace wants of a listing beyond the register: its category, the office's answers, and words it forbids."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalog.claims import TextRule
from catalog.eligibility import Blocker, text_blockers
from catalog.listing import Listing as IntendedListing
from catalog.product import Product as RegisteredProduct
from connectors import marketplaces
from models import AttributeAnswer, CategoryChoice, Listing, Product, Shop, Variant
from models.bulk import insert_ignore

Answers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Placement:
    """One marketplace's, read once a run. Keys are sub-groups."""

    marketplace: str
    forbidden: frozenset[TextRule]
    categories: Mapping[str, str]
    answers: Mapping[str, Answers]
    unanswered: Mapping[str, Sequence[str]]

    def blockers(self, product: RegisteredProduct, *, is_there: bool) -> tuple[Blocker, ...]:
        """`is_there`: what is on sale already needs no new answers, and is not taken down for want of one."""
        asked = () if is_there else self.unanswered.get(product.sub_group, ())
        questions = (self._question(product.sub_group, attribute) for attribute in asked)
        return (*text_blockers(product, self.forbidden), *questions)

    def placed(self, listing: IntendedListing) -> IntendedListing:
        """The listing with the office's category and answers. Unchanged where the office has said nothing."""
        category_id, answers = self.categories.get(listing.sub_group), self.answers.get(listing.sub_group, ())
        if category_id is None and not answers:
            return listing
        return listing.model_copy(update={"category_id": category_id, "attributes": answers})

    def _question(self, sub_group: str, attribute: str) -> Blocker:
        command = f'`ocop catalog map set {self.marketplace} {sub_group} --attribute "{attribute}=…"`'
        return Blocker(
            code=f"attribute_{attribute}",
            sentence_vi=f"Sàn bắt buộc thuộc tính «{attribute}» cho phân nhóm {sub_group}: khai bằng {command}.",
            sentence_en=f"The marketplace requires {attribute!r} for {sub_group}: answer it with {command}.",
        )


def placement_on(session: Session, marketplace: str) -> Placement:
    """What holds for every listing of that marketplace now. Two SELECTs."""
    choices = session.execute(
        select(CategoryChoice.sub_group, CategoryChoice.category_id).where(CategoryChoice.marketplace == marketplace)
    )
    answers: dict[str, Answers] = defaultdict(tuple)
    unanswered: dict[str, list[str]] = defaultdict(list)
    said = (AttributeAnswer.sub_group, AttributeAnswer.attribute, AttributeAnswer.value)
    asked = select(*said).where(AttributeAnswer.marketplace == marketplace).order_by(AttributeAnswer.attribute)
    for sub_group, attribute, value in session.execute(asked):
        if value is None:
            unanswered[sub_group].append(attribute)
        else:
            answers[sub_group] += ((attribute, value),)
    forbidden = marketplaces()[marketplace].forbids_in_text
    return Placement(marketplace, forbidden, dict(choices.all()), dict(answers), dict(unanswered))


def learn(session: Session, shop: Shop, sub_group: str, missing: Sequence[str]) -> None:
    """Remember attributes a listing was refused for want of, so that they are asked for before the next try. Safe to repeat."""
    if missing:
        rows = [(shop.marketplace, sub_group, attribute, None) for attribute in dict.fromkeys(missing)]
        insert_ignore(session, AttributeAnswer, rows, ("marketplace", "sub_group", "attribute", "value"))
        compose_anew(session, shop.marketplace, sub_group)


def compose_anew(session: Session, marketplace: str, sub_group: str) -> None:
    """The intentions of that sub-group's listings no longer hold: the next plan or push composes them again."""
    packs = select(Variant.id).join(Product, Variant.product_id == Product.id).where(Product.sub_group == sub_group)
    shops = select(Shop.id).where(Shop.marketplace == marketplace)
    session.execute(
        update(Listing)
        .where(Listing.shop_id.in_(shops), Listing.variant_id.in_(packs))
        .values(intended_revision=0)
        .execution_options(synchronize_session=False)
    )
