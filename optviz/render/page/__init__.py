"""The page of a live figure: its still as SVG, and a script that draws it anew."""
