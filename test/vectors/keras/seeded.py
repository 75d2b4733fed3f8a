"""A Keras model whose initializers all have seeds, and its weights on the backend of KERAS_BACKEND.

    for backend in jax tensorflow torch numpy; do KERAS_BACKEND=$backend python3 seeded.py; done

writes seeded.json, which is the model and the same for all, and seeded-<backend>.json with the weights, each as the
float32 bits of its first and last values. Needs keras and the backend's package.
"""

import json
import os
from pathlib import Path

import keras
import numpy as np

MOST = 40  # values of each end of a weight

init = keras.initializers
inputs = keras.Input((8, 8, 3), name="image")
x = keras.layers.Conv2D(
    6, 3, padding="same", kernel_initializer=init.HeNormal(seed=42), bias_initializer=init.RandomUniform(seed=1), name="conv"
)(inputs)
x = keras.layers.SeparableConv2D(
    5,
    3,
    depthwise_initializer=init.LecunUniform(seed=2),
    pointwise_initializer=init.GlorotNormal(seed=2**31),
    bias_initializer=init.TruncatedNormal(mean=0.5, stddev=0.2, seed=4),
    name="separable",
)(x)
x = keras.layers.Reshape((36, 5), name="rows")(x)
x = keras.layers.LSTM(
    7,
    kernel_initializer=init.GlorotUniform(seed=5),
    recurrent_initializer=init.Orthogonal(gain=1.5, seed=6),
    bias_initializer=init.RandomNormal(mean=-1, stddev=0.1, seed=7),
    unit_forget_bias=False,
    return_sequences=True,
    name="lstm",
)(x)
x = keras.layers.MultiHeadAttention(
    2, 3, kernel_initializer=init.LecunNormal(seed=8), bias_initializer=init.HeUniform(seed=9), name="attention"
)(x, x)
x = keras.layers.Flatten(name="flat")(x)
x = keras.layers.Dense(
    33,
    kernel_initializer=init.VarianceScaling(scale=0.3, mode="fan_avg", distribution="untruncated_normal", seed=10),
    bias_initializer=init.Constant(0.25),
    name="dense",
)(x)
outputs = keras.layers.Dense(
    1,
    kernel_initializer=init.VarianceScaling(scale=2.0, mode="fan_out", distribution="uniform", seed=11),
    bias_initializer=init.RandomNormal(seed=12),
    name="score",
)(x)
model = keras.Model(inputs, outputs, name="seeded")


def bits(values):
    return [int(word) for word in values.astype(np.float32).view(np.uint32)]


backend = keras.backend.backend()
weights = {}
for weight in model.weights:
    values = np.asarray(keras.ops.convert_to_numpy(weight)).reshape(-1)
    weights[weight.path] = {
        "shape": list(weight.shape),
        "first": bits(values[:MOST]),
        "last": bits(values[-MOST:]),
    }

versions = {"keras": keras.version(), "numpy": np.__version__}
if backend != "numpy":
    module = __import__(backend)
    versions[backend] = module.__version__

here = Path(__file__).parent
if backend == "jax":
    (here / "seeded.json").write_text(json.dumps(json.loads(model.to_json()), indent=1) + "\n")
(here / f"seeded-{backend}.json").write_text(json.dumps({"versions": versions, "weights": weights}) + "\n")
print(backend, len(weights), "weights")
os._exit(0)
