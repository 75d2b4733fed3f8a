"""The names that a version of Keras gives to the weights of models which it reads from JSON.

    python3 names.py [keras|tf.keras] > names-<version>.json

Every model is built and written as JSON, which is cut down to what matters here. "built" has the names of its weights,
which are their paths in Keras 3, and "read" those of the model that the same Keras reads from the JSON, where they are
others. Models that a version cannot build are left out. Runs on Keras 2.2 to 3, and on tf.keras from TensorFlow 1.15
on. Needs the package, and a backend of it.
"""

import json
import sys

MODULE = sys.argv[1] if len(sys.argv) > 1 else "keras"
if MODULE == "tf.keras":
    import tensorflow as tf

    keras = tf.keras
else:
    import keras

L = keras.layers
Input, Model, Sequential = keras.layers.Input, keras.models.Model, keras.models.Sequential
# What a file of tf.keras calls its version is not always there as an attribute.
VERSION = json.loads(Sequential([L.Dense(1, input_shape=(1,))]).to_json()).get("keras_version") or keras.__version__
BACKEND = f"tensorflow {tf.__version__}" if MODULE == "tf.keras" else keras.backend.backend()


def stack():
    return Sequential([L.Dense(2, input_shape=(3,)), L.BatchNormalization(), L.Dense(2)])


def deferred():
    model = Sequential([L.Dense(2), L.Dense(2)])
    model.build((None, 3))
    return model


def stack_of_stacks():
    inner = Sequential([L.Dense(2, input_shape=(3,)), L.Dense(2, name="last")])
    return Sequential([inner, L.Dense(2), Sequential([L.Dense(1, input_shape=(2,))])])


def deferred_in_stack():
    return Sequential([L.Dense(2, input_shape=(3,)), Sequential([L.Dense(2), L.Dense(1)])])


def deferred_in_graph():
    x = Input((3,))
    inner = Sequential([L.Dense(2), L.Dense(1)])
    return Model(x, L.Dense(1)(inner(x)))


def graph_in_graph():
    a = Input((3,))
    inner = Model(a, L.Dense(3, name="dense")(L.Conv1D(3, 1, name="conv")(L.Reshape((1, 3))(a))), name="inner")
    b = Input((3,))
    x = L.Reshape((3,))(inner(b))
    return Model(b, L.Dense(1, name="out")(L.Reshape((3,))(inner(x))))


def graph_in_stack_in_stack():
    a = Input((4, 4, 3))
    x = L.Conv2D(2, 3, name="Conv1")(a)
    x = L.DepthwiseConv2D(2, name="depthwise")(x)
    model = Model(a, L.BatchNormalization(name="bn")(x), name="model1")
    body = Sequential([model, L.GlobalAveragePooling2D()])
    head = Sequential([L.Dense(3, input_shape=(2,)), L.Dense(2, use_bias=False)])
    return Sequential([body, head])


def graph():
    a, b = Input((5,), name="a"), Input((4, 4, 3), name="b")
    x = L.Embedding(7, 2)(a)
    x = L.SeparableConv1D(2, 2)(x) if hasattr(L, "SeparableConv1D") else x
    x = L.GlobalMaxPooling1D()(L.PReLU()(x))
    y = L.Conv2DTranspose(2, 2)(b)
    if hasattr(L, "LayerNormalization"):
        y = L.LayerNormalization()(y)
    if hasattr(L, "GroupNormalization"):
        y = L.GroupNormalization(2)(y)
    y = L.Flatten()(L.SeparableConv2D(2, 2)(y))
    dense = L.Dense(2)
    return Model([a, b], L.Concatenate()([dense(x), dense(L.Dense(2)(y))]))


def recurrent():
    return Sequential(
        [
            L.LSTM(2, return_sequences=True, input_shape=(4, 3)),
            L.GRU(2, return_sequences=True),
            L.LSTM(2, return_sequences=True, name="second"),
            L.SimpleRNN(2, return_sequences=True),
            L.LSTM(2),
            L.Dense(1),
        ]
    )


def convolving():
    x = Input((3, 4, 4, 2))
    y = L.ConvLSTM2D(2, 2, return_sequences=True)(x)
    return Model(x, L.ConvLSTM2D(2, 2)(y))


