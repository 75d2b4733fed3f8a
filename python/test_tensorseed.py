"""Tests of tensorseed.py: `python3 -m unittest python/test_tensorseed.py` in the root of the repository.

They hold it against the golden values and checksums of the stream contract, and against the reference that
was written from the contract alone.
"""

import contextlib
import doctest
import hashlib
import io
import json
import math
import random
import sys
import tempfile
import unittest
import warnings
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "python"), str(ROOT / "test" / "contract")]

import reference  # noqa: E402
import tensorseed  # noqa: E402
from tensorseed import Key, fill  # noqa: E402

try:
    import ml_dtypes
except ImportError:
    ml_dtypes = None

ALL = (1 << 64) - 1  # elements of a tensor that is never computed whole
ELEMENTS_OF_CHECKSUM = 1 << 24

# tensorseed.py has no gamma, and says so. test/contract/reference.py has it.
GOLDEN = [
    case
    for case in reference.read_json((ROOT / "test/contract/golden.json").read_text("utf-8"))
    if case["draw"]["kind"] != "gamma"
]
CHECKSUMMED = reference.read_json((ROOT / "src/verify/checksums.json").read_text("utf-8"))


def computed(case, start, count, of=ALL):
    """Elements of a case of a golden file."""
    draw = dict(case["draw"])
    kind = draw.pop("kind")
    given = {"start": start, "count": count}
    if kind != "bits":
        given["dtype"] = case["dtype"]
    if kind == "eye":
        return tensorseed.eye(draw["rows"], draw["columns"], draw["value"], **given)
    if kind == "constant":
        return tensorseed.constant(of, draw["value"], **given)
    if kind == "truncated_normal":
        draw["lower"] = -math.inf if draw.get("lower") is None else draw["lower"]
        draw["upper"] = math.inf if draw.get("upper") is None else draw["upper"]
    if kind == "bernoulli_packed":
        kind, draw["packed"] = "bernoulli", True
    if kind == "permutation_wide":
        kind, draw["wide"] = "permutation", True
    of = min(draw.get("size", of) << draw.get("wide", 0), ALL)
    return getattr(tensorseed, kind)(of, **draw, **given, seed=int(case["seed"]), name=case.get("name"))


def patterns(array):
    return array.view({1: np.uint8, 2: np.uint16, 4: np.uint32}[array.itemsize])


def hex_of(array):
    return " ".join(f"{pattern:0{2 * array.itemsize}x}" for pattern in patterns(array).tolist())


class Golden(unittest.TestCase):
    def test_values(self):
        self.assertGreater(len(GOLDEN) + len(CHECKSUMMED), 100)
        for case in [*GOLDEN, *CHECKSUMMED]:
            for part in [{"start": 0, "values": case["first"]}, *case.get("far", [])]:
                with self.subTest(case["draw"], dtype=case["dtype"], start=part["start"]):
                    got = computed(case, part["start"], len(part["values"].split()))
                    self.assertEqual(hex_of(got), part["values"])


class Checksums(unittest.TestCase):
    """They take a minute."""

    def test_2_24_elements(self):
        self.assertGreater(len(CHECKSUMMED), 20)
        for case in CHECKSUMMED:
            with self.subTest(case["draw"], dtype=case["dtype"]):
                array = computed(case, 0, ELEMENTS_OF_CHECKSUM)
                self.assertEqual(hashlib.sha256(array.tobytes()).hexdigest(), case["sha256"])


