// Twin of shaders/qr in float64. It gives the same bits as PlainQr in src/backends/cpu/orthogonal/qr.ts,
// because it adds all sums in the same order, for two columns at a time. A matrix lies in strips of four
// columns, one after the other, and each strip is row-major. So do the reflectors of a panel.

/** The first byte that is free for matrices. */
export const QR_MEMORY: usize = (__heap_base + 15) & ~15;

/** Columns of a panel. */
const PANEL: i32 = 32;

/** The bytes of a row in a strip, and of the PANEL rows of W for a strip. */
const ROW: usize = 32;
const STRIP_OF_W: usize = 1024;

/** The bytes of a block of V: four rows of PANEL columns. */
const BLOCK: usize = 1024;

/** The reflectors of so many rows stay in the nearest cache while they are applied to all columns. */
const CHUNK: i32 = 128;

const sums = memory.data(256, 16);

/** The rows of V that are at hand, in blocks of four rows, each column-major: in the order of `update`. */
const blocks = memory.data(128 * 256, 16);

/**
 * Makes the reflector of column j of the panel in `v`, applies it to the columns on its right, and makes its
 * column of T.
 */
// @ts-ignore: decorator
@inline
function step(v: usize, t: usize, rows: i32, j: i32): void {
  const column = v + <usize>(j >> 2) * <usize>rows * ROW + <usize>(j & 3) * 8;
  const end = column + <usize>rows * ROW;
  const diagonal = column + <usize>j * ROW;
  const alpha = load<f64>(diagonal);
  let below: f64 = 0;
  for (let at = diagonal + ROW; at < end; at += ROW) {
    const x = load<f64>(at);
    below += x * x;
  }
  let beta = alpha;
  let tau: f64 = 0;
  if (below != 0) {
    const norm = sqrt(alpha * alpha + below);
    beta = alpha >= 0 ? -norm : norm;
    tau = (beta - alpha) / beta;
    const pivot = alpha - beta;
    for (let at = diagonal + ROW; at < end; at += ROW) store<f64>(at, load<f64>(at) / pivot);
  }

  // v^T times every column of the panel. The columns on the left are reflectors, and their products are for
  // T.
  const strip = <usize>rows * ROW;
  for (let s: usize = 0; s < 8; s += 2) {
    let left = v + s * strip + <usize>j * ROW;
    let a = v128.load(left);
    let b = v128.load(left, 16);
    let right = left + strip;
    let c = v128.load(right);
    let d = v128.load(right, 16);
    for (let at = diagonal + ROW; at < end; at += ROW) {
      left += ROW;
      right += ROW;
      const x = v128.load64_splat(at);
      a = f64x2.add(a, f64x2.mul(x, v128.load(left)));
      b = f64x2.add(b, f64x2.mul(x, v128.load(left, 16)));
      c = f64x2.add(c, f64x2.mul(x, v128.load(right)));
      d = f64x2.add(d, f64x2.mul(x, v128.load(right, 16)));
    }
    v128.store(sums + s * 32, a);
    v128.store(sums + s * 32, b, 16);
    v128.store(sums + s * 32, c, 32);
    v128.store(sums + s * 32, d, 48);
  }

  for (let i = 0; i < j; i++) {
    let sum: f64 = 0;
    for (let k = i; k < j; k++) sum += load<f64>(t + <usize>(PANEL * i + k) * 8) * load<f64>(sums + <usize>k * 8);
    store<f64>(t + <usize>(PANEL * i + j) * 8, -tau * sum);
  }
  store<f64>(t + <usize>(PANEL * j + j) * 8, tau);

  for (let k = 0; k < PANEL; k++) {
    const at = sums + <usize>k * 8;
    store<f64>(at, k > j ? tau * load<f64>(at) : 0);
  }
  for (let s = <usize>(j >> 2); s < 8; s++) {
    const a = v128.load(sums + s * 32);
    const b = v128.load(sums + s * 32, 16);
    let to = v + s * strip + <usize>j * ROW;
    v128.store(to, f64x2.sub(v128.load(to), a));
    v128.store(to, f64x2.sub(v128.load(to, 16), b), 16);
    for (let at = diagonal + ROW; at < end; at += ROW) {
      to += ROW;
      const x = v128.load64_splat(at);
      v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(x, a)));
      v128.store(to, f64x2.sub(v128.load(to, 16), f64x2.mul(x, b)), 16);
    }
  }
  store<f64>(diagonal, beta);
}

/**
 * Factors the columns [begin, end) of the panel that begins in column and row `first` of the matrix `a`, which
 * has `m` rows. With the last column V goes to `v` with its ones and zeros, and to the matrix below the
 * diagonal. The diagonal of R goes to the matrix, and T goes to `t`.
 */
