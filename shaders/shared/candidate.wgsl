// What a kernel that rejects draws: float32 bits, and whether they are to be drawn again.

struct Candidate {
  element: u32,
  rejected: bool,
}

/// Four at once; `rejected` is 1 or 0.
struct Candidates {
  elements: vec4<u32>,
  rejected: vec4<u32>,
}
