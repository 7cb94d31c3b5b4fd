"""What a trained model is worth, split by split."""
