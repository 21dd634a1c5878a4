"""A scene drawn as a matplotlib figure: axes, marks, names, fonts, ticks."""
