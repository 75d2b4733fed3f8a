// placeholder
import package::shared::box_muller_native::box_muller_native;
fn box_muller(w0: u32, w1: u32) -> vec2<i32> {
  return vec2<i32>(box_muller_native(w0, w1) * 268435456.0);
}
