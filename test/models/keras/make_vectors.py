"""Writes keras3.json: models of Keras 3, and what Keras says about each of their weights.
With the argument "summaries" it writes summaries.json: what Model.summary prints of some of them.

    pip install keras jax tensorflow-cpu  # TensorFlow for Hashing alone
    KERAS_BACKEND=jax python make_vectors.py > keras3.json
    KERAS_BACKEND=jax python make_vectors.py summaries > summaries.json

Each row of "weights" is [name, shape, initializer, trainable]. The name is put together from the
names of Keras's own objects on the way from the model to the variable. The initializer is the one
that the layer handed to add_weight; for an LSTM's bias, which is a function there, the values.
"""

import json
import os
import sys

import keras
import numpy as np
from keras import Input, Model, Sequential, layers as L, ops

original_add_weight = L.Layer.add_weight
recorded = {}


def add_weight(self, *args, **kwargs):
    given = kwargs.pop("initializer", None)
    initializer = keras.initializers.get("glorot_uniform" if given is None else given)
    if not isinstance(initializer, keras.initializers.Initializer):
        variable = original_add_weight(self, *args, initializer=initializer, **kwargs)
        recorded[id(variable)] = np.asarray(variable.value).tolist()
        return variable
    variable = original_add_weight(self, *args, initializer=zeros, **kwargs)
    config = keras.initializers.serialize(initializer)["config"]
    if isinstance(self, L.EinsumDense) and self.kernel_initializer.get_config().get("seed") is None:
        config = {**config, "seed": None} if "seed" in config else config  # Keras copied the one that it drew.
    recorded[id(variable)] = [type(initializer).__name__, config]
    return variable


def zeros(shape, dtype):
    """Values do not matter, and drawing them takes minutes."""
    return np.zeros(shape, "float32")


L.Layer.add_weight = add_weight


def names(layer, prefix, found):
    """The names of variables by id, from the tree of layers."""
    for variable in layer._trainable_variables + layer._non_trainable_variables:
        found.setdefault(id(variable), []).append("/".join([*prefix, variable.name]))
    for child in layer._layers:
        names(child, [*prefix, child.name], found)
    return found


def shape_of(layer):
    try:
        return [list(tensor.shape) for tensor in keras.tree.flatten(layer.output)]
    except Exception:
        return None


def describe(title, model):
    found = names(model, [], {})
    weights = []
    for variable in model.weights:
        # A wrapper that keeps a child's variable for itself is not its owner.
        name = max(found[id(variable)], key=len)
        weights.append([name, list(variable.shape), recorded[id(variable)], bool(variable.trainable)])
    text = model.to_json()
    return {
        "title": title,
        "json": json.loads(text),
        "weights": weights,
        "layers": [[layer.name, keras.saving.serialize_keras_object(layer)["class_name"], layer.count_params(), shape_of(layer)] for layer in model.layers],
        "params": model.count_params(),
    }


def stack(shape, *layers, **kwargs):
    return Sequential([Input(shape, **kwargs), *layers])


def call(layer, *shapes, **kwargs):
    inputs = [Input(shape) for shape in shapes]
    return Model(inputs, layer(inputs[0] if len(inputs) == 1 else inputs, **kwargs))


def functional(build, *shapes):
    inputs = [Input(shape) for shape in shapes]
    return Model(inputs, build(*inputs))


@keras.saving.register_keras_serializable(package="Test")
class Scale(L.Layer):
    def build(self, shape):
        self.factor = self.add_weight(name="factor", shape=(shape[-1],), initializer="ones")
        self.offset = self.add_weight(name="offset", shape=(), initializer="zeros", trainable=False)

    def call(self, x):
        return x * self.factor + self.offset


def residual(x, filters):
    y = L.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
    y = L.BatchNormalization(momentum=0.9)(y)
    y = L.ReLU()(y)
    y = L.Conv2D(filters, 3, padding="same", kernel_regularizer="l2")(y)
    return L.Add()([x, y])


def small_resnet(x):
    x = L.Conv2D(8, 7, strides=2, padding="same")(L.Rescaling(1 / 255)(x))
    x = L.MaxPooling2D(3, strides=2, padding="same")(x)
    x = residual(residual(x, 8), 8)
    return L.Dense(5, activation="softmax")(L.GlobalAveragePooling2D()(x))