class Keys(unittest.TestCase):
    def test_worked_values_of_the_contract(self):
        key = Key(42)
        for got, expected in [
            (key.fold(""), "20439b04 9807e022"),
            (key.fold("encoder/layer_0/kernel"), "ae558ea0 d1fad204"),
            (key.fold("größe/重み"), "180cc704 95e7d388"),
            (key.fold(0), "99cf4594 ae686976"),
            (key.fold(3), "563f6151 b9543070"),
            (key.fold("3"), "4ff04ec8 2b30986e"),
            (key.fold((1 << 64) - 1), "0da0ad39 22feac17"),
            (key.split(3)[0], "52e2ee0c c923d0c8"),
            (key.split(3)[2], "37586e6a 6530ce78"),
        ]:
            self.assertEqual(f"{got.lo:08x} {got.hi:08x}", expected)

    def test_names_of_any_length(self):
        pieces = random.Random(1)
        for length in range(60):
            name = "".join(pieces.choice("a/é重") for _ in range(length))
            lo, hi = reference.fold((7, 9), name)
            self.assertEqual(Key(7 | 9 << 32).fold(name).value, lo | hi << 32)

    def test_is_a_value(self):
        key = Key(np.uint64((1 << 64) - 1))
        self.assertEqual((key.lo, key.hi, int(key)), (0xFFFFFFFF, 0xFFFFFFFF, (1 << 64) - 1))
        self.assertEqual(Key(key.value), key)
        self.assertEqual(len({key, Key(key), Key(1)}), 2)
        self.assertEqual(eval(repr(key)), key)
        with self.assertRaises(AttributeError):
            key.value = 1
        self.assertTrue(
            (fill("normal", 5, seed=key.fold("a")) == fill("normal", 5, seed=key, name="a")).all()
        )


class Reference(unittest.TestCase):
    """Random draws, in all dtypes, with parameters from the smallest float to the largest."""

    def number(self, choose):
        if choose.random() < 0.2:
            special = [0, 1, 0.5, 3, 65504, 2.0**-24, 2.0**-126, 2.0**-140, 2.0**-149, 1e-60, 3e38]
            value = float(choose.choice(special))
        else:
            value = choose.random() * 10 ** choose.choice([choose.uniform(-8, 5), choose.uniform(-45, 38.5)])
        return choose.choice([1, -1]) * value

    def draw(self, choose):
        kind = choose.choice(["uniform", "normal", "truncated_normal", "constant", "eye"])
        a, b = self.number(choose), self.number(choose)
        if kind == "uniform":
            a = choose.choice([a, -b, b * (1 - choose.random() * 1e-3)])
            return {"kind": kind, "low": min(a, b), "high": max(a, b)}
        if kind == "normal":
            return {"kind": kind, "mean": a, "stddev": abs(b)}
        if kind == "truncated_normal":
            lower = choose.choice([-math.inf, -2.0, choose.uniform(-8, 2)])
            upper = choose.choice([math.inf, 2.0, choose.uniform(-2, 8)])
            return {"kind": kind, "mean": a, "stddev": abs(b), "lower": lower, "upper": upper}
        if kind == "constant":
            return {"kind": kind, "value": a}
        return {"kind": kind, "rows": choose.randrange(9), "columns": choose.randrange(1, 9), "value": a}

    def test_random_draws(self):
        choose = random.Random(2)
        refused = wide = 0
        for _ in range(1500):
            draw = self.draw(choose)
            case = {
                "draw": draw,
                "dtype": choose.choice(["float32", "float16", "bfloat16"]),
                "seed": choose.getrandbits(64),
                "name": choose.choice([None, "", "a/b"]),
            }
            start = choose.choice([choose.randrange(5), (1 << 34) - 2, choose.getrandbits(60), ALL - 40])
            count = choose.randrange(1, 40)
            if draw["kind"] == "eye":
                start = choose.randint(0, draw["rows"] * draw["columns"])
                count = draw["rows"] * draw["columns"] - start
            with self.subTest(case, start=start):
                try:
                    expected = list(reference.elements(case, start, count))
                except reference.Refused:
                    refused += 1
                    with self.assertRaises(ValueError) as caught:
                        computed(case, start, count)
                    self.assertNotIn("\n", str(caught.exception))
                    continue
                self.assertEqual(patterns(computed(case, start, count)).tolist(), expected)
            if draw["kind"] == "normal":
                offset, scale = (np.float32(draw[name]) for name in ("mean", "stddev"))
                if scale > 0:
                    fraction = tensorseed.Fraction(float(scale))
                    wide += not tensorseed._Affine(float(offset), fraction, 28).narrow
        self.assertGreater(refused, 50)
        self.assertGreater(wide, 50)

    def test_normals_of_every_octave_and_segment(self):
        choose = random.Random(3)
        near = [(base + by) & 0xFFFFFFFF for k in range(33) for base in [1 << k] for by in range(-2, 3)]
        near += [((eighth << 29) + by) & 0xFFFFFFFF for eighth in range(8) for by in (-1, 0, 1)]
        pairs = [(w0, w1) for w0 in near for w1 in choose.sample(near, 12)]
        pairs += [(choose.getrandbits(32), choose.getrandbits(32)) for _ in range(2 * tensorseed._BLOCKS)]
        pairs = pairs[: 2 * tensorseed._BLOCKS]
        words = np.array(pairs, np.uint64).reshape(-1, 4).T.copy()
        got = tensorseed._normals(words, tensorseed._Scratch(2 * len(pairs)))
        self.assertEqual(got.tolist(), [z for w0, w1 in pairs for z in reference.normal_pair(w0, w1)])


