"""What filters, counts and orders need of a project's images, held in columns; see docs/scale.md."""