def unet(x):
    a = L.Conv2D(4, 3, padding="same")(x)
    b = L.Conv2D(8, 3, padding="same")(L.MaxPooling2D()(a))
    c = L.Conv2DTranspose(4, 2, strides=2, padding="same")(b)
    d = L.Concatenate()([a, c])
    return L.Conv2D(1, 1)(L.ZeroPadding2D(((1, 2), (0, 3)))(L.Cropping2D(((1, 0), (2, 1)))(d)))


def transformer(x):
    x = L.Embedding(50, 16)(x)
    y = L.MultiHeadAttention(4, 8, dropout=0.1)(x, x, use_causal_mask=True)
    x = L.LayerNormalization(epsilon=1e-6)(x + y)
    y = L.Dense(16)(L.Dense(64, activation="gelu")(x))
    return L.Dense(50)(L.LayerNormalization()(x + y))


def siamese(a, b):
    tower = Sequential([Input((20,)), L.Dense(8, name="inner"), L.BatchNormalization()], name="tower")
    shared = L.Dense(4, name="shared")
    return L.Subtract()([shared(tower(a)), shared(tower(b))])


def nested(x):
    inner_input = Input((8,))
    inner = Model(inner_input, L.Dense(6, name="dense")(inner_input), name="inner")
    other_input = Input((6,))
    other = Model(other_input, [L.Dense(3, name="dense")(other_input), L.Dense(2, name="head")(other_input)], name="other")
    first, second = other(inner(L.Dense(8, name="dense")(x)))
    return [L.Concatenate()([first, second]), second]


def encoder_decoder(source, target):
    _, h, c = L.LSTM(6, return_state=True, name="encoder")(L.Embedding(11, 5)(source))
    sequence = L.LSTM(6, return_sequences=True, name="decoder")(L.Embedding(11, 5)(target), initial_state=[h, c])
    return L.TimeDistributed(L.Dense(11))(sequence)


def operations(x, y):
    z = ops.reshape(x[:, 1:4], (-1, 3)) + ops.mean(y, axis=1)[:, :3] * 2.0
    z = ops.concatenate([z, ops.expand_dims(z[:, 0], -1)], axis=-1)
    return L.Dense(2)(ops.relu(z))


def mixed():
    return Sequential([Input((4,)), L.Dense(3, dtype="mixed_bfloat16"), L.Dense(2, dtype="bfloat16"), L.Dense(2, dtype="float16")])


def frozen():
    base = Sequential([Input((4,)), L.Dense(3), L.BatchNormalization()], name="base")
    base.trainable = False
    return Sequential([Input((4,)), base, L.Dense(2), L.Dense(2, trainable=False)])


def deferred():
    model = Sequential([L.Dense(4), L.Dense(2)])
    model.build((None, 3))
    return model


init = keras.initializers
image, sequence = (16, 12, 6), (10, 5)

