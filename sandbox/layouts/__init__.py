"""The page layouts of shop systems: WooCommerce, Haravan, Sapo, Shopify, Odoo, and a theme that states nothing.

One module a system with a LAYOUT; markup follows pages of those systems (listing_pages.md section 8, read 2026-11-24). Every product's
page shows other products beside it, in the same classes, as real themes do.
"""

from sandbox.layouts import bare, haravan, odoo, sapo, shopify, woocommerce
from sandbox.layouts.layout import Layout

LAYOUTS: dict[str, Layout] = {
    "woocommerce": woocommerce.LAYOUT,
    "haravan": haravan.LAYOUT,
    "sapo": sapo.LAYOUT,
    "shopify": shopify.LAYOUT,
    "odoo": odoo.LAYOUT,
    "bare": bare.LAYOUT,
}
