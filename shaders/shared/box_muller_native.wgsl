// Box and Muller (1958) with the device's own functions. WGSL allows sin and cos an
// absolute error of 2^-11, and log one of 2^-21 near 1. So devices differ in the results.

const TWO_PI_OVER_2_32: f32 = 1.4629180792671596e-9;

/// Two standard normals from two words.
fn box_muller_native(w0: u32, w1: u32) -> vec2<f32> {
  let u = (f32(w0) + 0.5) * 0x1p-32;
  // Near 1 the error of log may make -2 log(u) negative, which has no root.
  let radius = sqrt(max(-2.0 * log(u), 0.0));
  let angle = f32(bitcast<i32>(w1)) * TWO_PI_OVER_2_32;
  return radius * vec2<f32>(cos(angle), sin(angle));
}