MODELS = {
    "notebook": lambda: stack((3,), L.Dense(4, kernel_initializer="glorot_uniform"), L.Dense(2, kernel_initializer="he_uniform")),
    "initializers": lambda: stack(
        (6,),
        L.Dense(5, kernel_initializer=init.VarianceScaling(2.0, "fan_out", "uniform"), bias_initializer=init.Constant(0.1)),
        L.Dense(5, kernel_initializer=init.RandomNormal(0.0, 0.02, seed=7), bias_initializer=init.RandomUniform(-1, 1)),
        L.Dense(5, kernel_initializer=init.TruncatedNormal(stddev=0.1), use_bias=False),
        L.Dense(5, kernel_initializer=init.Orthogonal(gain=2.0)),
        L.Dense(5, kernel_initializer="identity", bias_initializer="ones"),
        L.Dense(5, kernel_initializer=init.LecunNormal(seed=1337)),
    ),
    "conv2d": lambda: stack(image, L.Conv2D(8, (3, 5), strides=(2, 1), groups=2), L.Conv2D(6, 3, dilation_rate=2, padding="same", use_bias=False)),
    "conv2d channels_first": lambda: stack((6, 16, 12), L.Conv2D(8, 3, data_format="channels_first"), L.MaxPooling2D(data_format="channels_first"), L.BatchNormalization(axis=1), L.Flatten(), L.Dense(2)),
    "conv1d": lambda: stack(sequence, L.Conv1D(4, 3, padding="causal", dilation_rate=2), L.Conv1D(4, 3, strides=2), L.MaxPooling1D(2), L.Flatten(), L.Dense(1)),
    "conv3d": lambda: stack((8, 8, 8, 2), L.Conv3D(3, (3, 2, 1)), L.AveragePooling3D(2), L.Conv3DTranspose(2, 3, strides=2), L.GlobalMaxPooling3D(keepdims=True)),
    "transposed": lambda: stack(image, L.Conv2DTranspose(3, (3, 4), strides=2), L.Conv2DTranspose(2, 3, strides=2, padding="same", output_padding=1), L.Conv2DTranspose(2, 5, dilation_rate=2)),
    "transposed 1d": lambda: stack(sequence, L.Conv1DTranspose(3, 4, strides=3, padding="same"), L.Conv1DTranspose(3, 2, strides=3), L.Flatten(), L.Dense(2)),
    "depthwise": lambda: stack(image, L.DepthwiseConv2D(3, depth_multiplier=2, strides=2, padding="same"), L.DepthwiseConv2D((2, 3), use_bias=False, depthwise_initializer="he_normal")),
    "depthwise 1d": lambda: stack(sequence, L.DepthwiseConv1D(3, depth_multiplier=2), L.Flatten(), L.Dense(1)),
    "separable": lambda: stack(image, L.SeparableConv2D(8, 3, depth_multiplier=2), L.SeparableConv2D(4, 3, padding="same", use_bias=False, pointwise_initializer="he_uniform"), L.Flatten(), L.Dense(2)),
    "separable 1d": lambda: stack(sequence, L.SeparableConv1D(7, 3, strides=2, padding="same")),
    "open image": lambda: stack((None, None, 3), L.Conv2D(4, 3), L.UpSampling2D((2, 3)), L.GlobalAveragePooling2D(), L.Dense(2)),
    "embedding": lambda: stack((7,), L.Embedding(20, 5, mask_zero=True), L.Bidirectional(L.LSTM(4, return_sequences=True)), L.Bidirectional(L.GRU(3), merge_mode="sum"), L.Dense(1), dtype="int32"),
    "reversible embedding": lambda: functional(lambda x: (lambda e: e(L.Dense(5)(e(x)), reverse=True))(L.ReversibleEmbedding(20, 5, tie_weights=False)), (7,)),
    "lstm": lambda: stack(sequence, L.LSTM(4, return_sequences=True), L.LSTM(3, unit_forget_bias=False, bias_initializer="ones", return_sequences=True), L.LSTM(2, use_bias=False, kernel_initializer="he_normal", recurrent_initializer="glorot_normal")),
    "lstm bias": lambda: stack((None, 3), L.LSTM(2, bias_initializer=init.Constant(0.5), go_backwards=True), L.Dense(1)),
    "gru": lambda: stack(sequence, L.GRU(4, return_sequences=True), L.GRU(3, reset_after=False, return_sequences=True), L.SimpleRNN(2)),
    "rnn": lambda: stack(sequence, L.RNN([L.LSTMCell(4), L.GRUCell(3), L.SimpleRNNCell(2)], return_sequences=True), L.RNN(L.GRUCell(5, name="my_cell"))),
    "rnn states": lambda: functional(lambda x: L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_state=True)(x), sequence),
    "states": lambda: functional(lambda x: L.Concatenate()(L.Bidirectional(L.LSTM(3, return_state=True), merge_mode=None)(x)), sequence),
    "bidirectional": lambda: stack(sequence, L.Bidirectional(L.LSTM(3, return_sequences=True, name="mine"), backward_layer=L.GRU(3, return_sequences=True, go_backwards=True, name="other"))),
    "conv_lstm": lambda: stack((5, 8, 8, 2), L.ConvLSTM2D(3, 3, return_sequences=True), L.ConvLSTM2D(2, 3, padding="same", unit_forget_bias=False), L.Flatten(), L.Dense(1)),
    "conv_lstm 1d 3d": lambda: functional(lambda a, b: [L.ConvLSTM1D(2, 3)(a), L.ConvLSTM3D(2, 2, strides=2)(b)], (4, 9, 2), (3, 4, 4, 4, 1)),
    "time distributed": lambda: stack((5, 8, 8, 3), L.TimeDistributed(L.Conv2D(4, 3)), L.TimeDistributed(Sequential([L.Flatten(), L.Dense(3)], name="head")), L.LSTM(2)),
    "batch norm": lambda: stack(image, L.BatchNormalization(scale=False), L.BatchNormalization(center=False, moving_variance_initializer="zeros"), L.BatchNormalization(axis=2)),
    "norms": lambda: stack(image, L.LayerNormalization(), L.LayerNormalization(axis=[1, 2]), L.LayerNormalization(scale=False), L.LayerNormalization(rms_scaling=True), L.GroupNormalization(3), L.GroupNormalization(-1, center=False), L.RMSNormalization(), L.RMSNormalization(axis=[-1, -2]), L.UnitNormalization()),
    "normalization": lambda: stack((4, 3), L.Normalization(), L.Normalization(axis=None), L.Normalization(mean=1.0, variance=2.0)),
    "spectral": lambda: stack(image, L.SpectralNormalization(L.Conv2D(4, 3)), L.Flatten(), L.SpectralNormalization(L.Dense(3), power_iterations=2)),
    "prelu": lambda: stack(image, L.PReLU(), L.PReLU(shared_axes=[1, 2], alpha_initializer=init.Constant(0.25)), L.LeakyReLU(), L.ELU(), L.Softmax()),
    "einsum": lambda: functional(lambda x: L.EinsumDense("abc,cde->abde", output_shape=(10, 3, 4), bias_axes="de", kernel_initializer="he_normal")(L.EinsumDense("...x,xy->...y", output_shape=8, bias_axes="y")(x)), sequence),
    "einsum right": lambda: stack((4, 5, 6), L.EinsumDense("ab...,bc->ac...", output_shape=7, bias_axes="c", kernel_initializer=init.VarianceScaling(input_axes=[0], output_axes=[1])), L.EinsumDense("abcd,de->abce", output_shape=(7, 5, 3), kernel_initializer="orthogonal")),
    "attention": lambda: functional(lambda q, v: L.MultiHeadAttention(3, 4, value_dim=5, use_bias=False, output_shape=7, kernel_initializer="he_normal")(q, v), (6, 8), (9, 10)),
    "attention 2d": lambda: functional(lambda q, v, k: L.MultiHeadAttention(2, 4, attention_axes=(2, 3), use_gate=True)(q, v, k), (2, 3, 4, 8), (2, 3, 5, 6), (2, 3, 5, 7)),
    "attention scores": lambda: functional(lambda q: L.MultiHeadAttention(2, 4)(q, q, return_attention_scores=True), (6, 8)),
    "grouped attention": lambda: functional(lambda q, v: L.GroupQueryAttention(4, 6, 2, use_gate=True)(q, v), (6, 8), (9, 8)),
    "dot attention": lambda: functional(lambda q, v: L.Add()([L.Attention(use_scale=True, score_mode="concat")([q, v]), L.AdditiveAttention()([q, v]), L.AdditiveAttention(use_scale=False)([q, v])]), (6, 8), (9, 8)),
    "pooling": lambda: functional(lambda x: [L.AveragePooling2D(3, strides=2, padding="same")(x), L.AdaptiveAveragePooling2D((2, 3))(x), L.GlobalMaxPooling2D()(x), L.MaxPooling2D((3, 2))(x)], image),
    "reshaping": lambda: stack((4, 6), L.Reshape((-1, 2, 3)), L.Permute((3, 1, 2)), L.UpSampling2D(), L.ZeroPadding2D((1, 2)), L.Flatten(), L.RepeatVector(3), L.Cropping1D((1, 0)), L.ZeroPadding1D(2), L.UpSampling1D(3), L.LSTM(2)),
    "reshaping 3d": lambda: stack((4, 4, 4, 2), L.Cropping3D(((1, 0), (0, 1), (1, 1))), L.ZeroPadding3D((1, 0, 2)), L.UpSampling3D((1, 2, 3)), L.Conv3D(1, 1)),
    "merging": lambda: functional(lambda a, b: L.Dense(2)(L.Concatenate()([L.Multiply()([a, b]), L.Average()([a, b]), L.Maximum()([a, b]), L.Minimum()([a, b]), L.Subtract()([a, b])])), (5, 1, 4), (3, 1)),
    "dot": lambda: functional(lambda a, b: [L.Dot(axes=(2, 1))([a, b]), L.Dot(axes=-1, normalize=True)([L.Flatten()(a), L.Flatten()(b)])], (3, 4), (4, 3)),
    "noise": lambda: stack((8, 8, 3), L.GaussianNoise(0.1), L.SpatialDropout2D(0.2), L.Dropout(0.5, noise_shape=(None, 1, 1, 3)), L.RandomFlip("horizontal"), L.RandomRotation(0.1), L.Resizing(4, 5), L.CenterCrop(3, 3), L.ActivityRegularization(l2=0.1), L.Masking(), L.Activation("relu"), L.Identity(), L.Flatten(), L.GaussianDropout(0.1), L.AlphaDropout(0.1), L.Dense(1)),
    "categories": lambda: functional(lambda x: L.Dense(2)(L.Concatenate()([L.CategoryEncoding(5)(x), L.Hashing(4, output_mode="multi_hot")(x), L.Discretization(bin_boundaries=[0.0, 1.0], output_mode="one_hot")(x), L.IntegerLookup(vocabulary=[1, 2, 3], output_mode="multi_hot")(x)])), (1,)),
    "spectrogram": lambda: stack((900, 2), L.STFTSpectrogram(frame_length=64, frame_step=32), L.Conv1D(2, 3)),
    "resnet": lambda: functional(small_resnet, (32, 32, 3)),
    "unet": lambda: functional(unet, (16, 16, 3)),
    "transformer": lambda: functional(transformer, (12,)),
    "siamese": lambda: functional(siamese, (20,), (20,)),
    "nested": lambda: functional(nested, (5,)),
    "seq2seq": lambda: functional(encoder_decoder, (9,), (7,)),
    "operations": lambda: functional(operations, (5,), (6, 4)),
    "dtypes": mixed,
    "frozen": frozen,
    "deferred": deferred,
    "sequential in sequential": lambda: stack((4,), Sequential([L.Dense(3), Sequential([L.Dense(2, name="deep")], name="innermost")], name="inner"), L.Dense(1)),
    "named inputs": lambda: (lambda a, b: Model({"first": a, "second": b}, {"sum": L.Dense(1)(a + b)}))(Input((3,), name="first"), Input((3,), name="second")),
    "custom": lambda: stack((4,), Scale(name="scale"), L.Dense(2)),
    "lambda": lambda: stack((4,), L.Lambda(lambda x: x[:, :2], output_shape=(2,)), L.Dense(3)),
}


