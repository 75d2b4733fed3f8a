"""Writes keras1.json: models of Keras 1, and what Keras 1 itself says about each of their weights.

Keras 1 runs on Python 3.6. For each version:

    pip install 'numpy<1.17' 'scipy<1.4' six pyyaml h5py==2.10 theano==0.9.0 tensorflow==1.2.1
    pip install --no-deps keras==1.2.2  # and likewise 1.1.2 and 1.0.8
    KERAS_BACKEND=theano THEANO_FLAGS=cxx= python keras1.py >> rows
    KERAS_BACKEND=tensorflow python keras1.py >> rows  # for 1.2.2: layers that Theano does not have
    python keras1.py join rows > keras1.json

Each row of "weights" is [name, shape, law, trainable], without the ":0" of TensorFlow's names. A law is what Keras
asked its backend for: ["uniform", limit], ["normal", stddev], ["constant", value], ["parts", values] for a vector, or
["orthogonal", scale, rows, columns]. They are in the order of a file of weights, layer by
layer. "shapes" are the output shapes of all layers that the model lists.
"""

import json
import sys

if len(sys.argv) > 1:
    rows = [json.loads(line) for line in open(sys.argv[2]) if line.startswith("{")]
    print("[\n" + ",\n".join(json.dumps(row, sort_keys=True, separators=(",", ":")) for row in rows) + "\n]")
    sys.exit()

import keras
import numpy as np
from keras import backend as K
from keras import initializations
from keras.layers import *
from keras.models import Model, Sequential

minor = int(keras.__version__.split(".")[1])
laws = {}
original = {
    name: getattr(K, name) for name in ["random_uniform_variable", "random_normal_variable", "variable", "zeros", "ones"]
}


def recorded(name, law):
    def call(*args, **kwargs):
        variable = original[name](*args, **kwargs)
        laws[id(variable)] = law(*args, **kwargs)
        return variable

    return call


def constant(value, **_):
    value = np.asarray(value)
    first = value.reshape(-1)[0] if value.size else 0
    return ["constant", float(first)] if (value == first).all() else ["parts", value.tolist()]


K.random_uniform_variable = recorded("random_uniform_variable", lambda shape, low, high, **_: ["uniform", float(high)])
K.random_normal_variable = recorded("random_normal_variable", lambda shape, mean, scale, **_: ["normal", float(scale)])
K.variable = recorded("variable", lambda value, *_, **kwargs: constant(value))
K.zeros = recorded("zeros", lambda *_, **kwargs: ["constant", 0.0])
K.ones = recorded("ones", lambda *_, **kwargs: ["constant", 1.0])
orthogonal = initializations.orthogonal


def orthogonal_recorded(shape, scale=1.1, **kwargs):
    variable = orthogonal(shape, scale=scale, **kwargs)
    laws[id(variable)] = ["orthogonal", scale, int(shape[0]), int(np.prod(shape[1:]))]
    return variable


orthogonal_recorded.__name__ = "orthogonal"
initializations.orthogonal = orthogonal_recorded


def images(ordering):
    shape = (3, 20, 12) if ordering == "th" else (20, 12, 3)
    with_order = {"dim_ordering": ordering}
    model = Sequential()
    model.add(ZeroPadding2D((1, 2), input_shape=shape, **with_order))
    model.add(Convolution2D(4, 3, 2, activation="relu", W_regularizer="l2", **with_order))
    model.add(BatchNormalization(axis=1 if ordering == "th" else -1))
    model.add(MaxPooling2D((2, 2), border_mode="same", **with_order))
    model.add(Convolution2D(5, 3, 3, subsample=(2, 1), border_mode="same", init="he_normal", bias=False, **with_order))
    model.add(AtrousConvolution2D(6, 2, 2, atrous_rate=(2, 2), init="glorot_normal", **with_order))
    model.add(UpSampling2D((2, 3), **with_order))
    model.add(Cropping2D(((1, 0), (0, 1)), **with_order))
    model.add(LocallyConnected2D(2, 2, 2, **with_order))
    model.add(SpatialDropout2D(0.2, **with_order))
    model.add(PReLU())
    model.add(AveragePooling2D((2, 2), strides=(1, 1), **with_order))
    model.add(Convolution2D(3, 1, 1, init="orthogonal", **with_order))
    model.add(GlobalAveragePooling2D(**with_order))
    model.add(Dense(7, init="lecun_uniform"))
    model.add(Activation("softmax"))
    return model


def volumes(ordering):
    shape = (2, 8, 9, 10) if ordering == "th" else (8, 9, 10, 2)
    with_order = {"dim_ordering": ordering}
    model = Sequential()
    model.add(Convolution3D(4, 3, 2, 1, input_shape=shape, **with_order))
    model.add(MaxPooling3D((2, 2, 2), **with_order))
    model.add(ZeroPadding3D((1, 1, 1), **with_order))
    model.add(Convolution3D(2, 2, 2, 2, init="he_uniform", subsample=(2, 2, 2), **with_order))
    model.add(Flatten())
    model.add(MaxoutDense(3, nb_feature=2))
    model.add(Highway())
    return model


