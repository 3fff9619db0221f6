"""What a marketplace can do."""

from enum import StrEnum


class Can(StrEnum):
    """What a marketplace's connector does. The README's feature table is printed from these."""

    LOGIN = "login"
    PUSH = "push"
    UPDATE = "update"
    SET_PRICE = "set_price"
    SET_STOCK = "set_stock"
    WITHDRAW = "withdraw"
    READ_BACK = "read_back"
    PULL_ORDERS = "pull_orders"
    PULL_INCOME = "pull_income"
    PULL_STATEMENTS = "pull_statements"
    PULL_METRICS = "pull_metrics"
    PULL_REVIEWS = "pull_reviews"
    READ_MESSAGES = "read_messages"
