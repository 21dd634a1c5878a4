"""Numbers in several words on a command line: `--start -5 -2`, `--xlim -6 6`."""

from collections.abc import Iterator

from typer.core import TyperGroup

from optviz.text.options import is_ratio


def joined(arguments: list[str], group: TyperGroup) -> list[str]:
    """The arguments with commas between the numbers that follow an option that takes several.

    Such an option has a comma in the name of its value: `--xlim LOW,HIGH`.
    """
    command = group.commands.get(arguments[0]) if arguments else None
    options = (
        (p for p in command.params if "," in str(getattr(p, "metavar", ""))) if command else ()
    )
    return list(_joined(arguments, {flag for option in options for flag in option.opts}))


def _joined(arguments: list[str], flags: set[str]) -> Iterator[str]:
    at = 0
    while at < len(arguments):
        flag, sign, first = arguments[at].partition("=")
        at += 1
        if flag not in flags or arguments[at - 1] == "--":
            yield arguments[at - 1]
            continue
        numbers = [first] if sign and _is_number(first) else []
        start = at
        while (not sign or numbers) and at < len(arguments) and _is_number(arguments[at]):
            numbers.append(arguments[at])
            at += 1
        if len(numbers) < 2:
            yield from arguments[start - 1 : at]
        elif sign:
            yield f"{flag}={_commas(numbers)}"
        else:
            yield from (flag, _commas(numbers))


def _is_number(text: str) -> bool:
    return is_ratio(text.removesuffix(","))


def _commas(numbers: list[str]) -> str:
    return ",".join(number.removesuffix(",") for number in numbers)
