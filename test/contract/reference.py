#!/usr/bin/env python3
"""The stream contract of STREAM.md and DISTRIBUTIONS.md, written again from these documents alone.

    reference.py GOLDEN.json [--checksum K]
        check every case's values, and the sha256 of the first K cases that have one (slow)
    reference.py sample DRAW --dtype D --seed S [--name PATH] [--start I] --count N
        print elements I to I + N - 1 as hex patterns; DRAW is JSON, for example
        '{"kind": "truncated_normal", "mean": 0, "stddev": 1, "lower": -2, "upper": 2}'

Python 3.9 or later, standard library only. Everything is exact arithmetic on int and Fraction.
A Python float (a float64) only ever carries a number that it holds exactly, but for the three
places where the contract itself says float64: a and b of section 7, the parameters of gamma, and
the numbers of DRAW.
"""

import argparse
import concurrent.futures
import functools
import hashlib
import json
import math
import struct
import sys
from fractions import Fraction

import discrete
from discrete import Refused

MASK = 0xFFFFFFFF  # a word is an unsigned 32-bit integer


# ---- Section 1: generator ----------------------------------------------------------------------


@functools.lru_cache(maxsize=16)
def round_keys(key):
    k0, k1 = key
    return [((k0 + n * 0x9E3779B9) & MASK, (k1 + n * 0xBB67AE85) & MASK) for n in range(10)]


def philox(c0, c1, c2, c3, key):
    """Philox4x32-10: four counter words and two key words give four words."""
    for k0, k1 in round_keys(key):
        p = 0xD2511F53 * c0
        q = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (q >> 32) ^ c1 ^ k0, q & MASK, (p >> 32) ^ c3 ^ k1, p & MASK
    return c0, c1, c2, c3


# ---- Section 2: keys ---------------------------------------------------------------------------


def key_of_seed(seed):
    if not 0 <= seed < 1 << 64:
        raise Refused("a seed is an integer in [0, 2^64)")
    return seed & MASK, seed >> 32


def fold(key, path):
    for segment in path.split("/"):
        data = segment.encode("utf-8")
        for at in range(0, max(len(data), 1), 12):  # an empty segment is one piece of zeros
            p0, p1, p2 = struct.unpack("<3I", data[at : at + 12].ljust(12, b"\0"))
            key = philox(p0, p1, p2, (1 + len(data) - at) & MASK, key)[:2]
    return key


def fold_integer(key, n):
    return philox(n & MASK, n >> 32, 0, 0xFFFFFFFF, key)[:2]


def key_of_split(key, i):
    return philox(i & MASK, i >> 32, 0, 0xFFFFFFFE, key)[:2]


# ---- Section 3: values -------------------------------------------------------------------------


class Format:
    """A binary floating-point format; a value is carried as its bit pattern."""

    def __init__(self, exponent_bits, fraction_bits):
        self.fraction_bits = fraction_bits
        self.sign = 1 << (exponent_bits + fraction_bits)
        self.infinity = ((1 << exponent_bits) - 1) << fraction_bits
        self.least_exponent = 2 - (1 << (exponent_bits - 1))  # of the normal numbers
        self.digits = (1 + exponent_bits + fraction_bits) // 4  # of a pattern in hex

    def round(self, n, e):
        """The pattern of n 2^e, n >= 0: nearest even, subnormals included, infinity beyond."""
        if n == 0:
            return 0
        exponent = max(n.bit_length() - 1 + e, self.least_exponent)
        shift = exponent - self.fraction_bits - e  # the unit in the last place is 2^shift
        if shift <= 0:
            significand = n << -shift
        else:
            significand = n >> shift
            rest, half = n - (significand << shift), 1 << (shift - 1)
            if rest > half or (rest == half and significand & 1):
                significand += 1
        # The significand's leading bit, or its carry, adds one to the exponent field.
        pattern = ((exponent - self.least_exponent) << self.fraction_bits) + significand
        return min(pattern, self.infinity)


FLOAT32 = Format(8, 23)
FORMATS = {"float32": FLOAT32, "float16": Format(5, 10), "bfloat16": Format(8, 7)}


