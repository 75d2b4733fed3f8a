"""The discrete draws of DISTRIBUTIONS.md, written again from that document alone, for reference.py.

Each draw is a function that gives, for the number of a block, the numbers of its four lanes. It gets
`words(block, attempt)`, the four words of a block of the tensor's key, and `keyed(c0, c1, c2, c3)`, which
is the generator with that key.
"""

import itertools
from fractions import Fraction

MASK = 0xFFFFFFFF

INTEGERS = {
    "int32": (-(1 << 31), (1 << 31) - 1),
    "uint32": (0, MASK),
    "int8": (-128, 127),
    "uint8": (0, 255),
}


class Refused(ValueError):
    """A draw that a contract refuses."""


# ---- Section 2: bernoulli and rademacher -------------------------------------------------------


def threshold_of(probability):
    if not 0 <= probability <= 1:
        raise Refused("a probability is in [0, 1]")
    return round(Fraction(probability) * (1 << 32))  # round() of a Fraction is exact, nearest even


def bernoulli(probability, words):
    t = threshold_of(probability)
    return lambda block: [int(w < t) for w in words(block, 0)]


def bernoulli_packed(probability, words):
    outcomes = bernoulli(probability, words)

    def word(i):
        bits = itertools.chain.from_iterable(outcomes(8 * i + k) for k in range(8))
        return sum(bit << b for b, bit in enumerate(bits))

    return lambda block: [word(4 * block + lane) for lane in range(4)]


def rademacher(words):
    return lambda block: [1 if w < 1 << 31 else -1 for w in words(block, 0)]


# ---- Section 3: randint ------------------------------------------------------------------------


def randint(low, high, dtype, words):
    least, most = INTEGERS[dtype]
    if not least <= low < high <= most + 1:
        raise Refused("randint: low < high, and the dtype holds the integers")
    span = high - low
    rejected = (1 << 32) % span

    def lanes(block):
        taken = [None] * 4
        attempt = 0
        while None in taken:
            for lane, w in enumerate(words(block, attempt)):
                if taken[lane] is None and (w * span) & MASK >= rejected:
                    taken[lane] = low + (w * span >> 32)
            attempt += 1
        return taken

    return lanes


# ---- Section 9: poisson ------------------------------------------------------------------------

SMALLEST_TERM = 2.0**-80


def poisson_thresholds(rate):
    """(k, how many words give k or less) for every k that a term stands for, in a rising order."""
    mode = int(rate)
    below, k, term = [], mode, 1.0
    while k > 0:
        term *= k / rate
        if term < SMALLEST_TERM:
            break
        below.append(term)
        k -= 1
    above, k, term = [], mode + 1, 1.0
    while True:
        term *= rate / k
        if term < SMALLEST_TERM:
            break
        above.append(term)
        k += 1
    sums = list(itertools.accumulate([*reversed(below), 1.0, *above]))
    return list(enumerate((threshold_of(s / sums[-1]) for s in sums), mode - len(below)))


def poisson(rate, words):
    if not 0 <= rate <= 1 << 20:
        raise Refused("poisson: a rate is in [0, 2^20]")
    thresholds = poisson_thresholds(float(rate))
    return lambda block: [next(k for k, t in thresholds if w < t) for w in words(block, 0)]


# ---- Section 10: permutation -------------------------------------------------------------------


def hashed(x, p, q):
    h = ((x ^ p) * 0x7FEB352D) & MASK
    return ((h ^ (h >> 15) ^ q) * 0x846CA68B) & MASK


def permutation(size, largest, keyed):
    if not 0 <= size <= largest:
        raise Refused("permutation: the dtype holds every integer below size")
    if size <= 1:
        return lambda block: [0] * 4
    columns = 1 << ((size - 1).bit_length() // 2)
    rows = -(-size // columns)
    pairs = max(4, -(-32 // max(columns.bit_length() - 1, 1)))
    key = keyed(0, 0, 0, 0xFFFFFFFD)

    def once(place):
        row, column = divmod(place, columns)
        for n in range(pairs):
            p, q, r, s = ((w + n * step) & MASK for w, step in zip(key, (0x9E3779B9, 0xBB67AE85) * 2))
            turn = hashed(row, p, q)
            column = (column + (turn ^ (turn >> 16))) % columns
            row = (row + (hashed(column, r, s) * rows >> 32)) % rows
        return row * columns + column

    def element(i):
        if i >= size:
            return 0  # No tensor has it.
        place = once(i)
        while place >= size:
            place = once(place)
        return place

    return lambda block: [element(i) for i in range(4 * block, 4 * block + 4)]


def permutation_wide(size, keyed):
    narrow = permutation(size, 1 << 53, keyed)

    def lanes(block):
        integers = narrow(block // 2)[2 * (block % 2) :][:2]
        return [word for integer in integers for word in (integer & MASK, integer >> 32)]

    return lanes


# ---- All of them -------------------------------------------------------------------------------

FLOATS = ["float32", "float16", "bfloat16"]

DTYPES = {
    "bernoulli": [*FLOATS, *INTEGERS],
    "bernoulli_packed": ["uint32"],
    "rademacher": [*FLOATS, "int8", "int32"],
    "randint": [*INTEGERS],
    "poisson": ["int32", "uint32", "float32"],
    "permutation": ["uint32", "int32"],
    "permutation_wide": ["uint32"],
}


def make_discrete(draw, dtype, words, keyed):
    kind = draw["kind"]
    if dtype not in DTYPES[kind]:
        raise Refused(f"{kind} has no dtype {dtype}")
    if kind == "bernoulli":
        return bernoulli(draw["probability"], words)
    if kind == "bernoulli_packed":
        return bernoulli_packed(draw["probability"], words)
    if kind == "rademacher":
        return rademacher(words)
    if kind == "randint":
        return randint(draw["low"], draw["high"], dtype, words)
    if kind == "poisson":
        return poisson(draw["rate"], words)
    if kind == "permutation_wide":
        return permutation_wide(draw["size"], keyed)
    return permutation(draw["size"], INTEGERS[dtype][1] + 1, keyed)
