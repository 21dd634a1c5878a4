"""English. Every phrase of a picture and of its description has a line here."""

PHRASES: dict[str, str | tuple[str, str]] = {
    "start": "start",
    "minimum": "minimum",
    "saddle": "saddle",
    "counter": "step {step}",
    "counter_with_value": "step {step}   f = {value}",
    "steps": ("{count} step", "{count} steps"),
}
