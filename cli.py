"""The `ocop` command: the product's front door.

Kept light on purpose: a crawl's child process imports the program's main module again, and must not load every command.
"""

import gc


def main() -> None:
    """Run the command that was typed."""
    from commands.tree import app  # noqa: PLC0415 - see above

    gc.freeze()  # what was loaded lives as long as the process, and its forks: no collection need look through it again
    app()


if __name__ == "__main__":
    main()
