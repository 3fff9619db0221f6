"""The Scrapy side of a crawl. Nothing outside this folder imports Scrapy."""
