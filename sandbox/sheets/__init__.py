"""Upload sheets as sellers download them, written from the world in their marketplace's layout, and taken in again once filled."""
