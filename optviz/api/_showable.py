"""The figure that a call gives back: drawn when it is saved, shown or annotated."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from os import fspath
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from optviz import files, notes, render
from optviz.api._shown import shown
from optviz.decimals import is_number
from optviz.errors import BadValue, NoEffect, Unfit, UnknownName
from optviz.files import dataframe
from optviz.render.format import AUTO
from optviz.scene import Look, Scene
from optviz.spec.drawing import Drawing
from optviz.spec.in_python import spoken
from optviz.text.options import changed
from optviz.walks.trajectory import Trajectory

if TYPE_CHECKING:
    from optviz.render import Axes, Canvas

_SHOWN = ("png", "svg")
_LARGE = 4000  # pixels of a side, above which that would be too many
_FRAMES = "frames"  # the format of many files
_SHARP = 2  # pixels of a picture in a notebook for each on the page


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure as data, drawn when it is saved, shown, or asked for its `figure` or `axes`.

    `content` is what it shows: trajectories, sweeps with `axes`, `values` and `diverged`, or the
    verdict of `inspect`. `shown` is how a notebook shows it, png (at twice the resolution) or svg.
    """

    drawing: Drawing
    ax: "Axes | None" = None
    shown: str = "png"

    @property
    def content(self) -> Any:
        """What the figure shows."""
        return self.drawing.content

    @property
    def runs(self) -> list[Trajectory]:
        """The trajectories that it shows, none of a sweep or a verdict."""
        return self.drawing.runs

    @property
    def facts(self) -> dict[str, Any]:
        """Its content as plain data, as `--json` prints it."""
        return self.drawing.figure.kind.facts(self.content)

    @property
    def scene(self) -> Scene:
        """The marks that it is drawn of."""
        return self.drawing.scene

    @property
    def look(self) -> Look:
        """How it looks."""
        return self.drawing.look

    @property
    def alt(self) -> str:
        """The picture in words, made from the runs."""
        return self.scene.alt

    @cached_property
    @spoken()
    def figure(self) -> "Canvas":
        """Matplotlib's figure, drawn once; what is added to it is saved and shown from then on.

        With `ax` it is the figure of these axes.
        """
        if self.ax is not None:
            return render.figure_of(self.ax)
        return render.figure(self.scene, self.look)

    @property
    def axes(self) -> "tuple[Axes, ...]":
        """Matplotlib's axes, one a panel, in order."""
        return (self.ax,) if self.ax is not None else tuple(self.figure.axes)

    @property
    def _annotated(self) -> bool:
        """Whether matplotlib's figure was asked for, so that it may differ from the scene."""
        return "figure" in self.__dict__ or self.ax is not None

    @spoken()
    def save(self, *paths: str | PurePath, format: str | None = None) -> None:
        """Writes the figure into each path, whole or not at all, by its suffix or as `format`.

        Pictures, films and the data behind it are written as the command line does. Once `figure`
        or `axes` were asked for, matplotlib writes what they show then, as png, svg or pdf and
        without a recipe. Raises `UnknownName` for the format, `NoEffect` for options that it cannot
        use, `WorldError` for what the disk says. An `OptvizWarning` says what a film lost to
        its max_size.
        """
        if not paths:
            raise BadValue("save", "no path", 'a path such as "a.png" is wanted')
        for path in (*paths, *([format] if format is not None else [])):
            if not isinstance(path, str | PurePath):
                raise BadValue("save", shown(path), 'paths such as "a.png" are wanted')
        outputs = [(fspath(path), self._format(fspath(path), format)) for path in paths]
        pictures = [name for _, name in outputs if not self._is_data(name)]
        films = any(render.registry[name].moves for name in pictures)
        for name in pictures:
            self._check(name, films)
        for path, name in outputs:
            if remark := self._write(path, name):
                notes.warn(f"{path}: {remark}")

    def _write(self, path: str, name: str) -> str:
        """Writes the figure; a sentence on what a budget cost, or on frames of others, or ""."""
        if name == _FRAMES:
            return render.write_frames(self.scene, self.look, path)
        with files.writing(path, binary=True) as stream:
            data, remark = self._made(name)
            stream.write(data)
        return remark

    def _format(self, path: str, format: str | None) -> str:
        """The format of a path: one of data, or of pictures."""
        if format is None and render.are_frames(path):
            return _FRAMES
        suffix, data = PurePath(path).suffix.lower(), self.drawing.figure.kind.formats()
        by_suffix = {end: name for name, end in data.items()}
        name = (format or by_suffix.get(suffix) or suffix[1:]).lower()
        if name not in (known := (*render.registry.names, *data)):
            raise UnknownName("format", name, known)
        return name

    def _is_data(self, name: str) -> bool:
        return name in self.drawing.figure.kind.formats()

    def _check(self, name: str, films: bool) -> None:
        """Raises what this format cannot do, before anything is written; a film may be beside."""
        kind = render.registry[name]
        if self._annotated and name not in render.ANNOTATED:
            raise Unfit(
                f"{name}: once .figure or .axes were asked for, a figure is saved as "
                f"{', '.join(render.ANNOTATED)}; make it anew for {name}"
            )
        film = changed(self.drawing.figure.film)
        for option in () if films else film:
            raise NoEffect(option, f"for films, and {name} is a still; leave it out")
        kind.check(self.look)
        idle = kind.idle if kind.moves else ()
        self.drawing.figure.fit(True, films, kind.resolution, idle, kind.options)

    def _bytes(self, name: str, sharp: int = 1) -> bytes:
        """The figure in a format, `sharp` times as many pixels a side."""
        return self._made(name, sharp)[0]

    def _made(self, name: str, sharp: int = 1) -> tuple[bytes, str]:
        """The figure in a format, and a sentence on what a budget cost, or ""."""
        if self._is_data(name):
            return self.drawing.data(name), ""
        look = self.look
        if self._annotated:
            own = self.ax is None
            return render.annotated(self.figure, self.scene, name, sharp, own=own), ""
        size = (look.size[0] * sharp, look.size[1] * sharp)
        stream = io.BytesIO()
        sharper = replace(look, size=size, dpi=look.dpi * sharp)
        remark = render.write(self.scene, sharper, name, stream)
        return stream.getvalue(), remark

    @spoken()
    def to_frame(self, library: str | None = None) -> Any:
        """The table behind the figure, that of its csv, as a DataFrame of pandas or polars.

        Raises `Unfit` where there is no table, or neither library is installed.
        """
        if "csv" not in self.drawing.figure.kind.formats():
            name = self.drawing.figure.name
            raise Unfit(f"{name} has no table; its .facts have the numbers")
        names, *rows = csv.reader(io.StringIO(self.drawing.data("csv").decode()))
        columns = zip(*rows, strict=True)
        return dataframe.frame(dict(zip(names, map(_column, columns), strict=True)), library)

    @spoken()
    def shown_as(self, shown: str) -> "Figure":
        """The same figure, which a notebook shows as png or as svg. Raises `BadValue`."""
        if shown not in _SHOWN:
            raise BadValue("shown_as", shown, "png or svg is wanted")
        return replace(self, shown=shown)

    def _repr_png_(self) -> bytes | None:
        if not self._is_shown or self._shown != "png":
            return None
        return self._bytes("png", _SHARP if max(self.look.size) <= _LARGE else 1)

    def _repr_svg_(self) -> str | None:
        if not self._is_shown or self._shown != "svg":
            return None
        return self._bytes("svg").decode()

    @property
    def _shown(self) -> str:
        """How a notebook shows it; a theme that follows the reader's device is svg."""
        return "svg" if self.look.theme == AUTO and not self._annotated else self.shown

    @property
    def _is_shown(self) -> bool:
        """Whether a notebook shows the picture, not text: axes of the user's show themselves."""
        return self.ax is None and not self.drawing.figure.kind.reports

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        """The picture with its size on the page, and its text."""
        del include, exclude  # the notebook picks
        data: dict[str, Any] = {"text/plain": repr(self)}
        width, height = self.look.size
        if png := self._repr_png_():
            return data | {"image/png": png}, {"image/png": {"width": width, "height": height}}
        if svg := self._repr_svg_():
            data["image/svg+xml"] = svg
        return data, {}

    def __repr__(self) -> str:
        kind = self.drawing.figure.kind
        if kind.reports:
            return kind.report(self.content)
        return f"<optviz {self.drawing.figure.name}: {self.scene.title or self.alt[:60]}>"


def _column(cells: tuple[str, ...]) -> list[Any]:
    """Numbers where all cells are numbers or empty, whole ones as such; else texts."""
    if not all(is_number(cell) for cell in cells if cell):
        return list(cells)
    return list(_whole(cells) if all(c.lstrip("-").isdigit() for c in cells) else _real(cells))


def _whole(cells: tuple[str, ...]) -> Iterator[int]:
    return map(int, cells)


def _real(cells: tuple[str, ...]) -> Iterator[float]:
    return (float(cell) if cell else float("nan") for cell in cells)
