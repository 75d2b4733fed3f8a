// What a dispatch of an operation on elements computes.

struct Slots {
  block_lo: u32, // the Philox block of slot 0, 64 bits
  block_hi: u32,
  first: i32,    // the slots [first, end) are written
  end: i32,
  output_base: u32, // the index in the output's binding where slot 0 is, modulo 2^32
  input_base: u32,
}