def both_ways():
    return Sequential(
        [
            L.Bidirectional(L.LSTM(2, return_sequences=True), input_shape=(4, 3)),
            L.Bidirectional(L.GRU(2, return_sequences=True), merge_mode="sum", name="sum"),
            L.LSTM(2, return_sequences=True),
            L.Bidirectional(L.LSTM(2, name="named")),
        ]
    )


def both_ways_in_graph():
    x = Input((4, 3))
    y = L.Bidirectional(L.SimpleRNN(2, return_sequences=True))(x)
    inner = Sequential([L.LSTM(2, return_sequences=True, input_shape=(4, 4)), L.GRU(2)])
    return Model(x, inner(y))


def two_layers_both_ways():
    forward, backward = L.LSTM(2), L.GRU(2, go_backwards=True)
    return Sequential([L.Bidirectional(forward, backward_layer=backward, input_shape=(4, 3))])


def over_time():
    a = Input((3,))
    inner = Model(a, L.Dense(2)(a), name="inner")
    return Sequential(
        [
            L.TimeDistributed(L.Dense(3), input_shape=(4, 3)),
            L.TimeDistributed(inner),
            L.TimeDistributed(Sequential([L.Dense(2, input_shape=(2,))], name="stack")),
            L.TimeDistributed(L.BatchNormalization(name="bn"), name="steps"),
        ]
    )


def cells():
    x = Input((4, 3))
    y = L.RNN(L.LSTMCell(2), return_sequences=True)(x)
    y = L.RNN([L.LSTMCell(2), L.GRUCell(2, name="gru")], return_sequences=True)(y)
    y = L.RNN(L.StackedRNNCells([L.SimpleRNNCell(2, name="one"), L.SimpleRNNCell(2, name="two")]), return_sequences=True)(y)
    return Model(x, L.LSTM(2)(y))


def attention():
    x = Input((4, 3))
    y = L.MultiHeadAttention(2, 2)(x, x)
    y = L.MultiHeadAttention(2, 2, name="second")(y, x)
    y = L.AdditiveAttention()([y, x])
    return Model(x, L.Attention(use_scale=True)([y, x]))


def grouped_attention():
    x = Input((4, 3))
    return Model(x, L.GroupQueryAttention(2, 2, 1)(x, x))


def wrapped():
    x = Input((4, 4, 3))
    y = L.SpectralNormalization(L.Conv2D(2, 2, name="conv"))(x)
    return Model(x, L.EinsumDense("abcd,de->abce", (None, None, 2), bias_axes="e")(y))


MODELS = [
    stack, deferred, stack_of_stacks, deferred_in_stack, deferred_in_graph, graph_in_graph, graph_in_stack_in_stack,
    graph, recurrent, convolving, both_ways, both_ways_in_graph, two_layers_both_ways, over_time, cells, attention,
    grouped_attention, wrapped,
]  # fmt: skip

SKIPPED = ("_initializer", "_regularizer", "_constraint", "activation", "_axes", "implementation", "dropout")


def short(value):
    """The JSON without what changes no name and no shape, which Keras fills in again."""
    if isinstance(value, list):
        return [short(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: short(one)
        for key, one in value.items()
        if not (key.endswith(SKIPPED) and key != "bias_axes") and (one is not None or key == "build_input_shape")
    }


def described(model):
    keras3 = int(VERSION.split(".")[0]) > 2
    return [weight.path if keras3 else weight.name for weight in model.weights]


def main():
    vectors = []
    for build in MODELS:
        keras.backend.clear_session()
        try:
            model = build()
            text = model.to_json()
        except Exception as error:
            print(f"{build.__name__} is not built: {str(error).splitlines()[0]}", file=sys.stderr)
            continue
        source = short(json.loads(text))
        shapes = [[int(n) for n in weight.shape] for weight in model.weights]
        vector = {"title": build.__name__, "json": source, "shapes": shapes, "built": described(model)}
        keras.backend.clear_session()
        try:
            read = described(keras.models.model_from_json(json.dumps(source)))
            if read != vector["built"]:
                vector["read"] = read
        except Exception as error:
            print(f"{build.__name__} is not read: {str(error).splitlines()[0]}", file=sys.stderr)
        vectors.append(vector)
    rows = ",\n".join("  " + json.dumps(vector, separators=(",", ":")) for vector in vectors)
    print(f'{{"module": "{MODULE}", "version": "{VERSION}", "backend": "{BACKEND}", "models": [\n{rows}\n]}}')


main()
