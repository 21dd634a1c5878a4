"""The picture formats, one file each; `optviz.render.registry` finds them."""
