"""Columns of Lazada's seller-centre files (public descriptions and importers of 2026, read 2026-11-23; no real file was opened).

Orders have a row a piece and camelCase headings; transactions have a row a fee and piece. Vietnamese headings were found nowhere.
"""

from connectors.files.table import Column, Layout

ORDER_COLUMNS = (
    Column("order", ("orderNumber",)),
    Column("unit", ("orderItemId",)),
    Column("sku", ("sellerSku",)),
    Column("shop_sku", ("lazadaSku",)),
    Column("name", ("itemName",)),
    Column("placed_at", ("createTime",)),
    Column("updated_at", ("updateTime",)),
    Column("delivered_at", ("deliveredDate",), is_needed=False),
    Column("price", ("unitPrice",)),
    Column("paid", ("paidPrice",)),
    Column("discount", ("sellerDiscountTotal",)),
    Column("refund", ("refundAmount",)),
    Column("status", ("status",)),
    Column("province", ("shippingRegion",), is_needed=False),
)
ORDER_LEFT_OUT = frozenset(
    [
        "orderType",
        "Guarantee",
        "deliveryType",
        "lazadaId",
        "wareHouse",
        "rtsSla",
        "ttsSla",
        "invoiceRequired",
        "invoiceNumber",
        "customerName",
        "customerEmail",
        "nationalRegistrationNumber",
        "shippingName",
        "shippingAddress",
        "shippingAddress2",
        "shippingAddress3",
        "shippingAddress4",
        "shippingAddress5",
        "shippingPhone",
        "shippingPhone2",
        "shippingCity",
        "shippingPostCode",
        "shippingCountry",
        "billingName",
        "billingAddr",
        "billingAddr2",
        "billingAddr3",
        "billingAddr4",
        "billingAddr5",
        "billingPhone",
        "billingPhone2",
        "billingCity",
        "billingPostCode",
        "billingCountry",
        "taxCode",
        "branchNumber",
        "taxInvoiceRequested",
        "payMethod",
        "shippingFee",
        "walletCredit",
        "variation",
        "cdShippingProvider",
        "shippingProvider",
        "shipmentTypeName",
        "shippingProviderType",
        "cdTrackingCode",
        "trackingCode",
        "trackingUrl",
        "shippingProviderFM",
        "trackingCodeFM",
        "trackingUrlFM",
        "promisedShippingTime",
        "premium",
        "buyerFailedDeliveryReturnInitiator",
        "buyerFailedDeliveryReason",
        "buyerFailedDeliveryDetail",
        "buyerFailedDeliveryUserName",
        "bundleId",
        "bundleDiscount",
        "sellerNote",
    ]
)
ORDER_LAYOUT = Layout(ORDER_COLUMNS, ORDER_LEFT_OUT, (frozenset({"orderItemId", "orderNumber", "paidPrice"}),))

FINANCE_COLUMNS = (
    Column("date", ("Transaction Date",)),
    Column("fee", ("Fee Name",)),
    Column("amount", ("Amount",)),
    Column("withheld", ("WHT Amount",), is_needed=False),
    Column("withheld_inside", ("WHT included in Amount",), is_needed=False),
    Column("statement", ("Statement",)),
    Column("paid", ("Paid Status",)),
    Column("order", ("Order No.",)),
    Column("unit", ("Order Item No.",)),
)
FINANCE_LEFT_OUT = frozenset({
    "Transaction Type", "Transaction Number", "Details", "Seller SKU", "Lazada SKU", "VAT in Amount", "Order Item Status",
    "Shipping Provider", "Shipping Speed", "Shipment Type", "Reference", "Comment", "PaymentRefId", "Paid Quantity",
})  # fmt: skip
FINANCE_LAYOUT = Layout(
    FINANCE_COLUMNS, FINANCE_LEFT_OUT, (frozenset({"Fee Name", "Order Item No.", "VAT in Amount"}),)
)
# The API puts a number before these names; files do not. A name that is not here stays as it is written.
API_CODES = {
    "Item Price Credit": "13 Item Price Credit",
    "Commission": "3 Commission",
    "Payment Fee": "16 Payment Fee",
    "Shipping Fee (To Seller)": "8 Shipping Fee (To Seller)",
    "Automatic Shipping Fee": "145 Automatic Shipping Fee",
}
