"""The compact residual network's place on the shelf."""

from training.engine.zoo.preset import Preset, Recipe

PRESETS = (
    Preset(
        name="compact_resnet",
        title="Compact ResNet",
        description="A small residual network of eight blocks, trained from scratch.",
        good_for="More images (a hundred a class and up) or finer differences than the compact CNN can tell.",
        family="compact_resnet",
        tasks=("classification", "multilabel"),
        parameters=1_240_168,
        gflops=0.147,
        input_size=64,
        min_size=16,
        weights=(),
        licence="MIT",
        source="Own design, after Identity Mappings in Deep Residual Networks (arXiv:1603.05027)",
        scratch=Recipe(epochs=30, batch_size=32, learning_rate=2e-3, weight_decay=0.05, warmup_epochs=2, min_steps=900),
        pretrained=Recipe(
            epochs=20,
            batch_size=32,
            learning_rate=2e-3,
            weight_decay=0.05,
            freeze_epochs=2,
            fine_tune_learning_rate=5e-4,
            min_steps=500,
        ),
    ),
)
