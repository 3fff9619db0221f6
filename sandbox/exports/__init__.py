"""The files sellers download, written from the world in their layouts: `EXPORTS` by kind."""

from sandbox.exports.export import EXPORTS, Export

__all__ = ["EXPORTS", "Export"]
