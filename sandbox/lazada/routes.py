"""Every path of the API and who answers it."""

from sandbox.lazada import (
    auth_pages,
    editing,
    finance,
    making,
    orders,
    picture_pages,
    reading,
    returns,
    reviews,
    seller_pages,
    selling,
    shelving,
    taxonomy,
)
from sandbox.lazada.call import Route

ROUTES: dict[str, Route] = (
    auth_pages.ROUTES
    | seller_pages.ROUTES
    | taxonomy.ROUTES
    | picture_pages.ROUTES
    | making.ROUTES
    | editing.ROUTES
    | shelving.ROUTES
    | selling.ROUTES
    | reading.ROUTES
    | orders.ROUTES
    | returns.ROUTES
    | finance.ROUTES
    | reviews.ROUTES
)