class Tensors(unittest.TestCase):
    def test_parts_are_those_of_the_whole(self):
        size = 3 * 4 * tensorseed._BLOCKS + 5
        for draw in (tensorseed.bits, tensorseed.uniform, tensorseed.normal, tensorseed.truncated_normal):
            whole = draw(size, seed=1)
            for start, end in [(0, 1), (1, 2), (2, 11), (32765, 32775), (7, size), (size - 3, size), (9, 9)]:
                part = draw(size, seed=1, start=start, count=end - start)
                self.assertEqual(part.tobytes(), whole[start:end].tobytes(), (draw.__name__, start, end))
            self.assertEqual(draw(size, seed=1, start=size - 2).tobytes(), whole[-2:].tobytes())

    def test_a_narrow_window_in_parts(self):
        given = {"lower": 2.1, "upper": math.inf, "seed": 5}
        whole = tensorseed.truncated_normal(20_000, **given)
        self.assertTrue((whole > 2.1).all())
        part = tensorseed.truncated_normal(20_000, **given, start=4_001, count=777)
        self.assertEqual(part.tobytes(), whole[4_001:4_778].tobytes())

    def test_shapes_and_dtypes(self):
        for shape, expected in [((), ()), (3, (3,)), ([2, 3], (2, 3)), ((0, 4), (0, 4)), (np.int64(2), (2,))]:
            for dtype in ("float32", "float16"):
                array = fill("he_normal", shape, seed=1, dtype=dtype)
                self.assertEqual((array.shape, array.dtype.name), (expected, dtype))
        self.assertEqual(fill("bits", 3, seed=1).dtype, np.uint32)
        self.assertEqual(fill("ones", 3, dtype=np.float16).dtype, np.float16)
        self.assertEqual(fill("he_normal", 4, seed=1, dtype="bfloat16").dtype, np.uint16)
        self.assertEqual(fill("zeros", (2, 2), start=1).shape, (3,))

    @unittest.skipIf(ml_dtypes is None, "ml_dtypes is not installed")
    def test_bfloat16_of_ml_dtypes(self):
        for name, options in [("he_normal", {"seed": 1}), ("constant", {"value": 1.7}), ("identity", {})]:
            array = fill(name, (30, 20), dtype=ml_dtypes.bfloat16, **options)
            self.assertEqual(array.dtype, ml_dtypes.bfloat16)
            same = fill(name, (30, 20), dtype="bfloat16", **options)
            self.assertEqual(array.tobytes(), same.tobytes())
        rounded = fill("constant", 1, value=1.7, dtype=ml_dtypes.bfloat16)
        self.assertEqual(rounded[0], ml_dtypes.bfloat16(1.7))

    def test_a_strict_numpy_sees_no_fault(self):
        with np.errstate(all="raise"), warnings.catch_warnings():
            warnings.simplefilter("error")
            for dtype in ("float32", "float16", "bfloat16"):
                tensorseed.normal(1000, 0, 1e-7, seed=1, dtype=dtype)
                tensorseed.truncated_normal(1000, 0, 2.0**-130, seed=1, dtype=dtype)
                tensorseed.uniform(1000, 0, 1e-6, seed=1, dtype=dtype)
                tensorseed.constant(3, 1e-60, dtype=dtype)

    def test_minus_zero_stays(self):
        self.assertEqual(hex_of(tensorseed.constant(1, -0.0)), "80000000")
        self.assertEqual(hex_of(tensorseed.normal(1, -1e-60, 0.0, seed=1)), "80000000")


