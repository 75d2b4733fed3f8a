// A pseudorandom permutation of [0, size): an unbalanced Feistel network on a grid of places, row-major,
// with a power of two of columns. The grid has up to sqrt(size) places more than there are elements. A
// walk that ends at one of these goes on until it ends at an element (Black and Rogaway, CT-RSA 2002).

import package::shared::mul::mul_hi4;
import package::shared::shift::shr4;

/// What the host knows of a size (src/arithmetic/permutation.ts).
struct Grid {
  column_bits: u32,
  row_last: u32,    // where the element size - 1 lies
  column_last: u32,
  pairs: u32,       // pairs of rounds
}

/// Four indices of 64 bits.
struct Places {
  lo: vec4<u32>,
  hi: vec4<u32>,
}

/// The four words that key a permutation, for four permutations.
struct Words {
  p: vec4<u32>,
  q: vec4<u32>,
  r: vec4<u32>,
  s: vec4<u32>,
}

/// A keyed hash of each word, whose upper bits are the best.
fn hashed(x: vec4<u32>, p: vec4<u32>, q: vec4<u32>) -> vec4<u32> {
  let h = (x ^ p) * 0x7feb352du;
  return (h ^ shr4(h, 15u) ^ q) * 0x846ca68bu;
}

/// The places of four elements, keyed by four words. What is no element is taken for element 0.
fn permute(grid: Grid, words: vec4<u32>, elements: Places) -> Places {
  return permute_each(grid, Words(vec4(words.x), vec4(words.y), vec4(words.z), vec4(words.w)), elements);
}

/// The places of four elements, each in a permutation of its own.
fn permute_each(grid: Grid, words: Words, elements: Places) -> Places {
  let bits = vec4(grid.column_bits);
  let columns = (1u << grid.column_bits) - 1u; // as a mask
  let rows = grid.row_last + 1u;
  var row = (elements.lo >> bits) | ((elements.hi << vec4(1u)) << (31u - bits));
  var column = elements.lo & vec4(columns);
  let outside = (row > vec4(grid.row_last)) | ((row == vec4(grid.row_last)) & (column > vec4(grid.column_last)));
  row = select(row, vec4(0u), outside);
  column = select(column, vec4(0u), outside);
  var walking = vec4<bool>(true);
  loop {
    var key = words;
    var next_row = row;
    var next_column = column;
    for (var pair = 0u; pair < grid.pairs; pair++) {
      let turn = hashed(next_row, key.p, key.q);
      next_column = (next_column + (turn ^ shr4(turn, 16u))) & vec4(columns);
      next_row += mul_hi4(hashed(next_column, key.r, key.s), rows);
      next_row -= select(vec4(0u), vec4(rows), next_row >= vec4(rows));
      key.p += vec4(0x9E3779B9u);
      key.q += vec4(0xBB67AE85u);
      key.r += vec4(0x9E3779B9u);
      key.s += vec4(0xBB67AE85u);
    }
    row = select(row, next_row, walking);
    column = select(column, next_column, walking);
    walking = (row == vec4(grid.row_last)) & (column > vec4(grid.column_last));
    continuing {
      break if !any(walking);
    }
  }
  return Places(column | (row << bits), (row >> vec4(1u)) >> (31u - bits));
}
