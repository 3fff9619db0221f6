from connectors.tiki.connector import TikiConnector

CONNECTOR = TikiConnector