class Initializers(unittest.TestCase):
    def test_every_name(self):
        for names in [
            ("he_normal", "HeNormal"),
            ("random_normal", "RandomNormal", "normal"),
            ("random_uniform", "RandomUniform", "uniform"),
            ("zeros", "Zeros", "zero"),
            ("ones", "Ones", "one"),
            ("identity", "Identity", "IdentityInitializer"),
            ("lecun_uniform", "LecunUniform"),
            ("variance_scaling", "VarianceScaling"),
        ]:
            arrays = {fill(name, (4, 6), seed=1).tobytes() for name in names}
            self.assertEqual(len(arrays), 1, names)

    def test_what_they_draw(self):
        limit = math.sqrt(3 * (2 / 576))
        for name, options, shape, expected in [
            ("random_normal", {"stddev": 0.02, "mean": 1}, 9, tensorseed.normal(9, 1, 0.02, seed=1)),
            ("random_uniform", {}, 9, tensorseed.uniform(9, -0.05, 0.05, seed=1)),
            ("random_uniform", {"minval": 2, "maxval": 2}, 3, tensorseed.constant(3, 2)),
            (
                "truncated_normal",
                {"upper": None},
                9,
                tensorseed.truncated_normal(9, 0, 0.05, -2, math.inf, seed=1),
            ),
            ("constant", {"value": True}, 3, tensorseed.constant(3, 1)),
            ("identity", {"gain": 3}, (2, 3), tensorseed.eye(2, 3, 3)),
            ("he_uniform", {}, (3, 3, 64, 2), tensorseed.uniform((3, 3, 64, 2), -limit, limit, seed=1)),
            (
                "he_uniform",
                {"input_axes": [-1], "output_axes": [0]},
                (128, 6),
                tensorseed.uniform((128, 6), -1, 1, seed=1),
            ),
            ("lecun_normal", {}, (), tensorseed.truncated_normal((), 0, 1 / 0.87962566103423978, seed=1)),
            ("glorot_uniform", {}, (2, 4), tensorseed.uniform((2, 4), -1, 1, seed=1)),
            (
                "variance_scaling",
                {"scale": 4, "mode": "fan_out", "distribution": "untruncated_normal"},
                (3, 4),
                tensorseed.normal((3, 4), 0, 1, seed=1),
            ),
            ("variance_scaling", {"distribution": "Normal"}, (3, 4), fill("lecun_normal", (3, 4), seed=1)),
        ]:
            got = fill(name, shape, seed=1, **options)
            self.assertEqual(
                (got.shape, got.tobytes()), (expected.shape, expected.tobytes()), (name, options)
            )

    def test_the_configuration_of_keras(self):
        json_of_keras = {"class_name": "RandomNormal", "config": {"mean": 0.0, "stddev": 0.02, "seed": 7}}
        got = fill(json_of_keras["class_name"], (2, 3), **json_of_keras["config"])
        self.assertEqual(got.tobytes(), tensorseed.normal((2, 3), 0, 0.02, seed=7).tobytes())