ALL = {"expand_nested": True, "show_trainable": True}

# Models for their summaries alone, whose JSON is written beside these.
SMALL = {
    "mnist": lambda: stack((784,), L.Dense(128, activation="relu"), L.Dropout(0.2), L.Dense(10)),
    "empty": lambda: Sequential(),
    "input alone": lambda: stack((784,)),
    "long names": lambda: stack((3,), L.Dense(2, name="a_name_without_a_space_that_is_longer_than_its_column"), L.Dense(1, name="two words of which the second line takes the rest")),
}

# Titles, the columns of the terminal, and the arguments of Model.summary.
SUMMARIES = [
    *[(title, 80, {}) for title in [*SMALL, "open image", "frozen", "siamese", "operations", "dtypes"]],
    *[(title, 300, {}) for title in ["notebook", "states"]],
    *[(title, 300, ALL) for title in ["sequential in sequential", "nested"]],
    ("frozen", 80, ALL),
    ("mnist", 80, {"line_length": 50}),
    ("siamese", 300, {"line_length": 131, "show_trainable": True}),
    ("mnist", 80, {"positions": [0.5, 0.7, 1.0]}),
]


def summary(title, columns, arguments):
    keras.backend.clear_session()
    model = {**MODELS, **SMALL}[title]()
    os.environ["COLUMNS"] = str(columns)
    text = []
    model.summary(print_fn=text.append, **arguments)
    own = {"json": json.loads(model.to_json())} if title in SMALL else {}
    return {"title": title, "columns": columns, "arguments": arguments, **own, "lines": "".join(text).rstrip("\n").split("\n")}


def write(rows, name):
    lines = ",\n".join(json.dumps(row, separators=(",", ":"), ensure_ascii=name == "models") for row in rows)
    sys.stdout.write(f'{{"keras":"{keras.__version__}","{name}":[\n{lines}\n]}}\n')


def main():
    if sys.argv[1:] == ["summaries"]:
        return write([summary(*row) for row in SUMMARIES], "summaries")
    rows = []
    for title, build in MODELS.items():
        keras.backend.clear_session()
        recorded.clear()
        try:
            rows.append(describe(title, build()))
        except Exception as error:
            raise RuntimeError(title) from error
    write(rows, "models")


main()
