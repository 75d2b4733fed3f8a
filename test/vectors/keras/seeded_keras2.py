"""Writes seeded-keras2.json: the weights that tf.keras gives a model whose initializers have integer seeds.

    pip install tensorflow-cpu==2.15.1
    python seeded_keras2.py > seeded-keras2.json

"model" is what model.to_json() returns, and "archive" the config.json and metadata.json of its .keras
file. Each weight has its first and last values as float32 bit patterns.
"""

import json
import os
import tempfile
import zipfile

import numpy as np
import tensorflow as tf

L = tf.keras.layers
I = tf.keras.initializers

model = tf.keras.Sequential(
    [
        L.InputLayer((8, 8, 3)),
        L.Conv2D(6, 3, name="conv", kernel_initializer=I.GlorotUniform(seed=1), bias_initializer=I.RandomUniform(seed=7)),
        L.Conv2D(4, 3, name="twin", kernel_initializer=I.TruncatedNormal(stddev=0.1, seed=2)),
        L.Flatten(name="flat"),
        L.Dense(16, name="dense", kernel_initializer=I.HeNormal(seed=2)),
        L.Dense(5, name="head", kernel_initializer=I.RandomNormal(seed=5)),
    ],
    name="seeded",
)


def bits(values):
    return np.ascontiguousarray(values).view(np.uint32).tolist()


weights = {}
for variable in model.weights:
    values = variable.numpy().ravel()
    weights[variable.name.removesuffix(":0")] = {"shape": list(variable.shape), "first": bits(values[:8]), "last": bits(values[-8:])}
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "model.keras")
    model.save(path)
    with zipfile.ZipFile(path) as archive:
        config, metadata = (json.loads(archive.read(f"{name}.json")) for name in ("config", "metadata"))
version = metadata["keras_version"]
archive = {"config": config, "metadata": {"keras_version": version}}
print(json.dumps({"tensorflow": tf.__version__, "keras": version, "model": json.loads(model.to_json()), "archive": archive, "weights": weights}))
