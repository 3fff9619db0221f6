"""Plain text for marketplaces that read descriptions as HTML."""

import html


def to_html(text: str) -> str:
    """Its lines as paragraphs, its own angle brackets kept as text: the subset that all of them take."""
    lines = (html.escape(line.strip(), quote=False) for line in text.splitlines())
    return "".join(f"<p>{line}</p>" for line in lines if line)
