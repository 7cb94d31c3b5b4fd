"""Keras Applications as backbones: the network without its top, behind the scaling its weights expect."""

from collections.abc import Callable, Sequence
from typing import Any

import keras
from keras import applications, layers

from training.engine.data.frame import Frame
from training.engine.zoo.levels import levels
from training.engine.zoo.preset import Preset

# Mean of ImageNet, RGB, 0..255, and its standard deviation: what `preprocess_input` uses.
_MEAN = (123.675, 116.28, 103.53)
_DEVIATION = (58.395, 57.12, 57.375)
_CAFFE_MEAN_BGR = (103.939, 116.779, 123.68)


def _to_unit_range(x: keras.KerasTensor) -> keras.KerasTensor:
    return layers.Rescaling(1 / 127.5, offset=-1, name="scale")(x)


def _standardised(x: keras.KerasTensor) -> keras.KerasTensor:
    scale = [1 / deviation for deviation in _DEVIATION]
    offset = [-mean / deviation for mean, deviation in zip(_MEAN, _DEVIATION, strict=True)]
    return layers.Rescaling(scale, offset=offset, name="scale")(x)


def _centred_bgr(x: keras.KerasTensor) -> keras.KerasTensor:
    x = keras.ops.flip(x, axis=-1)
    return layers.Rescaling(1.0, offset=[-mean for mean in _CAFFE_MEAN_BGR], name="scale")(x)


def _as_is(x: keras.KerasTensor) -> keras.KerasTensor:
    return x


_NETWORKS: dict[str, tuple[Callable[..., keras.Model], Callable[..., Any], dict[str, Any]]] = {
    "mobilenet_025": (applications.MobileNet, _to_unit_range, {"alpha": 0.25}),
    "mobilenet": (applications.MobileNet, _to_unit_range, {}),
    # These scale their input themselves.
    "mobilenetv3_small": (applications.MobileNetV3Small, _as_is, {}),
    "mobilenetv3_large": (applications.MobileNetV3Large, _as_is, {}),
    "efficientnetv2_b0": (applications.EfficientNetV2B0, _as_is, {}),
    "convnext_tiny": (applications.ConvNeXtTiny, _as_is, {}),
    "resnet50": (applications.ResNet50, _centred_bgr, {}),
    "vgg16": (applications.VGG16, _centred_bgr, {}),
    "inceptionv3": (applications.InceptionV3, _to_unit_range, {}),
    "densenet121": (applications.DenseNet121, _standardised, {}),
}


def build_backbone(
    preset: Preset, frame: Frame, strides: Sequence[int] = (), weights: str | None = None
) -> keras.Model:
    """Returns a network of Keras Applications without its top.

    Args:
        preset: which one.
        frame: the size of the input.
        strides: of the features wanted, in pixels; none: the last features alone.
        weights: `imagenet`, which may be downloaded, the path of a no-top `.h5` file, or None.

    Returns:
        From images of shape (batch, frame.height, frame.width, 3), RGB, 0..255, to features of shape
        (batch, height, width, channels), or a list of such.

    Raises:
        ValueError: the file's weights are not those of this network.
    """
    network, scale, options = _NETWORKS[preset.name]
    shape = (frame.height, frame.width, 3)
    application = network(include_top=False, weights=weights, input_shape=shape, **options)
    if strides:
        application = levels(application, strides)
    inputs = keras.Input(shape, name="pixels")
    return keras.Model(inputs, application(scale(inputs)), name="backbone")
