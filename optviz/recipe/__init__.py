"""The recipe inside a picture: found in a file, drawn from again, held against the file."""

from optviz.recipe._command import command
from optviz.recipe._found import Found, carriers, drawn, found, willing
from optviz.recipe._toml import table, tables
from optviz.recipe._verify import Verdict, pictures, verified

__all__ = [
    "Found", "Verdict", "carriers", "command", "drawn", "found", "pictures", "table",
    "tables", "verified", "willing",
]  # fmt: skip
