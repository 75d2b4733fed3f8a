// sparse: a normal of mean 0, and +0 in a share of the rows of each column. A row is one of them where a
// permutation of the rows, which the column keys by the words of its block with attempt 1, moves it to
// one of the first places.

import package::shared::affine::{Affine, affine};
import package::shared::box_muller::box_muller;
import package::shared::permutation::{Grid, Places, Words, permute_each};
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  grid: Grid,
  scale: u32, // The affine step of the normal is scale 2^exponent.
  exponent: i32,
  zeros: u32,   // in each column
  columns: u32, // below 2^31
  row: u32,     // where the first lane of the block of slot 0 lies
  @size(12) column: u32,
}

fn draw_element(p: Params, z: i32) -> u32 {
  let step = Affine(0u, 0u, 0u, p.scale, 0u, p.exponent);
  return affine(step, z < 0, u32(abs(z)));
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let along = vec4<u32>(p.column + 4u * (counter.x - p.at.block_lo)) + vec4<u32>(0u, 1u, 2u, 3u);
  let rows = vec4<u32>(p.row) + along / vec4<u32>(p.columns);
  let columns = along % vec4<u32>(p.columns);
  // First come the words of the normals, then those of the columns. It is a loop, because five copies of Philox take
  // drivers on the CPU seconds to compile.
  var w: vec4<u32>;
  var words: Words;
  for (var i = 0u; i < 5u; i++) {
    let lane = (i + 3u) & 3u;
    let normal = i == 0u;
    let place = select(vec2<u32>(columns[lane], 0u), counter, normal);
    let attempt = select(1u, 0u, normal);
    let drawn = stream_block(key_of(p.at), place, attempt);
    w = select(w, drawn, normal);
    words.p[lane] = drawn.x;
    words.q[lane] = drawn.y;
    words.r[lane] = drawn.z;
    words.s[lane] = drawn.w;
  }
  let z = box_muller(w.xz, w.yw);
  let normals = vec4<u32>(draw_element(p, z.x), draw_element(p, z.y), draw_element(p, z.z), draw_element(p, z.w));
  let places = permute_each(p.grid, words, Places(rows, vec4<u32>()));
  return select(normals, vec4<u32>(), places.lo < vec4<u32>(p.zeros));
}
