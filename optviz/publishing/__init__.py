"""Optviz blocks in the tools that build pages: Python-Markdown's fences and Sphinx.

`optviz.publishing.fence` is for MkDocs and Zensical, `optviz.publishing.sphinx` an extension of
Sphinx; `optviz new optviz.lua` writes a filter for pandoc and Quarto.
"""
