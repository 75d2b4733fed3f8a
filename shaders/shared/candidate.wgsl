// What a kernel with rejection draws: float32 bits, and whether they must be drawn again.

struct Candidate {
  element: u32,
  rejected: bool,
}

/// Four candidates at once. In `rejected`, 1 stands for a rejected one and 0 for an accepted one.
struct Candidates {
  elements: vec4<u32>,
  rejected: vec4<u32>,
}
