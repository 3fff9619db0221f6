from connectors.lazada.connector import LazadaConnector

CONNECTOR = LazadaConnector
