"""Adds to einsum_fans.json what the installed Keras makes of einsum and attention kernels.

    pip install tensorflow-cpu==2.15.1                       # tf.keras 2.15
    python einsum_fans.py einsum_fans.json
    pip install keras==3.15.1 tensorflow-cpu                 # also 3.3.3, 3.13.2, 3.14.1
    KERAS_BACKEND=tensorflow python einsum_fans.py einsum_fans.json

Each record has the Keras version, the config.json and metadata.json of a .keras file, and for each
kernel of its model the shape and the largest magnitude. The initializers are GlorotUniform, whose
bound is sqrt(6 / (fan_in + fan_out)), and HeUniform, whose bound is sqrt(6 / fan_in), so that the
magnitudes tell the fans.
"""

import io
import json
import os
import sys
import tempfile
import zipfile

import numpy as np
import tensorflow as tf

keras = tf.keras
L = keras.layers


def model(initializer):
    def kernels():
        return {"kernel_initializer": initializer, "use_bias": False}

    x = keras.Input((6, 48), name="x")
    picture = keras.Input((2, 3, 40), name="picture")
    y = L.MultiHeadAttention(4, 16, value_dim=24, output_shape=(56,), name="mha", **kernels())(x, x)
    z = L.MultiHeadAttention(5, 12, attention_axes=(2,), name="mha_2d", **kernels())(picture, picture)
    outputs = [
        L.EinsumDense("abc,cde->abde", output_shape=(6, 4, 16), name="split", kernel_initializer=initializer)(y),
        L.EinsumDense("...x,xy->...y", output_shape=32, name="dense", kernel_initializer=initializer)(z),
        L.EinsumDense("abc,dc->abd", output_shape=(6, 64), name="turned", kernel_initializer=initializer)(y),
    ]
    if hasattr(L, "GroupQueryAttention"):
        outputs.append(L.GroupQueryAttention(16, 6, 3, name="gqa", **kernels())(x, x))
    return keras.Model([x, picture], outputs, name="model")


def magnitudes(layer, prefix, found):
    parts = [getattr(layer, "_" + name) for name in ("query_dense", "key_dense", "value_dense", "output_dense") if hasattr(layer, "_" + name)]
    for part in parts:
        magnitudes(part, [*prefix, part.name], found)
    if not parts and hasattr(layer, "kernel"):
        kernel = np.asarray(layer.kernel)
        found["/".join([*prefix, "kernel"])] = [list(kernel.shape), float(np.abs(kernel).max())]
    return found


def record(initializer):
    keras.utils.set_random_seed(1)
    made = model(initializer)
    kernels = {}
    for layer in made.layers:
        magnitudes(layer, [layer.name], kernels)
    with tempfile.TemporaryDirectory() as folder:
        made.save(os.path.join(folder, "model.keras"))
        with zipfile.ZipFile(os.path.join(folder, "model.keras")) as archive:
            config = json.loads(archive.read("config.json"))
            metadata = json.loads(archive.read("metadata.json"))
    return {"keras": metadata["keras_version"], "initializer": initializer, "metadata": {"keras_version": metadata["keras_version"]}, "config": config, "kernels": kernels}


if __name__ == "__main__":
    path = sys.argv[1]
    records = json.load(open(path)) if os.path.exists(path) else []
    new = [record(initializer) for initializer in ("glorot_uniform", "he_uniform")]
    kept = [one for one in records if one["keras"] != new[0]["keras"]] + new
    kept.sort(key=lambda one: ([int(part) for part in one["keras"].split(".")], one["initializer"]))
    lines = io.StringIO()
    lines.write("[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in kept) + "\n]\n")
    open(path, "w").write(lines.getvalue())
