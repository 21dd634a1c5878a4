"""Extension of Sphinx: the directive `optviz` draws a block, in reStructuredText and MyST.

    extensions = ["optviz.publishing.sphinx"]

    .. optviz:: trace --opt adagrad --eta 0.4
       :pair:
       :width: 640

Pictures go into the folder of doctrees, from which Sphinx copies those that its builder shows.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from optviz import __version__, documents
from optviz.book import Result
from optviz.publishing import _block, _nodes
from optviz.publishing._block import WrongBlock


class OptvizDirective(SphinxDirective):
    """A command line as argument or content, or a table as content; then an argument has words."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {
        **dict.fromkeys(("hide", "pair", "values", "defaults"), directives.flag),
        "width": directives.unchanged,
        "caption": directives.unchanged_required,
        "name": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """The block and its result. A mistake is an error of Sphinx at the block's line."""
        content = "\n".join(self.content) if self.content else "".join(self.arguments)
        words = self._words()
        try:
            result = self._draw(content, words)
            below = self._below(result)
        except WrongBlock as error:
            raise self.error(str(error)) from None
        self._defaults().update(result.defaults)
        above = [] if "hide" in words else [_nodes.code(content)]
        return [*above, *below]

    def _words(self) -> list[str]:
        """The words of the block: of its options, and of the argument if the content is below."""
        options = {name: value or name for name, value in self.options.items() if name != "name"}
        first = self.arguments[0] if self.content and self.arguments else ""
        return [*documents.split_words(first), *_block.words(options)]

    def _draw(self, content: str, words: list[str]) -> Result:
        """The result, with the files that it is made of noted for the next build."""
        page = Path(self.env.doc2path(self.env.docname))
        number = self.env.new_serialno("optviz") + 1
        folder = Path(self.env.doctreedir, "optviz", self.env.docname, str(number))
        folder.mkdir(parents=True, exist_ok=True)
        result = _block.draw(
            content,
            words,
            folder=page.parent,
            name=f"{page.stem}-{number}",
            out_dir=folder,
            defaults=self._defaults(),
        )
        for path in (path for report in result.reports for path in report.item.data):
            self.env.note_dependency(str(Path(path).absolute()))
        return result

    def _defaults(self) -> dict[str, Any]:
        """The options that blocks of defaults further up in the document give."""
        defaults: dict[str, Any] = self.env.temp_data.setdefault("optviz", {})
        return defaults

    def _below(self, result: Result) -> list[nodes.Node]:
        """What stands below the block."""
        if result.request.options.markdown:
            raise WrongBlock("markdown: Sphinx shows what a command prints as it is; leave it out")
        if result.text is not None:
            return [_nodes.code(result.text)]
        if not result.paths:
            return []
        found = _nodes.images(result, str(self.env.srcdir))
        shown: nodes.Element = nodes.paragraph("", "", *found)
        if result.caption:
            shown = nodes.figure("", *found, nodes.caption(result.caption, result.caption))
        self.add_name(shown)
        self.set_source_info(shown)
        return [shown, *_nodes.table(result.values)]


class OnePictureOfPair(SphinxPostTransform):
    """Leaves out dark pictures where no style sheet chooses."""

    default_priority = 50  # before pictures are converted

    def is_supported(self) -> bool:
        """Whether the builder makes no HTML."""
        return bool(self.app.builder.format != "html")

    def run(self, **_: Any) -> None:
        """Removes them from the document."""
        for image in list(self.document.findall(nodes.image)):
            if "optviz-dark" in image["classes"]:
                image.parent.remove(image)


def _add_style(_app: Any, config: Any) -> None:
    config.html_static_path.append(str(documents.STATIC))


def setup(app: Any) -> dict[str, Any]:
    """Adds the directive; another version of optviz reads all documents again."""
    app.add_directive("optviz", OptvizDirective)
    app.add_post_transform(OnePictureOfPair)
    app.add_config_value("optviz_version", __version__, "env")
    app.connect("config-inited", _add_style)
    app.add_css_file("optviz.css")
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
