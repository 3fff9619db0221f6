"""The `ocop` command: the product's front door.

Kept light on purpose: a crawl's child process imports the program's main module again, and must not load every command.
"""


def main() -> None:
    """Run the command that was typed."""
    from commands.tree import app  # noqa: PLC0415 - see above

    app()


if __name__ == "__main__":
    main()
