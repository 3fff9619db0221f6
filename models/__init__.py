"""The tables, one file an aggregate. Importing this room gives `Base.metadata` all of them."""

from models.base import Base, UtcDateTime
from models.category_map import AttributeAnswer, CategoryChoice
from models.evidence import CrawlTally, Evidence, EvidenceBody
from models.file_mapping import FileMapping, FileOriginal
from models.imports import FileEntry, FileHold, FileImport
from models.listing import Listing, ListingEvent, ListingWait, PushAttempt
from models.message import Message
from models.order import MoneyLine, OrderLine, SalesOrder
from models.price_floor import PriceFloor
from models.register import Certificate, Document, OfflineSale, Producer, Product, Variant
from models.rollup import AmountDay, MoneyDay, MoneyMonth, RollupDue, RollupState, UnclassedDay
from models.rollup_sales import BasketDay, BasketMonth, OddOrder, OrderDay, SaleDay, SaleMonth
from models.run import Cursor, JobRun, Lease, Problem
from models.shop import Credential, DataKey, ReferenceAnswer, Shop, ShopProducer, TokenLease
from models.statement import Statement, StatementLine
from models.watch import Observation, Review, SiteState, WatchedPage

__all__ = [
    "AmountDay",
    "AttributeAnswer",
    "Base",
    "BasketDay",
    "BasketMonth",
    "CategoryChoice",
    "Certificate",
    "CrawlTally",
    "Credential",
    "Cursor",
    "DataKey",
    "Document",
    "Evidence",
    "EvidenceBody",
    "FileEntry",
    "FileHold",
    "FileImport",
    "FileMapping",
    "FileOriginal",
    "JobRun",
    "Lease",
    "Listing",
    "ListingEvent",
    "ListingWait",
    "Message",
    "MoneyDay",
    "MoneyLine",
    "MoneyMonth",
    "Observation",
    "OddOrder",
    "OfflineSale",
    "OrderDay",
    "OrderLine",
    "PriceFloor",
    "Problem",
    "Producer",
    "Product",
    "PushAttempt",
    "ReferenceAnswer",
    "Review",
    "RollupDue",
    "RollupState",
    "SaleDay",
    "SaleMonth",
    "SalesOrder",
    "Shop",
    "ShopProducer",
    "SiteState",
    "Statement",
    "StatementLine",
    "TokenLease",
    "UnclassedDay",
    "UtcDateTime",
    "Variant",
    "WatchedPage",
]
