"""Draw plots as SVG: the package takes numbers from `explain` and returns axes, lines and captions."""