def round_number(number, to):
    """The pattern of a float (or int) in a format; the sign of -0 is kept."""
    if math.isnan(number):
        raise Refused("not a number")
    if math.isinf(number):
        magnitude = to.infinity
    else:
        n, d = abs(number).as_integer_ratio()  # d is a power of two
        magnitude = to.round(n, 1 - d.bit_length())
    return magnitude | (to.sign if math.copysign(1, number) < 0 else 0)


def number_of(pattern, of):
    """The number that a pattern stands for, as a float, which holds it exactly."""
    if of is FORMATS["float16"]:
        return struct.unpack("<e", struct.pack("<H", pattern))[0]
    if of is FORMATS["bfloat16"]:
        pattern <<= 16  # a bfloat16 is the upper half of the float32 of the same value
    return struct.unpack("<f", struct.pack("<I", pattern))[0]


def convert(pattern, to):
    """The float32 of this pattern, rounded on to the dtype."""
    if to is FLOAT32:
        return pattern
    sign, magnitude = pattern >> 31, pattern & 0x7FFFFFFF
    if magnitude == FLOAT32.infinity:
        return to.infinity | (to.sign if sign else 0)
    exponent, significand = magnitude >> 23, magnitude & 0x7FFFFF
    if exponent:
        significand |= 0x800000
    else:
        exponent = 1
    return to.round(significand, exponent - 150) | (to.sign if sign else 0)


def float32_parameter(number, to):
    """A real parameter, rounded to float32; refused where it is not finite there or in the dtype."""
    if not math.isfinite(rounded(number, to)):
        raise Refused("parameters are finite in the dtype")
    return number_of(round_number(number, FLOAT32), FLOAT32)


def rounded(number, to):
    """round(x) of the document: to float32 and from there to the dtype."""
    return number_of(convert(round_number(number, FLOAT32), to), to)


# ---- Section 4: the affine step ----------------------------------------------------------------


def affine_step(offset, scale, q, to):
    """The function that gives, for an integer x, the pattern of offset + scale x / 2^q in a dtype."""
    offset, scale = Fraction(offset), Fraction(scale)
    bound = max(abs(offset), scale * Fraction(2) ** (32 - q))
    # For n / 2^k, 2^bit_length(n) is the smallest power of two greater than n.
    X = bound.numerator.bit_length() - (bound.denominator.bit_length() - 1)
    U = Fraction(2) ** (X - 94)
    offset_units = round(offset / U)  # round() of a Fraction is exact, nearest even
    scale_units = round(scale / 2**q / U)

    def value(x):
        n = offset_units + scale_units * x  # exact, in units U
        pattern = FLOAT32.round(abs(n), X - 94)
        return convert(pattern | FLOAT32.sign if n < 0 else pattern, to)

    return value


def first_where(low, high, condition):
    """The first integer in [low, high] where a condition starts to hold; high + 1 if it never does."""
    high += 1
    while low < high:
        middle = (low + high) // 2
        if condition(middle):
            high = middle
        else:
            low = middle + 1
    return low


def narrowing(low, high, value, is_above, is_below):
    """The first and last integer in [low, high] whose value, which does not decrease, lies within
    two bounds; None if there is none (sections 6 and 7)."""
    first = first_where(low, high, lambda x: is_above(value(x)))
    last = first_where(low, high, lambda x: not is_below(value(x))) - 1
    return (first, last) if first <= last else None


# ---- Section 5: bits, constant, eye ------------------------------------------------------------

# Each draw is a function that gives, for the number of a block, the patterns of its four lanes.


def lanes_words(block, attempt, key):
    return philox(block & MASK, block >> 32, attempt, 0, key)  # section 3


def bits(key):
    return lambda block: lanes_words(block, 0, key)


def constant(value, to):
    float32_parameter(value, to)
    pattern = convert(round_number(value, FLOAT32), to)
    return lambda block: (pattern,) * 4


