"""The domain, pure: what OCOP products are, what may be said and sold, and how the office writes it down."""