class Refusals(unittest.TestCase):
    def test_each_is_one_line_with_the_value(self):
        nan, inf = math.nan, math.inf
        for message, call in [
            ("seed must be an integer in [0, 2^64), got -1", lambda: Key(-1)),
            ("seed must be an integer in [0, 2^64), got 18446744073709551616", lambda: Key(1 << 64)),
            ("seed must be an integer in [0, 2^64), got 1.0", lambda: fill("he_normal", 3, seed=1.0)),
            ("seed must be an integer in [0, 2^64), got True", lambda: fill("he_normal", 3, seed=True)),
            ("seed must be an integer in [0, 2^64), got '42'", lambda: fill("he_normal", 3, seed="42")),
            ("seed is missing: give for example seed=42", lambda: fill("he_normal", 3)),
            ("a name must be a string of well-formed Unicode, got '\\ud800'", lambda: Key(1).fold("\ud800")),
            (
                "a name must be a string of well-formed Unicode, got 3",
                lambda: fill("he_normal", 3, seed=1, name=3),
            ),
            (
                "fold takes a name, or an integer in [0, 2^64), got -3",
                lambda: Key(1).fold(-3),
            ),
            (
                "the number of keys of a split must be an integer in [0, 65536], got 65537",
                lambda: Key(1).split(65537),
            ),
            (
                "stddev must be a finite number >= 0, got nan",
                lambda: tensorseed.normal(3, stddev=nan, seed=1),
            ),
            (
                "stddev must be a finite number >= 0, got -1",
                lambda: fill("random_normal", 3, stddev=-1, seed=1),
            ),
            ("stddev must be a finite number >= 0, got None", lambda: fill("normal", 3, stddev=None, seed=1)),
            ("mean must be a finite number, got inf", lambda: tensorseed.normal(3, inf, seed=1)),
            ("mean must be a finite number, got True", lambda: tensorseed.normal(3, True, seed=1)),
            ("value must be a finite number, got 1000000000", lambda: tensorseed.constant(3, 10**400)),
            ("value must fit float16, got 65520.0", lambda: tensorseed.constant(3, 65520, dtype="float16")),
            (
                "mean 0.0 with stddev 10000.0 reaches -67812.5, which does not fit float16",
                lambda: tensorseed.normal(3, 0, 1e4, seed=1, dtype="float16"),
            ),
            ("high must be >= low = 1.0, got 0.0", lambda: tensorseed.uniform(3, 1, 0, seed=1)),
            (
                "maxval must be >= minval = 1.0, got 0.0",
                lambda: fill("uniform", 3, minval=1, maxval=0, seed=1),
            ),
            (
                "no bfloat16 lies in [1.001, 1.002)",
                lambda: tensorseed.uniform(3, 1.001, 1.002, seed=1, dtype="bfloat16"),
            ),
            (
                "lower must be below upper = 1.0, got 1.0",
                lambda: tensorseed.truncated_normal(3, lower=1, upper=1, seed=1),
            ),
            (
                "lower must be a number, or infinite, got nan",
                lambda: tensorseed.truncated_normal(3, lower=nan, seed=1),
            ),
            (
                "[lower, upper] = [5.0, 6.0] stddev must hold at least 1/64 of a normal's mass, got 2.86e-07",
                lambda: tensorseed.truncated_normal(3, lower=5, upper=6, seed=1),
            ),
            ("unknown initializer 'he_norml'; did you mean he_normal?", lambda: fill("he_norml", 3, seed=1)),
            ("unknown initializer '?'; known are zeros, ones, ", lambda: fill("?", 3, seed=1)),
            ("an initializer must be a name such as 'he_normal', got None", lambda: fill(None, 3, seed=1)),
            (
                "orthogonal is not available here: STREAM.md defines no bits",
                lambda: fill("orthogonal", (3, 3), seed=1),
            ),
            (
                "he_normal has no option 'stddev'; its options are input_axes, output_axes",
                lambda: fill("he_normal", 3, stddev=1, seed=1),
            ),
            ("zeros has no option 'value'; it has none", lambda: fill("zeros", 3, value=1)),
            (
                "scale must be a finite number > 0, got 0",
                lambda: fill("variance_scaling", 3, scale=0, seed=1),
            ),
            (
                "mode must be one of fan_in, fan_out, fan_avg, fan_geo_avg, got 'fan'",
                lambda: fill("variance_scaling", 3, mode="fan", seed=1),
            ),
            (
                "distribution must be one of truncated_normal, untruncated_normal, uniform, got 1",
                lambda: fill("variance_scaling", 3, distribution=1, seed=1),
            ),
            (
                "input_axes must lie in [-1, 0] for shape (3,), got 1",
                lambda: fill("he_normal", 3, input_axes=[1], output_axes=[0], seed=1),
            ),
            ("Identity needs a shape of rank 2, got (3,) of rank 1", lambda: fill("identity", 3)),
            ("shape[1] must be an integer in [0, 2^64), got -2", lambda: fill("zeros", (3, -2))),
            ("shape[0] must be an integer in [0, 2^64), got 3.0", lambda: fill("zeros", 3.0)),
            (
                "a tensor must have fewer than 2^64 elements, got shape (4294967296, 4294967296)",
                lambda: fill("zeros", (1 << 32, 1 << 32)),
            ),
            ("start must be an integer in [0, 6], got 7", lambda: fill("zeros", (2, 3), start=7)),
            (
                "count from start 4 must be an integer in [0, 2], got 3",
                lambda: fill("zeros", (2, 3), start=4, count=3),
            ),
            (
                "dtype must be one of float32, float16, bfloat16, uint32, int32, uint8, int8, got 'float64'",
                lambda: fill("zeros", 3, dtype="float64"),
            ),
            (
                "dtype must be one of float32, float16, bfloat16, uint32, int32, uint8, int8, got <class 'numpy.float64'>",
                lambda: fill("zeros", 3, dtype=np.float64),
            ),
            (
                "dtype must be one of float32, float16, bfloat16, uint32, int32, uint8, int8, got dtype('>f4')",
                lambda: fill("zeros", 3, dtype=np.dtype(">f4")),
            ),
            ("bits are uint32, got dtype float32", lambda: fill("bits", 3, seed=1, dtype="float32")),
            (
                "dtype uint32 is for bits; other values are float32, float16 or bfloat16",
                lambda: fill("zeros", 3, dtype="uint32"),
            ),
        ]:
            with self.subTest(message):
                with self.assertRaises(ValueError) as caught:
                    call()
                self.assertTrue(str(caught.exception).startswith(message), str(caught.exception))
                self.assertNotIn("\n", str(caught.exception))
                self.assertLess(len(str(caught.exception)), 300)


class CommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def sample(self, out, *words):
        """Returns the exit code and what stands on stderr."""
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors):
            return tensorseed.main(["sample", *words, "--out", str(self.folder / out)]), errors.getvalue()

    def test_writes_what_fill_gives(self):
        words = ["he_normal", "784,128", "--seed", "42", "--name", "dense/kernel"]
        self.assertEqual(self.sample("x.npy", *words), (0, ""))
        whole = fill("he_normal", (784, 128), seed=42, name="dense/kernel")
        read = np.load(self.folder / "x.npy")
        self.assertEqual((read.shape, read.tobytes()), (whole.shape, whole.tobytes()))

        part = ["--dtype", "bfloat16", "--start", "7", "--count", "9"]
        self.assertEqual(self.sample("x.bin", *words, *part), (0, ""))
        half = fill("he_normal", (784, 128), seed=42, name="dense/kernel", dtype="bfloat16")
        self.assertEqual((self.folder / "x.bin").read_bytes(), half.reshape(-1)[7:16].tobytes())

        config = json.dumps({"stddev": 0.02, "seed": 7})
        self.assertEqual(self.sample("y.bin", "normal", "3", "--config", config), (0, ""))
        normals = tensorseed.normal(3, 0, 0.02, seed=7)
        self.assertEqual((self.folder / "y.bin").read_bytes(), normals.tobytes())

    def test_says_in_a_line_what_is_wrong(self):
        for message, words in [
            ("seed is missing: give for example seed=42", ["x.npy", "he_normal", "3"]),
            ("--seed must be an integer >= 0, got '-1'", ["x.npy", "he_normal", "3", "--seed=-1"]),
            ("a size of the shape must be an integer >= 0, got 'x'", ["x.npy", "zeros", "3,x"]),
            ("--config must be JSON, got '{'", ["x.npy", "zeros", "3", "--config", "{"]),
            ("--config must be an object, got '3'", ["x.npy", "zeros", "3", "--config", "3"]),
            ("--out must end in .npy or .bin, got ", ["x", "zeros", "3"]),
            (".npy has no type for bfloat16", ["x.npy", "zeros", "3", "--dtype", "bfloat16"]),
        ]:
            code, errors = self.sample(*words)
            self.assertEqual(code, 2)
            self.assertTrue(errors.startswith(f"tensorseed.py: {message}"), errors)
            self.assertEqual(errors.count("\n"), 1)
        self.assertEqual(list(self.folder.iterdir()), [])


