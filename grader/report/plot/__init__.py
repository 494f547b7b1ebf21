"""Pictures as SVG: numbers that `explain` chose go in, drawings with axes and captions come out."""
