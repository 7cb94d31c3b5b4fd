"""The trainer's engine: trains, evaluates and runs models from a version folder and a `RunSpec`.

It knows nothing of the site. What goes in is a version folder (`version.json`, `manifest.parquet`, image files by
content address) and a spec; what comes out is a stream of events and a result folder. See docs/engine.md.
"""
