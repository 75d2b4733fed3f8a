"""Writes operations.json: models of tf.keras whose layers are functions of TensorFlow, and the shapes of their outputs.

    pip install tensorflow-cpu==2.15.1
    python operations.py > operations.json

Each row has "json", what model.to_json() returns, "shapes", the shapes of all outputs of each layer, and "weights".
"""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers as L

x = keras.Input((6, 8), name="x")
image = keras.Input((12, 10, 3), name="image")
index = keras.Input((5,), dtype="int32", name="index")
fixed = keras.Input(batch_shape=(4, 6), name="fixed")

MODELS = {
    "elementwise": lambda: [
        tf.abs(x) + 1, 2 * x - x, x / 2, x ** 2, -x, x // 2, x % 2, x > 0, tf.cast(x, "float16"),
        tf.clip_by_value(x, 0, 1), tf.where(x > 0, x, 0.0), tf.maximum(x, x[:, :1]), tf.zeros_like(x), tf.ones_like(x),
        tf.math.add_n([x, x]), tf.nn.l2_normalize(x, axis=-1), tf.nn.softmax(x), tf.nn.gelu(x), tf.nn.dropout(x, 0.5),
        tf.math.cumsum(x, axis=1), tf.reverse(x, [1]), tf.roll(x, 1, 1), tf.stop_gradient(x), tf.identity(x),
        tf.math.erf(x), tf.math.l2_normalize(x, -1), tf.nn.bias_add(x, [1.0] * 8), tf.nn.relu6(x), tf.sign(x),
        tf.nn.leaky_relu(x), tf.sort(x), tf.argsort(x), tf.logical_not(x > 0), tf.math.logical_and(x > 0, x < 1),
        tf.linalg.band_part(x, 1, 1), tf.saturate_cast(x, "int8"), tf.math.divide_no_nan(x, x),
    ],
    "reductions": lambda: [
        tf.reduce_mean(x, axis=1), tf.reduce_sum(x, axis=[1, 2]), tf.reduce_max(x, axis=-1, keepdims=True),
        tf.reduce_mean(x), tf.argmax(x), tf.argmax(x, axis=-1), tf.argmin(x, 2), tf.norm(x, axis=-1),
        tf.norm(x, axis=-1, keepdims=True), tf.reduce_any(x > 0, axis=1), tf.reduce_logsumexp(x, axis=2),
        tf.math.reduce_std(x, axis=1), tf.math.count_nonzero(x, axis=1), tf.nn.moments(x, axes=[1])[0],
    ],
    "shapes": lambda: [
        tf.reshape(x, [-1, 48]), tf.reshape(x, (-1, 6, 2, 4)), tf.transpose(x, [0, 2, 1]), tf.transpose(fixed),
        tf.expand_dims(x, 1), tf.expand_dims(x, -1), tf.squeeze(tf.expand_dims(x, 1), axis=1), tf.squeeze(x[:, :1], [1]),
        tf.concat([x, x], axis=-1), tf.concat([x, x], 1), tf.stack([x, x]), tf.stack([x, x, x], axis=1),
        tf.tile(x, [1, 2, 3]), tf.repeat(x, 3, axis=1), tf.pad(x, [[0, 0], [1, 2], [0, 3]]), tf.shape(x), tf.rank(x),
        tf.broadcast_to(fixed, [3, 4, 6]), tf.size(x), tf.one_hot(index, 7), tf.one_hot(index, depth=3, axis=1),
        tf.gather(x, [0, 2, 4], axis=1), tf.gather(x, index, axis=1, batch_dims=1), tf.gather(fixed, [1, 1]),
        tf.zeros([2, 3]) + fixed[:2, :3], tf.image.resize(image, (24, 20)), tf.image.resize(image, size=[6, 5]),
        tf.image.flip_left_right(image), tf.image.rgb_to_grayscale(image),
        tf.nn.space_to_depth(image, 2), tf.nn.max_pool2d(image, 2, 2, "SAME"), tf.nn.avg_pool2d(image, 3, 1, "VALID"),
        tf.linalg.diag(fixed), tf.linalg.diag_part(x[:, :, :6]), tf.math.top_k(x, 3)[0], tf.boolean_mask(x, x[..., 0] > 0),
        tf.nn.embedding_lookup(fixed, index), tf.slice(x, [0, 1, 2], [-1, 3, 4]),
        tf.linalg.set_diag(x, x[:, :, 0]), tf.fill([2, 2], 1.0) * fixed[:2, :2],
    ],
    "several": lambda: [
        *tf.split(x, 2, axis=-1), *tf.split(x, [1, 2, 3], axis=1), *tf.unstack(x, axis=1), *tf.nn.moments(x, axes=[1, 2]),
        *tf.unstack(fixed), *tf.math.top_k(x, k=2),
    ],
    "products": lambda: [
        tf.matmul(x, x, transpose_b=True), x @ tf.transpose(x, [0, 2, 1]), tf.linalg.matmul(x, x, transpose_a=True),
        tf.matmul(x, tf.ones([8, 3])), 
        tf.tensordot(x, tf.ones([8, 7]), 1), tf.tensordot(x, tf.ones([8, 2, 5]), axes=[[2], [0]]),
        tf.linalg.matvec(x, x[:, 0]), tf.linalg.trace(x), tf.linalg.matrix_transpose(x), tf.keras.backend.dot(x, tf.ones([8, 2])),
        tf.keras.backend.batch_dot(x, x, axes=2), tf.math.multiply(2.0, x),
    ],
    "slices": lambda: [
        x[:, 0], x[:, -1, :], x[:, 1:4], x[:, ::2, 1], x[..., 2:], x[:, tf.newaxis], x[:, :, -3:], x[0], x[:, :-1, ::3],
        x[:, 5:2:-1], x[..., tf.newaxis, 0], x[1:3], fixed[1:, ::-1], x[:, : 4, None],
    ],
    "weights": lambda: [
        L.Dense(3)(tf.reshape(tf.image.resize(image, (6, 5)), (-1, 90))),
        L.Conv1D(4, 3)(tf.pad(tf.stack([x[:, :, 0], x[:, :, 1]], axis=-1), [[0, 0], [1, 1], [0, 0]])),
        L.Dense(2)(tf.concat([*tf.split(x, 4, axis=2)[:3], tf.one_hot(tf.argmax(x, -1), 9)], axis=-1)),
        L.LSTM(3)(tf.matmul(x, x, transpose_a=True)),
        L.Dense(1)(tf.squeeze(tf.reduce_mean(image, axis=[1, 2], keepdims=True), [1, 2])),
    ],
}


def simple(shape):
    return list(shape) if shape.rank is not None else None


rows = []
for name, make in MODELS.items():
    keras.backend.clear_session()
    outputs = make()
    model = keras.Model([x, image, index, fixed], outputs)
    shapes = {}
    for layer in model.layers:
        shapes[layer.name] = [simple(tensor.shape) for tensor in tf.nest.flatten(layer.output)]
    weights = [[weight.name.split(":")[0], list(weight.shape)] for weight in model.weights]
    rows.append({"case": name, "json": json.loads(model.to_json()), "shapes": shapes, "weights": weights})
print("[\n" + ",\n".join(json.dumps(row, sort_keys=True, separators=(",", ":")) for row in rows) + "\n]")
