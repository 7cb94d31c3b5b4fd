"""Changes of label classes that change annotations as well: merging, splitting off, deleting, and their undo.

Each is a ``ClassChange`` of the projects room; the classes here start one and do its work, a part of the images at a
time, with one revision per image.
"""