export function factor(
  a: usize,
  m: i32,
  first: i32,
  columns: i32,
  v: usize,
  t: usize,
  begin: i32,
  end: i32,
): void {
  const rows = m - first;
  const width = min(PANEL, columns - first);
  const strips = (width + 3) >> 2;
  const strip = <usize>rows * ROW;
  if (begin == 0) {
    for (let s = 0; s < 8; s++) {
      if (s < strips) memory.copy(v + <usize>s * strip, place(a, m, first, s), strip);
      else memory.fill(v + <usize>s * strip, 0, strip);
    }
    memory.fill(t, 0, 8192);
  }
  for (let j = begin; j < end; j++) step(v, t, rows, j);
  if (end < width) return;
  for (let s = 0; s < strips; s++) memory.copy(place(a, m, first, s), v + <usize>s * strip, strip);
  setUnits(v, rows);
}

/** The address in the matrix of strip s of the panel, in the first row of the panel. */
// @ts-ignore: decorator
@inline
function place(a: usize, m: i32, first: i32, s: i32): usize {
  return a + (<usize>((first >> 2) + s) * <usize>m + <usize>first) * ROW;
}

function setUnits(v: usize, rows: i32): void {
  for (let r = 0; r < min(PANEL, rows); r++) {
    for (let k = r; k < PANEL; k++) {
      store<f64>(v + (<usize>(k >> 2) * <usize>rows + <usize>r) * ROW + <usize>(k & 3) * 8, k == r ? 1 : 0);
    }
  }
}

/**
 * Moves V of a panel from the matrix to `v`, and puts unit columns with the signs of the diagonal of R in the
 * place of its columns.
 */
export function unpack(a: usize, m: i32, first: i32, columns: i32, v: usize): void {
  const rows = m - first;
  const width = min(PANEL, columns - first);
  const strips = (width + 3) >> 2;
  const strip = <usize>rows * ROW;
  for (let s = 0; s < 8; s++) {
    if (s < strips) {
      memory.copy(v + <usize>s * strip, place(a, m, first, s), strip);
      memory.fill(place(a, m, first, s) - <usize>first * ROW, 0, <usize>m * ROW);
    } else memory.fill(v + <usize>s * strip, 0, strip);
  }
  for (let j = 0; j < width; j++) {
    const at = <usize>j * ROW + <usize>(j & 3) * 8;
    const beta = load<f64>(v + <usize>(j >> 2) * strip + at);
    store<f64>(place(a, m, first, j >> 2) + at, beta < 0 ? -1 : 1);
  }
  setUnits(v, rows);
}

/**
 * Applies the reflectors in `v` and `t` to the strips [begin, end) from the left: I - V T^T V^T if
 * transposed, otherwise I - V T V^T. `w` has room for PANEL rows of each strip.
 */
export function apply(
  a: usize,
  m: i32,
  first: i32,
  v: usize,
  t: usize,
  transposed: bool,
  begin: i32,
  end: i32,
  w: usize,
): void {
  const rows = m - first;
  memory.fill(w, 0, <usize>(end - begin) * STRIP_OF_W);
  for (let chunk = 0; chunk < rows; chunk += CHUNK) {
    const chunkRows = min(CHUNK, rows - chunk);
    for (let s = begin; s < end; s++) {
      const from = a + (<usize>s * <usize>m + <usize>(first + chunk)) * ROW;
      project(from, v + <usize>chunk * ROW, <usize>rows * ROW, chunkRows, w + <usize>(s - begin) * STRIP_OF_W);
    }
  }
  for (let s = 0; s < end - begin; s++) applyTriangle(t, transposed, w + <usize>s * STRIP_OF_W);
  for (let chunk = 0; chunk < rows; chunk += CHUNK) {
    const chunkRows = min(CHUNK, rows - chunk);
    pack(v + <usize>chunk * ROW, <usize>rows * ROW, chunkRows);
    for (let s = begin; s < end; s++) {
      const to = a + (<usize>s * <usize>m + <usize>(first + chunk)) * ROW;
      update(to, chunkRows, w + <usize>(s - begin) * STRIP_OF_W);
    }
  }
}

/** Computes W += V^T C for some rows of a strip C. */
// @ts-ignore: decorator
@inline
function project(c: usize, v: usize, strip: usize, rows: i32, w: usize): void {
  const end = c + <usize>rows * ROW;
  for (let i: usize = 0; i < 8; i++) {
    const to = w + i * 128;
    let a0 = v128.load(to);
    let a1 = v128.load(to, 16);
    let b0 = v128.load(to, 32);
    let b1 = v128.load(to, 48);
    let c0 = v128.load(to, 64);
    let c1 = v128.load(to, 80);
    let d0 = v128.load(to, 96);
    let d1 = v128.load(to, 112);
    let left = v + i * strip;
    for (let right = c; right < end; right += ROW) {
      const x = v128.load(right);
      const y = v128.load(right, 16);
      let s = v128.load64_splat(left);
      a0 = f64x2.add(a0, f64x2.mul(s, x));
      a1 = f64x2.add(a1, f64x2.mul(s, y));
      s = v128.load64_splat(left, 8);
      b0 = f64x2.add(b0, f64x2.mul(s, x));
      b1 = f64x2.add(b1, f64x2.mul(s, y));
      s = v128.load64_splat(left, 16);
      c0 = f64x2.add(c0, f64x2.mul(s, x));
      c1 = f64x2.add(c1, f64x2.mul(s, y));
      s = v128.load64_splat(left, 24);
      d0 = f64x2.add(d0, f64x2.mul(s, x));
      d1 = f64x2.add(d1, f64x2.mul(s, y));
      left += ROW;
    }
    v128.store(to, a0);
    v128.store(to, a1, 16);
    v128.store(to, b0, 32);
    v128.store(to, b1, 48);
    v128.store(to, c0, 64);
    v128.store(to, c1, 80);
    v128.store(to, d0, 96);
    v128.store(to, d1, 112);
  }
}