def eye(rows, columns, value, to):
    float32_parameter(value, to)
    pattern = convert(round_number(value, FLOAT32), to)

    def lanes(block):
        return [pattern if i // columns == i % columns else 0 for i in range(4 * block, 4 * block + 4)]

    return lanes


# ---- Section 6: uniform ------------------------------------------------------------------------


def uniform(low, high, to, key):
    if low > high:
        raise Refused("uniform: low > high")
    low, high = float32_parameter(low, to), float32_parameter(high, to)
    if low == high:
        return constant(low, to)
    value = affine_step(low, Fraction(high) - Fraction(low), 32, to)
    rounded_high = rounded(high, to)

    def words_below(end):
        return narrowing(
            0, MASK, value, lambda v: low <= number_of(v, to), lambda v: number_of(v, to) < end
        )

    words = words_below(min(high, rounded_high)) or words_below(high)
    if words is None:
        raise Refused("uniform: the dtype has no value in [low, high)")
    first, last = words

    def lanes(block):
        return [value(min(max(w, first), last)) for w in lanes_words(block, 0, key)]

    return lanes


# ---- Section 7: normal and truncated normal ----------------------------------------------------


def signed(word):
    return word - (1 << 32) if word >> 31 else word


def hit(a, b):
    ah, al, bh, bl = a >> 16, a & 0xFFFF, b >> 16, b & 0xFFFF
    return ah * bh + (ah * bl >> 16) + (al * bh >> 16)


def reduced(w):
    """Steps 1 and 2: octave, segment and y."""
    octave = 32 - w.bit_length()
    m = (2 * w + 1) << (octave - 1) if octave > 0 else w
    segment = (m >> 29) & 3
    return octave, segment, signed(MASK - ((m * (7 - segment)) & MASK))


def logarithm(y):
    """Step 3: L."""
    y18 = y >> 16
    yy = y18 * y18 + (y18 * (y & 0xFFFF) >> 15)
    f = 26652 + (22307 * y18 >> 18)
    f = 32765 + (f * y18 >> 18)
    f = 43689 + (f * y18 >> 18)
    g = (f * y18 + 54612) >> 16
    return (y >> 1) + (yy >> 4) + ((yy >> 14) * g >> 8)


SEGMENT_REST = (0x047A17D8, 0x033E647E, 0x01C8FF7C, 0)


def radius(w):
    """Steps 1 to 5: R, with 29 fractional bits."""
    octave, segment, y = reduced(w)
    L = logarithm(y)
    rest = octave * 0x058B90C0 + SEGMENT_REST[segment]  # step 4
    if rest == 0:  # step 5
        return math.isqrt(L << 26)
    X = (rest + (L >> 6) + 2) >> 2
    return 16 * math.isqrt(X << 26) + 8


def sine_cosine(w):
    """Steps 6 to 9: S and C, with 31 fractional bits."""
    t = abs(signed((4 * w + 2) & MASK))  # step 6
    t15 = t >> 16
    z = 4 * t15 * t15 + (t15 * (t & 0xFFFF) >> 13)
    z16, z11, z21 = z >> 16, z >> 21, (z >> 11) & 0x3FF
    a = 0x000A32C2 - (0x2596 * z16 >> 16)  # step 7
    a = 0x14ABB9EA - ((a * z11 + (a * z21 >> 10)) >> 7)
    a = 0xC90FDA5F - hit(a, z)
    S = hit(a, t)
    b = 0xAAE3 - (0x1DA * z16 >> 16)  # step 8
    b = 0x0020783C - (b * z16 >> 16)
    b = 0x4EF4F320 - ((b * z11 + (b * z21 >> 10)) >> 6)
    C = (1 << 31) - (hit(b, z) >> 1)
    return (C, S) if ((w >> 30) ^ (w >> 29)) & 1 else (S, C)  # step 9


def normal_pair(w0, w1):
    """Step 10: the standard normals of a pair of words, with 28 fractional bits."""
    R = radius(w0)
    S, C = sine_cosine(w1)
    first, second = hit(R, C), hit(R, S)
    if ((w1 >> 31) ^ (w1 >> 30)) & 1:
        first = -first
    return first, -second if w1 >> 31 else second


def standard_normals(block, attempt, key):
    w0, w1, w2, w3 = lanes_words(block, attempt, key)
    return [*normal_pair(w0, w1), *normal_pair(w2, w3)]


LARGEST = 6.78125  # no normal is larger


def normal_parameters(mean, stddev, lower, upper, to):
    """Section 3 refuses what could overflow between two bounds, which count in stddev."""
    if stddev < 0:
        raise Refused("normal: stddev < 0")
    mean, stddev = float32_parameter(mean, to), float32_parameter(stddev, to)
    for reach in (mean + max(lower, -LARGEST) * stddev, mean + min(upper, LARGEST) * stddev):
        if stddev > 0 and math.isinf(rounded(reach, to)):
            raise Refused("normal: values could overflow the dtype")
    return mean, stddev


def normal(mean, stddev, to, key):
    mean, stddev = normal_parameters(mean, stddev, -LARGEST, LARGEST, to)
    if stddev == 0:
        return constant(mean, to)
    value = affine_step(mean, stddev, 28, to)
    return lambda block: [value(z) for z in standard_normals(block, 0, key)]


def truncated_normal(mean, stddev, lower, upper, to, key):
    lower, upper = float(lower), float(upper)  # not rounded to float32
    mean, stddev = normal_parameters(mean, stddev, lower, upper, to)
    if not math.erf(upper / math.sqrt(2)) - math.erf(lower / math.sqrt(2)) >= 2 / 64:
        raise Refused("truncated normal: the window holds less than 1/64 of the mass")
    if stddev == 0:
        return constant(mean, to)
    value = affine_step(mean, stddev, 28, to)

    # The accepted integers: lower 2^28 < z < upper 2^28, and within what a normal can be.
    reach = int(LARGEST * 2**28)
    least = max(-reach, math.floor(Fraction(lower) * 2**28) + 1) if lower > -8 else -reach
    greatest = min(reach, math.ceil(Fraction(upper) * 2**28) - 1) if upper < 8 else reach

    a, b = mean + lower * stddev, mean + upper * stddev  # in float64, as the contract says

    def integers_between(low, high):
        return narrowing(
            least, greatest, value, lambda v: low < number_of(v, to), lambda v: number_of(v, to) < high
        )

    rounded_a, rounded_b = rounded(a, to), rounded(b, to)
    integers = integers_between(max(a, rounded_a), min(b, rounded_b)) or integers_between(a, b)
    if integers is None:
        raise Refused("truncated normal: the dtype has no value in the window")
    first, last = integers

    def lanes(block):
        taken = [None] * 4  # the first accepted candidate of each lane
        attempt = 0
        while None in taken:
            words = lanes_words(block, attempt, key)
            for lane in (0, 2):  # each pair of words gives two lanes
                if None in taken[lane : lane + 2]:
                    for at, z in enumerate(normal_pair(*words[lane : lane + 2]), lane):
                        if taken[at] is None and least <= z <= greatest:
                            taken[at] = z
            attempt += 1
        return [value(min(max(z, first), last)) for z in taken]

    return lanes


# ---- DISTRIBUTIONS.md, section 4: the integer logarithm ----------------------------------------


def log_quotient(y):
    """Steps 1 to 4: G."""
    y18 = y >> 16
    yy = max(y18 * y18 + (y18 * (y & 0xFFFF) >> 15), 0)
    s = 38162 + (33522 * y18 >> 18)
    s = 43686 + (s * y18 >> 18)
    s = 52425 + (s * y18 >> 18)
    f = 0x555555BC + (y >> 4) + ((yy >> 14) * s >> 8)
    return 0x80000002 + (y >> 4) + (hit(4 * yy, f) >> 7)


def log_sum(m):
    """Steps 5 and 6: S."""
    segment = (m >> 29) & 3
    y = signed((MASK - 1 - m * (7 - segment)) & MASK)
    half = (hit(abs(y), log_quotient(y)) + 1) >> 1
    return (0x8F42FAF4, 0x67CC8FB3, 0x391FEF8F, 0)[segment] + (half if y >= 0 else -half)


def log_fixed(m, octave):
    """Step 7: L."""
    return octave * 0x058B90BF + ((log_sum(m) + 24 * octave + 144) >> 5) - 4


def octave_and_m(w):
    octave = 32 - w.bit_length()
    return octave, (2 * w + 1) << (octave - 1) if octave > 0 else w


def log_word(w):
    octave, m = octave_and_m(w)
    return log_fixed(m, octave)


def log_digits(w):
    """Steps 8 to 10: digits and places of E(w)."""
    if w >= 7 << 29:
        v = MASK - w
        octave, m = octave_and_m(v)
        head, places = hit(m, log_quotient(4 * v + 2)), 31 + octave
    else:
        octave, m = octave_and_m(w)
        if octave == 0:
            head, places = log_sum(m), 32
        elif octave <= 5:
            head, places = octave * 0x162E42FF + ((log_sum(m) + 4) >> 3), 29
        else:
            head, places = octave * 0x058B90BF + ((log_sum(m) + 24 * octave + 16) >> 5), 27
    n = 32 - head.bit_length()
    return head << n, places + n


# ---- DISTRIBUTIONS.md, sections 5 to 7 ---------------------------------------------------------


def by_words(element, key):
    """A draw whose elements come from the word of their lane alone."""
    return lambda block: [element(w) for w in lanes_words(block, 0, key)]


def significand_of(number):
    """A float32 as n and e with number = n 2^e."""
    n, d = number.as_integer_ratio()
    return n, 1 - d.bit_length()


def refuse_overflow(reach, to):
    if math.isinf(rounded(reach, to)):
        raise Refused("values could overflow the dtype")


def exponential(scale, to, key):
    if scale < 0:
        raise Refused("exponential: scale < 0")
    scale = float32_parameter(scale, to)
    if scale == 0:
        return constant(0, to)
    refuse_overflow(22.875 * scale, to)
    n, e = significand_of(scale)

    def element(w):
        digits, places = log_digits(w)
        return convert(FLOAT32.round(n * digits, e - places), to)

    return by_words(element, key)


def located(x_of, low, high):
    """The draws loc + scale x of section 6, for a function of the word and the bounds of x."""

    def draw(loc, scale, to, key):
        if scale < 0:
            raise Refused("scale < 0")
        loc, scale = float32_parameter(loc, to), float32_parameter(scale, to)
        if scale == 0:
            return constant(loc, to)
        for bound in (low, high):
            refuse_overflow(loc + bound * scale, to)
        value = affine_step(loc, scale, 27, to)
        return by_words(lambda w: value(x_of(w)), key)

    return draw


def laplace_of(w):
    odd = 2 * (w & 0x7FFFFFFF) + 1
    n = 32 - odd.bit_length()
    x = log_fixed(odd << n, n)
    return -x if w >> 31 else x


def gumbel_of(w):
    digits, places = log_digits(w)
    return log_fixed(digits, places - 32)


laplace = located(laplace_of, -22.875, 22.875)
logistic = located(lambda w: log_word(MASK - w) - log_word(w), -22.875, 22.875)
gumbel = located(gumbel_of, -3.1328125, 22.875)


def exp2_digits(f):
    """Steps 1 and 2 of section 7: X."""
    q = 0x004B60EC + hit(0x000B3C52, f)
    q = 0x02BF8ACC + hit(q, f)
    q = 0x13B0A75C + hit(q, f)
    q = 0x71AC9E0E + hit(q, f)
    q = 0x7AFEF494 + (hit(q, f) >> 2)
    q = 0xB1721809 + (hit(q, f) >> 1)
    return (1 << 31) + (hit(q, f) >> 1)


# 1 / ln 2 with 160 fractional bits, from ln 2 = sum of 1 / (k 2^k).
INVERSE_LN_2 = (1 << 360) // sum((1 << 200) // (k << k) for k in range(1, 200))


def times_inverse_ln_2(number, fraction_bits):
    n, d = number.as_integer_ratio()
    return round(Fraction(n * INVERSE_LN_2, d << (160 - fraction_bits)))


def lognormal(mean, stddev, to, key):
    if not (abs(mean) <= 65536 and 0 <= stddev <= 65536):
        raise Refused("lognormal: mean or stddev out of range")
    mean, stddev = (number_of(round_number(x, FLOAT32), FLOAT32) for x in (mean, stddev))
    try:
        reach = math.exp(mean + LARGEST * stddev)
    except OverflowError:
        reach = math.inf
    refuse_overflow(reach, to)
    M, N = times_inverse_ln_2(mean, 32), times_inverse_ln_2(stddev, 36)

    def element(z):
        step = N * abs(z) >> 32
        t = M - step if z < 0 else M + step
        return convert(FLOAT32.round(exp2_digits(t & MASK), (t >> 32) - 31), to)

    return lambda block: [element(z) for z in standard_normals(block, 0, key)]


# ---- DISTRIBUTIONS.md, section 8: gamma --------------------------------------------------------


def half_up(number):
    return math.floor(Fraction(number) + Fraction(1, 2))


def word_of(number):
    """The word of a number, and p."""
    p = 32 - math.frexp(number)[1]
    return min(half_up(math.ldexp(number, p)), MASK), p


def gamma_threshold(z, x, y, H, D):
    """Steps 4 and 5: h."""
    if x <= 1 << 27:
        v = x >> 12 if z < 0 else -(x >> 12)
        s = 38162 + (33522 * v >> 18)
        s = 43686 + (s * v >> 18)
        s = 52425 + (s * v >> 18)
        return 2 * hit(H, (1 << 31) + (s * v >> 18) * (1 << 15))
    x2 = hit(x, x)
    o = (x >> 4) + hit(hit(x2, x), 0x55555555)
    n = 32 - y.bit_length()
    g = (-o if z < 0 else o) - (x2 >> 3) + ((log_fixed(y << n, n - 2) + (1 << 28)) >> 1) - (1 << 27)
    g = max(g, 0)
    top = hit(g, D)
    return MASK if top >= 1 << 22 else (top << 10) + ((g * D & MASK) >> 22)


def gamma(concentration, scale, to, key):
    if not 2**-10 <= concentration <= 2**20 or scale < 0:
        raise Refused("gamma: concentration or scale out of range")
    scale = float32_parameter(scale, to)
    if scale == 0:
        return constant(0, to)
    d = concentration + 2 / 3 if concentration < 1 else concentration - 1 / 3
    c = 1 / math.sqrt(9 * d)
    refuse_overflow(d * scale * (1 + LARGEST * c) ** 3, to)
    C, k = word_of(c)
    K, D = half_up(2**38 / (108 * d)), half_up(min(3 * d, 1023) * 2**22)
    M, r = word_of(d * scale)
    A, a = word_of(1.4426950408889634 / concentration) if concentration < 1 else (0, 0)

    def accepted(z, w):
        """Steps 1 to 5: y, or None."""
        n2 = hit(2 * abs(z), 2 * abs(z))
        H = hit(hit(n2, n2), K)
        x = hit(2 * abs(z), C) >> (k - 33)
        y = (1 << 30) - min(x, 1 << 30) if z < 0 else (1 << 30) + x
        b = min(H, 1 << 26)
        if y == 0:
            return None
        if (MASK - w) >> 6 > 2 * b + (b >> 1):
            return y
        return y if log_word(w) >> 1 >= gamma_threshold(z, x, y, H, D) else None

    def value(y, u):
        """Steps 6 to 8."""
        n = 32 - y.bit_length()
        Y = y << n
        m, e = hit(hit(Y, Y), Y), -26 - 3 * n
        if A:
            digits, places = log_digits(u)
            t = (hit(digits, A) << 32 | digits * A & MASK) >> (places + a - 32)
            m, e = hit(m, exp2_digits(-t & MASK)), e + 1 + (-t >> 32)
        return convert(FLOAT32.round(m * M, e - r), to)

    def lanes(block):
        taken = [None] * 4
        attempt = 0
        while None in taken:
            normals = standard_normals(block, attempt, key)
            words = lanes_words(block, attempt + 1, key)
            taken = [
                accepted(z, w) if y is None else y
                for y, z, w in zip(taken, normals, words)
            ]
            attempt += 2
        powers = lanes_words(block, MASK, key)
        return [value(y, u) for y, u in zip(taken, powers)]

    return lanes


# ---- Draws of a golden file --------------------------------------------------------------------


def read_json(text):
    return json.loads(text, parse_int=lambda s: -0.0 if s == "-0" else int(s))


def digits_of(dtype):
    return FORMATS[dtype].digits if dtype in FORMATS else 2 if dtype.endswith("int8") else 8


def discrete_draw(draw, dtype, key):
    """The draws whose values are integers, as patterns of the dtype."""
    numbers = discrete.make_discrete(
        draw, dtype, lambda block, attempt: lanes_words(block, attempt, key), lambda *counter: philox(*counter, key)
    )
    if dtype in FORMATS:
        return lambda block: [convert(round_number(x, FLOAT32), FORMATS[dtype]) for x in numbers(block)]
    return lambda block: [x & ((1 << 4 * digits_of(dtype)) - 1) for x in numbers(block)]


def make_draw(draw, dtype, key):
    kind = draw["kind"]
    if kind in discrete.DTYPES:
        return discrete_draw(draw, dtype, key)
    if (kind == "bits") != (dtype == "uint32"):
        raise Refused(f"{kind} has no dtype {dtype}")
    if kind == "bits":
        return bits(key)
    to = FORMATS[dtype]
    if kind == "constant":
        return constant(draw["value"], to)
    if kind == "eye":
        return eye(draw["rows"], draw["columns"], draw["value"], to)
    if kind == "uniform":
        return uniform(draw["low"], draw["high"], to, key)
    if kind == "normal":
        return normal(draw["mean"], draw["stddev"], to, key)
    if kind == "truncated_normal":
        lower, upper = draw.get("lower"), draw.get("upper")
        lower = -math.inf if lower is None else lower
        upper = math.inf if upper is None else upper
        return truncated_normal(draw["mean"], draw["stddev"], lower, upper, to, key)
    if kind == "exponential":
        return exponential(draw["scale"], to, key)
    located_draws = {"laplace": laplace, "logistic": logistic, "gumbel": gumbel}
    if kind in located_draws:
        return located_draws[kind](draw["loc"], draw["scale"], to, key)
    if kind == "lognormal":
        return lognormal(draw["mean"], draw["stddev"], to, key)
    if kind == "gamma":
        return gamma(draw["concentration"], draw["scale"], to, key)
    raise Refused(f"no draw {kind}")


def key_of_case(case):
    key = key_of_seed(int(case["seed"]))
    return fold(key, case["name"]) if case.get("name") is not None else key


def elements(case, start, count):
    """The patterns of elements start to start + count - 1."""
    lanes = make_draw(case["draw"], case["dtype"], key_of_case(case))
    patterns = []
    for block in range(start // 4, (start + count + 3) // 4):
        patterns.extend(lanes(block))
    return patterns[start % 4 : start % 4 + count]


CHECKSUM_ELEMENTS = 1 << 24
CHECKSUM_PART = 1 << 15


def bytes_of_part(case, start):
    patterns = elements(case, start, CHECKSUM_PART)
    return struct.pack(f"<{CHECKSUM_PART}{ {2: 'B', 4: 'H', 8: 'I'}[digits_of(case['dtype'])] }", *patterns)


def checksum(case, pool):
    digest = hashlib.sha256()
    starts = range(0, CHECKSUM_ELEMENTS, CHECKSUM_PART)
    for part in pool.map(bytes_of_part, [case] * len(starts), starts):
        digest.update(part)
    return digest.hexdigest()


# ---- The worked values of STREAM.md ------------------------------------------------------------

GENERATOR_VALUES = (
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
)
FOLD_VALUES = (
    (42, "", "20439b04 9807e022"),
    (42, "encoder/layer_0/kernel", "ae558ea0 d1fad204"),
    (42, "größe/重み", "180cc704 95e7d388"),
    (42, "3", "4ff04ec8 2b30986e"),
)
INTEGER_VALUES = (
    (fold_integer, 42, 0, "99cf4594 ae686976"),
    (fold_integer, 42, 3, "563f6151 b9543070"),
    (fold_integer, 42, (1 << 64) - 1, "0da0ad39 22feac17"),
    (key_of_split, 42, 0, "52e2ee0c c923d0c8"),
    (key_of_split, 42, 2, "37586e6a 6530ce78"),
)

# w0, w1; octave, segment, y; L; R; S, C after step 9; the pair
NORMAL_VALUES = (
    (0x6627E8D5, 0xE169C58D, (1, 2, 40953768), 20501327, 727723480, (1464929213, 1570244711), (266056494, -248212223)),
    (0xF2345678, 0x5FEDCBA9, (0, 3, 925804063), 475841648, 178698607, (1521148214, 1515847656), (-63069132, 63289670)),
)

# w; digits and places of E; L
LOGARITHM_VALUES = (
    (0x6627E8D5, (3945689392, 32), 123302793),
    (0xF2345678, (3806733500, 36), 7435026),
    (0x00001234, (3686647392, 28), 1843323696),
    (0x00000000, (3070077112, 27), 3070077112),
    (0xFFFFFFFF, (2147483650, 64), 0),
)
EXP2_VALUES = ((0, 2147483648), (0x6627E8D5, 2831749437), (0xF2345678, 4137496974), (MASK, 4294967294))


def words_of(text):
    return tuple(int(word, 16) for word in text.split())


def worked_values():
    """(what, got, expected) of every worked value."""
    for counter, key, words in GENERATOR_VALUES:
        yield f"philox {counter}", philox(*words_of(counter), words_of(key)), words_of(words)
    for seed, path, key in FOLD_VALUES:
        yield f"fold {path!r}", fold(key_of_seed(seed), path), words_of(key)
    for derive, seed, n, key in INTEGER_VALUES:
        yield f"{derive.__name__} {n}", derive(key_of_seed(seed), n), words_of(key)
    for w0, w1, reduction, log, r, s_c, z in NORMAL_VALUES:
        yield f"steps 1, 2 of {w0:08x}", reduced(w0), reduction
        yield f"step 3 of {w0:08x}", logarithm(reduction[2]), log
        yield f"step 5 of {w0:08x}", radius(w0), r
        yield f"steps 6 to 9 of {w1:08x}", sine_cosine(w1), s_c
        yield f"step 10 of {w0:08x} {w1:08x}", normal_pair(w0, w1), z
    for w, digits, fixed in LOGARITHM_VALUES:
        yield f"E of {w:08x}", log_digits(w), digits
        yield f"L of {w:08x}", log_word(w), fixed
    for f, x in EXP2_VALUES:
        yield f"2^f of {f:08x}", exp2_digits(f), x


# ---- Commands ----------------------------------------------------------------------------------


def difference(case):
    """None, or the first element of a case that differs, as (element, got, expected)."""
    digits = digits_of(case["dtype"])
    for part in [{"start": 0, "values": case["first"]}, *case.get("far", [])]:
        expected = part["values"].split()
        if not expected:
            return part["start"], "nothing", "values"
        got = [f"{pattern:0{digits}x}" for pattern in elements(case, part["start"], len(expected))]
        for at, (g, e) in enumerate(zip(got, expected)):
            if g != e:
                return part["start"] + at, g, e
    return None


def describe(number, case):
    draw = " ".join(str(value) for value in case["draw"].values())
    return f"case {number} ({draw}, {case['dtype']}, seed {case['seed']}, name {case.get('name')})"


def check(golden, checksums):
    with open(golden, encoding="utf-8") as file:
        cases = read_json(file.read())
    passed = failed = 0

    def count(problem):
        nonlocal passed, failed
        if problem is None:
            passed += 1
        else:
            failed += 1
            print(problem)

    for what, got, expected in worked_values():
        count(None if got == expected else f"{what}: got {got}, expected {expected}")
    for number, case in enumerate(cases):
        try:
            differs = difference(case)
        except Refused as refused:
            differs = 0, f"refused ({refused})", "values"
        count(differs and "{}: element {}: got {}, expected {}".format(describe(number, case), *differs))
    with_checksum = [(number, case) for number, case in enumerate(cases) if "sha256" in case]
    if checksums > 0:
        with concurrent.futures.ProcessPoolExecutor() as pool:
            for number, case in with_checksum[:checksums]:
                got, expected = checksum(case, pool), case["sha256"]
                differs = f"{describe(number, case)}: sha256: got {got}, expected {expected}"
                count(None if got == expected else differs)
    if not cases:
        count("no cases")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def sample(options):
    case = {"draw": read_json(options.draw), "dtype": options.dtype, "seed": options.seed, "name": options.name}
    digits = digits_of(options.dtype)
    try:
        patterns = elements(case, options.start, options.count)
    except Refused as refused:
        print(f"refused: {refused}", file=sys.stderr)
        return 1
    print(" ".join(f"{pattern:0{digits}x}" for pattern in patterns))
    return 0


def main(arguments):
    if arguments[:1] == ["sample"]:
        parser = argparse.ArgumentParser(prog="reference.py sample")
        parser.add_argument("draw", help="JSON, as in a golden file")
        parser.add_argument("--dtype", required=True, choices=[*discrete.INTEGERS, *FORMATS])
        parser.add_argument("--seed", required=True)
        parser.add_argument("--name")
        parser.add_argument("--start", type=int, default=0)
        parser.add_argument("--count", type=int, required=True)
        return sample(parser.parse_args(arguments[1:]))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("golden")
    parser.add_argument("--checksum", type=int, default=0, metavar="K")
    options = parser.parse_args(arguments)
    return check(options.golden, options.checksum)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
