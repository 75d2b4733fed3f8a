"""Writes the files of this folder, as the Keras that runs it does. It takes the prefix of their names.

    python make.py keras2     # tensorflow-cpu 2.12.1 with keras 2.12.0, h5py 3.16.0
    python make.py keras30    # keras 3.0.5 on jax, h5py 3.16.0
    python make.py keras3     # keras 3.15.1 on tensorflow, h5py 3.14.0

The weights are zeros, because only names and shapes are read.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import h5py
import keras
import numpy as np

print(keras.__version__, h5py.__version__)
here = os.path.dirname(os.path.abspath(__file__))
prefix = sys.argv[1]
generation = 2 if keras.__version__.startswith("2.") else 3


def path(name):
    return os.path.join(here, f"{prefix}{name}")


def zeros(model):
    for weight in model.weights:
        weight.assign(np.zeros(weight.shape, "float32"))
    return model


def small():
    sequence = keras.Input((3, 2), name="sequence")
    state = keras.layers.LSTM(2, name="memory")(sequence)
    return zeros(keras.Model(sequence, keras.layers.Dense(1, name="head")(state), name="small"))


model = small()
model.compile("sgd", "mse")
model.fit(np.zeros((1, 3, 2)), np.zeros((1, 1)), verbose=0)
zeros(model)
model.save(path(".keras"), **({"save_format": "keras_v3"} if generation == 2 else {}))
if prefix == "keras30":
    model.save_weights(path(".weights.h5"))
    sys.exit()
model.save(path(".h5"))
if generation == 3:
    model.save_weights(path(".weights.h5"))
    from keras.src.legacy.saving import legacy_h5_format

    with h5py.File(path("_legacy_weights.h5"), "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)
else:
    model.save_weights(path("_legacy_weights.h5"))
    from keras.saving.legacy import hdf5_format as legacy_h5_format

# Lists of names above 64 kB are split over several attributes. With a limit of 30 bytes these few are.
legacy_h5_format.HDF5_OBJECT_HEADER_LIMIT = 30
keras.backend.clear_session()
layers = [keras.layers.Dense(1, name=f"dense_{i}") for i in range(3)]
many = zeros(keras.Sequential([keras.Input((1,)), *layers]))
with h5py.File(path("_split_names.h5"), "w") as file:
    legacy_h5_format.save_weights_to_hdf5_group(file, many)
