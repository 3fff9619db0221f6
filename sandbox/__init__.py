"""A pretend world for everyone who has no shop at hand: marketplaces, buyers, orders and faults on loopback HTTP."""
