"""One output: where it goes, and in which format."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Output:
    """A path, or `-`, and the format to write to it; `picture` tells drawn from data.

    The picture that `--show` shows has the path "".
    """

    path: str
    format: str
    picture: bool

    @property
    def many(self) -> bool:
        """Whether it is a file for each frame."""
        from optviz import render

        return self.picture and render.registry[self.format].many

    @property
    def moves(self) -> bool:
        """Whether it is a film."""
        from optviz import render

        return self.picture and render.registry[self.format].moves

    @property
    def binary(self) -> bool:
        """Whether the format is no text."""
        if self.picture:
            return True
        from optviz import records

        return self.format in records.registry.names and records.registry[self.format].binary
