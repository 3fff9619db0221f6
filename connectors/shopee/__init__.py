from connectors.shopee.connector import ShopeeConnector

CONNECTOR = ShopeeConnector