class Discrete(unittest.TestCase):
    """The draws of DISTRIBUTIONS.md against the implementation that was written from that page."""

    def draw(self, choose, total):
        kind = choose.choice(["bernoulli", "bernoulli_packed", "rademacher", "randint", "poisson", "permutation", "permutation_wide"])
        if kind.startswith("bernoulli"):
            return {"kind": kind, "probability": choose.choice([0, 1, 0.5, choose.random(), choose.random() ** 20])}
        if kind == "randint":
            low = choose.choice([0, -128, -(1 << 31), choose.randrange(-100, 100)])
            return {"kind": kind, "low": low, "high": low + 1 + int(2 ** choose.uniform(0, 32))}
        if kind == "poisson":
            return {"kind": kind, "rate": choose.choice([0, 1 << 20, choose.random(), 10 ** choose.uniform(-9, 5)])}
        if kind == "permutation":
            return {"kind": kind, "size": choose.choice([total, total + choose.randrange(200), 1 << 31])}
        if kind == "permutation_wide":
            return {"kind": kind, "size": choose.choice([total // 2, total, 1 << 32, (1 << 40) + 1, 1 << 53])}
        return {"kind": kind}

    def test_random_draws(self):
        choose = random.Random(3)
        refused = 0
        for _ in range(600):
            total = choose.choice([40, 1000, 1 << 31])
            draw = self.draw(choose, total)
            dtypes = reference.discrete.DTYPES[draw["kind"]]
            case = {"draw": draw, "dtype": choose.choice(dtypes), "seed": choose.getrandbits(64), "name": None}
            start = choose.choice([0, choose.randrange(20), total - 20])
            count = choose.randrange(1, 20)
            options = {name: value for name, value in draw.items() if name != "kind"}
            name, _, option = draw["kind"].partition("_")
            if option:
                options[option] = True
            try:
                expected = reference.elements(case, start, count)
            except reference.Refused:
                refused += 1
                with self.assertRaises(ValueError):
                    tensorseed.fill(name, total, seed=case["seed"], dtype=case["dtype"], start=start, count=count, **options)
                continue
            found = tensorseed.fill(
                name, total, seed=case["seed"], dtype=case["dtype"], start=start, count=count, **options
            )
            self.assertEqual(patterns(found).tolist(), list(expected), case)
        self.assertGreater(refused, 5)

    def test_randint_over_many_pieces(self):
        values = tensorseed.randint(100_000, 5, 3_000_000_000, seed=1, dtype="uint32")
        case = {"draw": {"kind": "randint", "low": 5, "high": 3_000_000_000}, "dtype": "uint32", "seed": 1}
        self.assertEqual(list(values[-500:]), reference.elements(case, 99_500, 500))

    def test_a_permutation_has_every_integer_once(self):
        for size in (0, 1, 2, 3, 1000, 100_003):
            self.assertEqual(sorted(tensorseed.permutation(size, seed=size)), list(range(size)))


class Docstrings(unittest.TestCase):
    def test_examples(self):
        failed, tried = doctest.testmod(tensorseed)
        self.assertEqual(failed, 0)
        self.assertGreater(tried, 10)


if __name__ == "__main__":
    unittest.main()
