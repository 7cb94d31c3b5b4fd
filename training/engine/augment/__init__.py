"""Random changes of training images: one class per file, put together by `pipeline.Pipeline`."""
