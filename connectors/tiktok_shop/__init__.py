from connectors.tiktok_shop.connector import TiktokShopConnector

CONNECTOR = TiktokShopConnector
