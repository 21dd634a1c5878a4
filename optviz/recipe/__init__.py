"""The recipe inside a picture: read from a file, drawn again, and compared with the file."""

from optviz.recipe._command import command
from optviz.recipe._picture_recipe import PictureRecipe, carriers, check, read, redraw
from optviz.recipe._toml import table, tables
from optviz.recipe._verify import Verdict, pictures, verify

__all__ = [
    "PictureRecipe", "Verdict", "carriers", "check", "command", "pictures", "read", "redraw",
    "table", "tables", "verify",
]  # fmt: skip
