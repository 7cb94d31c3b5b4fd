"""From a version folder to batches: manifest, decoding, resizing, a cache of pixels, a feed of batches."""
