"""English. Every phrase of a picture and of its description has a line here."""

PHRASES: dict[str, str | tuple[str, str]] = {
    "start": "start",
    "minimum": "minimum",
    "saddle": "saddle",
    "steps": ("{count} step", "{count} steps"),
}