def sequences():
    model = Sequential()
    model.add(Embedding(20, 6, input_length=15, dropout=0.1))
    model.add(Convolution1D(8, 3, border_mode="same"))
    model.add(MaxPooling1D(2))
    if minor >= 1:
        model.add(AtrousConvolution1D(5, 2, atrous_rate=2, init="normal"))
    model.add(LocallyConnected1D(4, 2))
    model.add(ZeroPadding1D(1))
    model.add(UpSampling1D(2))
    model.add(LSTM(3, return_sequences=True))
    model.add(LSTM(4, return_sequences=True, consume_less="gpu", forget_bias_init="one"))
    model.add(GRU(3, return_sequences=True, inner_init="identity"))
    model.add(GRU(2, return_sequences=True, consume_less="gpu"))
    model.add(LSTM(3, return_sequences=True, forget_bias_init="zero"))
    model.add(SimpleRNN(3, return_sequences=True, init="uniform", trainable=False))
    model.add(Bidirectional(GRU(2, return_sequences=True), merge_mode="sum"))
    model.add(TimeDistributed(Dense(4)))
    model.add(Bidirectional(LSTM(2)))
    return model


def activations():
    model = Sequential()
    model.add(Dense(6, input_dim=5, init="glorot_normal", W_constraint="maxnorm"))
    for layer in [LeakyReLU(0.2), ELU(), ThresholdedReLU(), ParametricSoftplus(), SReLU(), GaussianNoise(0.1)]:
        model.add(layer)
    model.add(GaussianDropout(0.3))
    model.add(Dropout(0.5))
    model.add(BatchNormalization(mode=1))
    model.add(RepeatVector(4))
    model.add(Permute((2, 1)))
    model.add(Reshape((3, -1)))
    model.add(TimeDistributedDense(2, bias=False))
    model.add(ActivityRegularization(l1=0.1))
    model.add(Lambda(lambda x: x * 2, output_shape=(3, 2)))
    model.add(Flatten())
    model.add(Dense(1, init="one"))
    return model


def merged():
    left = Sequential()
    left.add(Dense(4, input_dim=3))
    right = Sequential()
    right.add(Embedding(9, 4, input_length=2))
    right.add(Flatten())
    right.add(Dense(4))
    inner = Sequential()
    inner.add(Merge([left, right], mode="concat"))
    inner.add(Dense(6))
    other = Sequential()
    other.add(Dense(6, input_dim=2))
    model = Sequential()
    model.add(Merge([inner, other], mode="dot", dot_axes=1))
    model.add(Dense(2))
    return model


def graph():
    x, y = Input((8,)), Input((8,))
    encoder = Sequential([Dense(5, input_dim=8), Dense(5)])
    shared = Dense(5)
    a, b = encoder(x), encoder(y)
    modes = [merge([a, b], mode=mode) for mode in ["sum", "mul", "ave", "max"]]
    both = merge([shared(modes[0]), shared(modes[1]), modes[2], modes[3]], mode="concat", concat_axis=1)
    cosine = merge([a, b], mode="cos", dot_axes=-1)
    code = merge([a, b], mode=lambda tensors: tensors[0] - tensors[1], output_shape=(5,))
    output = Dense(3)(merge([both, Dense(2)(code)], mode="concat"))
    return Model([x, y], [output, cosine])


def deconvolution(ordering):
    shape = (3, 6, 7) if ordering == "th" else (6, 7, 3)
    output = (None, 4, 13, 15) if ordering == "th" else (None, 13, 15, 4)
    with_order = {"dim_ordering": ordering}
    model = Sequential()
    model.add(Deconvolution2D(4, 3, 3, output, subsample=(2, 2), input_shape=shape, **with_order))
    model.add(SeparableConvolution2D(9, 3, 3, depth_multiplier=2, border_mode="same", **with_order))
    return model


def convolutional_lstm(ordering):
    shape = (4, 2, 6, 7) if ordering == "th" else (4, 6, 7, 2)
    model = Sequential()
    model.add(ConvLSTM2D(3, 2, 2, input_shape=shape, dim_ordering=ordering, return_sequences=True))
    model.add(ConvLSTM2D(2, 2, 2, border_mode="same", dim_ordering=ordering))
    return model


def law_of(weight):
    return laws[id(weight)]


def layers_of(model):
    return model.flattened_layers if hasattr(model, "flattened_layers") else model.layers


def shape_of(layer):
    try:
        shapes = layer.output_shape
    except Exception:
        return None  # It has several.
    return [list(shape) for shape in shapes] if isinstance(shapes, list) else list(shapes)


def case(name, make):
    K.get_uid.__globals__["_UID_PREFIXES"].clear()
    if K.backend() == "tensorflow":
        K.clear_session()
    model = make()
    trainable = {id(weight) for weight in model.trainable_weights}
    weights = [
        [
            weight.name.split(":")[0],
            [int(size) for size in K.get_value(weight).shape],
            law_of(weight),
            id(weight) in trainable,
        ]
        for layer in layers_of(model)
        for weight in layer.weights
    ]
    row = {
        "case": name + " of Keras " + keras.__version__,
        "json": json.loads(model.to_json()),
        "weights": weights,
        "shapes": {layer.name: shape_of(layer) for layer in layers_of(model)},
    }
    print(json.dumps(row, sort_keys=True, default=int))


if K.backend() == "tensorflow":
    for ordering in ["th", "tf"]:
        case("deconvolution, " + ordering, lambda: deconvolution(ordering))
    sys.exit()
case("sequences", sequences)
case("volumes, th", lambda: volumes("th"))
if minor >= 2:
    case("volumes, tf", lambda: volumes("tf"))
    for ordering in ["th", "tf"]:
        case("images, " + ordering, lambda: images(ordering))
        case("convolutional LSTMs, " + ordering, lambda: convolutional_lstm(ordering))
    case("activations", activations)
    case("merged models", merged)
    case("a graph", graph)
