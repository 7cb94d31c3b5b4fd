"""How far people agree who labelled the same images, and what most of them say. Knows no database: arrays in, figures
out. Loaded by workers only: SciPy, scikit-learn and OpenCV would slow the web process's start."""