/** Computes W = T^T W or T W, in place. */
function applyTriangle(t: usize, transposed: bool, w: usize): void {
  for (let n = 0; n < PANEL; n++) {
    const i = transposed ? PANEL - 1 - n : n;
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    const begin = transposed ? 0 : i;
    const end = transposed ? i + 1 : PANEL;
    for (let k = begin; k < end; k++) {
      const x = v128.load64_splat(t + <usize>(transposed ? PANEL * k + i : PANEL * i + k) * 8);
      a = f64x2.add(a, f64x2.mul(x, v128.load(w + <usize>k * 32)));
      b = f64x2.add(b, f64x2.mul(x, v128.load(w + <usize>k * 32, 16)));
    }
    v128.store(w + <usize>i * 32, a);
    v128.store(w + <usize>i * 32, b, 16);
  }
}

/**
 * Copies some rows of V to `blocks`, two at a time. Where their number is odd, `update` does not read the copy of
 * what lies behind the last one.
 */
function pack(v: usize, strip: usize, rows: i32): void {
  for (let s: usize = 0; s < 8; s++) {
    for (let r = 0; r < rows; r += 2) {
      const from = v + s * strip + <usize>r * ROW;
      const to = blocks + <usize>(r >> 2) * BLOCK + s * 128 + <usize>(r & 2) * 8;
      transpose(from, to);
      transpose(from + 16, to + 64);
    }
  }
}

// @ts-ignore: decorator
@inline
function transpose(from: usize, to: usize): void {
  const a = v128.load(from);
  const b = v128.load(from, ROW);
  v128.store(to, v128.shuffle<i64>(a, b, 0, 2));
  v128.store(to, v128.shuffle<i64>(a, b, 1, 3), 32);
}

/** Computes C -= V W for some rows of a strip C, four rows at a time. `blocks` has these rows of V. */
// @ts-ignore: decorator
@inline
function update(c: usize, rows: i32, w: usize): void {
  const fours = c + <usize>(rows & ~3) * ROW;
  const end = c + <usize>rows * ROW;
  let left = blocks;
  let at = c;
  for (; at < fours; at += 128) {
    let a0 = v128.load(at);
    let a1 = v128.load(at, 16);
    let b0 = v128.load(at, 32);
    let b1 = v128.load(at, 48);
    let c0 = v128.load(at, 64);
    let c1 = v128.load(at, 80);
    let d0 = v128.load(at, 96);
    let d1 = v128.load(at, 112);
    for (let from = w; from < w + STRIP_OF_W; from += 32) {
      const x = v128.load(from);
      const y = v128.load(from, 16);
      let s = v128.load64_splat(left);
      a0 = f64x2.sub(a0, f64x2.mul(s, x));
      a1 = f64x2.sub(a1, f64x2.mul(s, y));
      s = v128.load64_splat(left, 8);
      b0 = f64x2.sub(b0, f64x2.mul(s, x));
      b1 = f64x2.sub(b1, f64x2.mul(s, y));
      s = v128.load64_splat(left, 16);
      c0 = f64x2.sub(c0, f64x2.mul(s, x));
      c1 = f64x2.sub(c1, f64x2.mul(s, y));
      s = v128.load64_splat(left, 24);
      d0 = f64x2.sub(d0, f64x2.mul(s, x));
      d1 = f64x2.sub(d1, f64x2.mul(s, y));
      left += 32;
    }
    v128.store(at, a0);
    v128.store(at, a1, 16);
    v128.store(at, b0, 32);
    v128.store(at, b1, 48);
    v128.store(at, c0, 64);
    v128.store(at, c1, 80);
    v128.store(at, d0, 96);
    v128.store(at, d1, 112);
  }
  for (; at < end; at += ROW) {
    let a = v128.load(at);
    let b = v128.load(at, 16);
    for (let k: usize = 0; k < STRIP_OF_W; k += 32) {
      const s = v128.load64_splat(left + k);
      a = f64x2.sub(a, f64x2.mul(s, v128.load(w + k)));
      b = f64x2.sub(b, f64x2.mul(s, v128.load(w + k, 16)));
    }
    v128.store(at, a);
    v128.store(at, b, 16);
    left += 8;
  }
}
