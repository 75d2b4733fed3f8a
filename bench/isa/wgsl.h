// What a kernel needs that tools of C++ are to compile: the types, operators and functions of WGSL that the kernels
// of shaders/ use. CUDA's compiler cicc reads it, and with HOST any compiler for the CPU.
#ifdef HOST
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#define INLINE inline
#define SHARED static
#else
#define INLINE inline __attribute__((device)) __attribute__((always_inline))
#define SHARED static __attribute__((shared))
struct __attribute__((device_builtin)) uint3 {
  unsigned x, y, z;
};
extern "C" const uint3 __attribute__((device_builtin)) threadIdx;
extern "C" const uint3 __attribute__((device_builtin)) blockIdx;
extern "C" const uint3 __attribute__((device_builtin)) gridDim;
#define BUILTIN(type, name) extern "C" __attribute__((device)) __attribute__((nothrow)) type name
BUILTIN(int, __nvvm_bitcast_f2i)(float);
BUILTIN(float, __nvvm_bitcast_i2f)(int);
BUILTIN(float, __nvvm_rsqrt_approx_f)(float);
BUILTIN(float, __nvvm_sqrt_approx_f)(float);
BUILTIN(float, __nvvm_lg2_approx_f)(float);
BUILTIN(float, __nvvm_ex2_approx_f)(float);
BUILTIN(float, __nvvm_sin_approx_f)(float);
BUILTIN(float, __nvvm_cos_approx_f)(float);
BUILTIN(float, __nvvm_floor_f)(float);
BUILTIN(int, __iAtomicAdd)(int*, int);
BUILTIN(void, __syncthreads)();
#endif

namespace wgsl {
typedef unsigned u32;
typedef int i32;
typedef float f32;

template <class T>
struct same {
  typedef T type;
};
/// The parameter of another type than that by which a template is found, so that 1 may stand for 1u.
template <class T>
using also = typename same<T>::type;

template <class T>
struct vec3;
template <class T>
struct vec4;

// Swizzles: every choice of components.
#define PICK2(a, b) \
  INLINE vec2<T> a##b() const { return {a, b}; }
#define PICK3(a, b, c) \
  INLINE vec3<T> a##b##c() const { return {a, b, c}; }
#define PICK4(a, b, c, d) \
  INLINE vec4<T> a##b##c##d() const { return {a, b, c, d}; }
#define OF_XY2(a) PICK2(a, x) PICK2(a, y)
#define OF_XY4(a, b) PICK4(a, b, x, x) PICK4(a, b, x, y) PICK4(a, b, y, x) PICK4(a, b, y, y)
#define OF_XYZ2(a) OF_XY2(a) PICK2(a, z)
#define OF_XYZW2(a) OF_XYZ2(a) PICK2(a, w)
#define OF_XYZW3(a, b) PICK3(a, b, x) PICK3(a, b, y) PICK3(a, b, z) PICK3(a, b, w)
#define OF_XYZW4(a, b, c) PICK4(a, b, c, x) PICK4(a, b, c, y) PICK4(a, b, c, z) PICK4(a, b, c, w)
#define OF_XYZW43(a, b) OF_XYZW3(a, b) OF_XYZW4(a, b, x) OF_XYZW4(a, b, y) OF_XYZW4(a, b, z) OF_XYZW4(a, b, w)
#define OF_XYZW(a) OF_XYZW2(a) OF_XYZW43(a, x) OF_XYZW43(a, y) OF_XYZW43(a, z) OF_XYZW43(a, w)

template <class T>
struct vec2 {
  T x, y;
  INLINE constexpr vec2() : x(), y() {}
  INLINE constexpr vec2(T a) : x(a), y(a) {}
  INLINE constexpr vec2(T a, T b) : x(a), y(b) {}
  template <class U>
  INLINE explicit vec2(const vec2<U>& o) : x((T)o.x), y((T)o.y) {}
  OF_XY2(x) OF_XY2(y) OF_XY4(x, x) OF_XY4(x, y) OF_XY4(y, x) OF_XY4(y, y)
  INLINE T& operator[](u32 i) { return (&x)[i]; }
  INLINE T operator[](u32 i) const { return (&x)[i]; }
};
template <class T>
struct vec3 {
  T x, y, z;
  INLINE constexpr vec3() : x(), y(), z() {}
  INLINE constexpr vec3(T a) : x(a), y(a), z(a) {}
  INLINE constexpr vec3(T a, T b, T c) : x(a), y(b), z(c) {}
  OF_XYZ2(x) OF_XYZ2(y) OF_XYZ2(z)
  INLINE T operator[](u32 i) const { return (&x)[i]; }
};
template <class T>
struct alignas(16) vec4 {
  T x, y, z, w;
  INLINE constexpr vec4() : x(), y(), z(), w() {}
  INLINE constexpr vec4(T a) : x(a), y(a), z(a), w(a) {}
  INLINE constexpr vec4(T a, T b, T c, T d) : x(a), y(b), z(c), w(d) {}
  INLINE vec4(vec2<T> a, T c, T d) : x(a.x), y(a.y), z(c), w(d) {}
  INLINE vec4(T a, T b, vec2<T> c) : x(a), y(b), z(c.x), w(c.y) {}
  INLINE vec4(vec2<T> a, vec2<T> b) : x(a.x), y(a.y), z(b.x), w(b.y) {}
  INLINE vec4(vec3<T> a, T d) : x(a.x), y(a.y), z(a.z), w(d) {}
  INLINE vec4(T a, vec3<T> b) : x(a), y(b.x), z(b.y), w(b.z) {}
  template <class U>
  INLINE explicit vec4(const vec4<U>& o) : x((T)o.x), y((T)o.y), z((T)o.z), w((T)o.w) {}
  OF_XYZW(x) OF_XYZW(y) OF_XYZW(z) OF_XYZW(w)
  INLINE T& operator[](u32 i) { return (&x)[i]; }
  INLINE T operator[](u32 i) const { return (&x)[i]; }
};
template <class T> vec4(vec2<T>, T, T) -> vec4<T>;
template <class T> vec4(T, T, vec2<T>) -> vec4<T>;
template <class T> vec4(vec2<T>, vec2<T>) -> vec4<T>;
template <class T> vec4(vec3<T>, T) -> vec4<T>;
template <class T> vec4(T, vec3<T>) -> vec4<T>;
typedef vec2<u32> vec2u;
typedef vec2<i32> vec2i;
typedef vec2<f32> vec2f;
typedef vec3<u32> vec3u;
typedef vec3<i32> vec3i;
typedef vec3<f32> vec3f;
typedef vec4<u32> vec4u;
typedef vec4<i32> vec4i;
typedef vec4<f32> vec4f;

/// An array of a binding.
template <class T>
struct buffer {
  T* data;
  u32 length;
  INLINE T& operator[](u32 i) const { return data[i]; }
};
template <class T>
INLINE u32 arrayLength(const buffer<T>* b) {
  return b->length;
}

// What a workgroup shares. The CPU runs entry points without it, so there the functions have no bodies.
#ifdef HOST
i32 atomicAdd(i32* a, i32 b);
i32 atomicSub(i32* a, i32 b);
void workgroupBarrier();
void storageBarrier();
#else
INLINE i32 atomicAdd(i32* a, i32 b) { return __iAtomicAdd(a, b); }
INLINE i32 atomicSub(i32* a, i32 b) { return __iAtomicAdd(a, -b); }
INLINE void workgroupBarrier() { __syncthreads(); }
INLINE void storageBarrier() { __syncthreads(); }
template <class T>
INLINE void zero(T& variable, u32 lane, u32) {
  if (lane == 0u) variable = T();
}
template <class T, unsigned long n>
INLINE void zero(T (&array)[n], u32 lane, u32 lanes) {
  for (u32 i = lane; i < n; i += lanes) array[i] = T();
}
#endif

#define BINARY(op)                                                                                                    \
  template <class T>                                                                                                  \
  INLINE auto operator op(vec2<T> a, vec2<T> b)->vec2<decltype(a.x op b.x)> {                                         \
    return {a.x op b.x, a.y op b.y};                                                                                  \
  }                                                                                                                   \
  template <class T>                                                                                                  \
  INLINE auto operator op(vec2<T> a, also<T> b)->vec2<decltype(a.x op b)> {                                           \
    return {a.x op b, a.y op b};                                                                                      \
  }                                                                                                                   \
  template <class T>                                                                                                  \
  INLINE auto operator op(also<T> a, vec2<T> b)->vec2<decltype(a op b.x)> {                                           \
    return {a op b.x, a op b.y};                                                                                      \
  }                                                                                                                   \
  template <class T>                                                                                                  \
  INLINE auto operator op(vec4<T> a, vec4<T> b)->vec4<decltype(a.x op b.x)> {                                         \
    return {a.x op b.x, a.y op b.y, a.z op b.z, a.w op b.w};                                                          \
  }                                                                                                                   \
  template <class T>                                                                                                  \
  INLINE auto operator op(vec4<T> a, also<T> b)->vec4<decltype(a.x op b)> {                                           \
    return {a.x op b, a.y op b, a.z op b, a.w op b};                                                                  \
  }                                                                                                                   \
  template <class T>                                                                                                  \
  INLINE auto operator op(also<T> a, vec4<T> b)->vec4<decltype(a op b.x)> {                                           \
    return {a op b.x, a op b.y, a op b.z, a op b.w};                                                                  \
  }
BINARY(+) BINARY(-) BINARY(*) BINARY(/) BINARY(%) BINARY(^)
BINARY(<) BINARY(>) BINARY(<=) BINARY(>=) BINARY(==) BINARY(!=)
#undef BINARY
// Of booleans & and | would make integers.
#define LOGICAL(op)                                                                                                   \
  template <class T>                                                                                                  \
  INLINE vec2<T> operator op(vec2<T> a, vec2<T> b) {                                                                  \
    return {(T)(a.x op b.x), (T)(a.y op b.y)};                                                                        \
  }                                                                                                                   \
  template <class T>                                                                                                  \
  INLINE vec2<T> operator op(vec2<T> a, also<T> b) {                                                                  \
    return {(T)(a.x op b), (T)(a.y op b)};                                                                            \
  }                                                                                                                   \
  template <class T>                                                                                                  \
  INLINE vec4<T> operator op(vec4<T> a, vec4<T> b) {                                                                  \
    return {(T)(a.x op b.x), (T)(a.y op b.y), (T)(a.z op b.z), (T)(a.w op b.w)};                                      \
  }                                                                                                                   \
  template <class T>                                                                                                  \
  INLINE vec4<T> operator op(vec4<T> a, also<T> b) {                                                                  \
    return {(T)(a.x op b), (T)(a.y op b), (T)(a.z op b), (T)(a.w op b)};                                              \
  }
LOGICAL(&) LOGICAL(|)
#undef LOGICAL
// WGSL takes the amount of a shift modulo 32.
#define SHIFT(op)                                                                                                     \
  template <class T>                                                                                                  \
  INLINE vec2<T> operator op(vec2<T> a, vec2<u32> n) {                                                                \
    return {T(a.x op(n.x & 31u)), T(a.y op(n.y & 31u))};                                                              \
  }                                                                                                                   \
  template <class T>                                                                                                  \
  INLINE vec4<T> operator op(vec4<T> a, vec4<u32> n) {                                                                \
    return {T(a.x op(n.x & 31u)), T(a.y op(n.y & 31u)), T(a.z op(n.z & 31u)), T(a.w op(n.w & 31u))};                  \
  }
SHIFT(<<) SHIFT(>>)
#undef SHIFT
#define UNARY(op)                                                                                                     \
  template <class T>                                                                                                  \
  INLINE vec2<T> operator op(vec2<T> a) {                                                                             \
    return {(T)(op a.x), (T)(op a.y)};                                                                                \
  }                                                                                                                   \
  template <class T>                                                                                                  \
  INLINE vec4<T> operator op(vec4<T> a) {                                                                             \
    return {(T)(op a.x), (T)(op a.y), (T)(op a.z), (T)(op a.w)};                                                      \
  }
UNARY(~) UNARY(-) UNARY(!)
#undef UNARY
#define ASSIGN(op)                                                                                                    \
  template <class T, class U>                                                                                         \
  INLINE vec2<T>& operator op##=(vec2<T>& a, U b) {                                                                   \
    return a = a op b;                                                                                                \
  }                                                                                                                   \
  template <class T, class U>                                                                                         \
  INLINE vec4<T>& operator op##=(vec4<T>& a, U b) {                                                                   \
    return a = a op b;                                                                                                \
  }
ASSIGN(+) ASSIGN(-) ASSIGN(*) ASSIGN(&) ASSIGN(|) ASSIGN(^) ASSIGN(<<) ASSIGN(>>)
#undef ASSIGN

template <class T>
INLINE T select(T no, also<T> yes, bool condition) {
  return condition ? yes : no;
}
template <class T>
INLINE vec2<T> select(vec2<T> no, vec2<T> yes, vec2<bool> c) {
  return {c.x ? yes.x : no.x, c.y ? yes.y : no.y};
}
template <class T>
INLINE vec4<T> select(vec4<T> no, vec4<T> yes, vec4<bool> c) {
  return {c.x ? yes.x : no.x, c.y ? yes.y : no.y, c.z ? yes.z : no.z, c.w ? yes.w : no.w};
}
INLINE bool any(vec2<bool> a) { return a.x | a.y; }
INLINE bool any(vec4<bool> a) { return a.x | a.y | a.z | a.w; }
INLINE bool all(vec2<bool> a) { return a.x & a.y; }
INLINE bool all(vec4<bool> a) { return a.x & a.y & a.z & a.w; }

#ifdef HOST
INLINE u32 bits_of(f32 f) {
  u32 u;
  memcpy(&u, &f, 4);
  return u;
}
INLINE f32 float_of(u32 u) {
  f32 f;
  memcpy(&f, &u, 4);
  return f;
}
INLINE u32 countLeadingZeros(u32 a) { return a ? __builtin_clz(a) : 32u; }
INLINE u32 reverseBits(u32 a) {
  u32 r = 0;
  for (int i = 0; i < 32; i++) r |= ((a >> i) & 1u) << (31 - i);
  return r;
}
INLINE f32 inverseSqrt(f32 a) { return 1.0f / sqrtf(a); }
INLINE f32 sqrt(f32 a) { return sqrtf(a); }
INLINE f32 log(f32 a) { return logf(a); }
INLINE f32 log2(f32 a) { return log2f(a); }
INLINE f32 exp2(f32 a) { return exp2f(a); }
INLINE f32 exp(f32 a) { return expf(a); }
INLINE f32 sin(f32 a) { return sinf(a); }
INLINE f32 cos(f32 a) { return cosf(a); }
INLINE f32 floor(f32 a) { return floorf(a); }
INLINE f32 abs(f32 a) { return fabsf(a); }
#else
INLINE u32 bits_of(f32 f) { return (u32)__nvvm_bitcast_f2i(f); }
INLINE f32 float_of(u32 u) { return __nvvm_bitcast_i2f((int)u); }
INLINE u32 countLeadingZeros(u32 a) {
  u32 r;
  asm("clz.b32 %0, %1;" : "=r"(r) : "r"(a));
  return r;
}
INLINE u32 reverseBits(u32 a) {
  u32 r;
  asm("brev.b32 %0, %1;" : "=r"(r) : "r"(a));
  return r;
}
// WGSL lets a device compute these as it can, and drivers take its own instructions.
INLINE f32 inverseSqrt(f32 a) { return __nvvm_rsqrt_approx_f(a); }
INLINE f32 sqrt(f32 a) { return __nvvm_sqrt_approx_f(a); }
INLINE f32 log2(f32 a) { return __nvvm_lg2_approx_f(a); }
INLINE f32 log(f32 a) { return __nvvm_lg2_approx_f(a) * 0.69314718f; }
INLINE f32 exp2(f32 a) { return __nvvm_ex2_approx_f(a); }
INLINE f32 exp(f32 a) { return __nvvm_ex2_approx_f(a * 1.44269504f); }
INLINE f32 sin(f32 a) { return __nvvm_sin_approx_f(a); }
INLINE f32 cos(f32 a) { return __nvvm_cos_approx_f(a); }
INLINE f32 floor(f32 a) { return __nvvm_floor_f(a); }
INLINE f32 abs(f32 a) { return float_of(bits_of(a) & 0x7fffffffu); }
#endif
INLINE u32 firstTrailingBit(u32 a) { return a ? countLeadingZeros(reverseBits(a)) : ~0u; }
INLINE u32 firstLeadingBit(u32 a) { return a ? 31u - countLeadingZeros(a) : ~0u; }
INLINE i32 abs(i32 a) { return a < 0 ? (i32)(0u - (u32)a) : a; }

template <class To, class From>
struct Bitcast;
template <class T>
struct Bitcast<T, T> {
  static INLINE T of(T a) { return a; }
};
template <>
struct Bitcast<u32, f32> {
  static INLINE u32 of(f32 a) { return bits_of(a); }
};
template <>
struct Bitcast<i32, f32> {
  static INLINE i32 of(f32 a) { return (i32)bits_of(a); }
};
template <>
struct Bitcast<f32, u32> {
  static INLINE f32 of(u32 a) { return float_of(a); }
};
template <>
struct Bitcast<f32, i32> {
  static INLINE f32 of(i32 a) { return float_of((u32)a); }
};
template <>
struct Bitcast<i32, u32> {
  static INLINE i32 of(u32 a) { return (i32)a; }
};
template <>
struct Bitcast<u32, i32> {
  static INLINE u32 of(i32 a) { return (u32)a; }
};
template <class A, class B>
struct Bitcast<vec2<A>, vec2<B>> {
  static INLINE vec2<A> of(vec2<B> a) { return {Bitcast<A, B>::of(a.x), Bitcast<A, B>::of(a.y)}; }
};
template <class A, class B>
struct Bitcast<vec4<A>, vec4<B>> {
  static INLINE vec4<A> of(vec4<B> a) {
    return {Bitcast<A, B>::of(a.x), Bitcast<A, B>::of(a.y), Bitcast<A, B>::of(a.z), Bitcast<A, B>::of(a.w)};
  }
};
template <class To, class From>
INLINE To bitcast(From a) {
  return Bitcast<To, From>::of(a);
}

template <class T>
INLINE T min(T a, also<T> b) {
  return a < b ? a : b;
}
template <class T>
INLINE T max(T a, also<T> b) {
  return a > b ? a : b;
}
template <class T>
INLINE vec2<T> min(vec2<T> a, vec2<T> b) {
  return {min(a.x, b.x), min(a.y, b.y)};
}
template <class T>
INLINE vec2<T> max(vec2<T> a, vec2<T> b) {
  return {max(a.x, b.x), max(a.y, b.y)};
}
template <class T>
INLINE vec4<T> min(vec4<T> a, vec4<T> b) {
  return {min(a.x, b.x), min(a.y, b.y), min(a.z, b.z), min(a.w, b.w)};
}
template <class T>
INLINE vec4<T> max(vec4<T> a, vec4<T> b) {
  return {max(a.x, b.x), max(a.y, b.y), max(a.z, b.z), max(a.w, b.w)};
}
template <class T>
INLINE T clamp(T a, also<T> low, also<T> high) {
  return min(max(a, low), high);
}
#define EACH(name)                                                                                                    \
  template <class T>                                                                                                  \
  INLINE vec2<T> name(vec2<T> a) {                                                                                    \
    return {name(a.x), name(a.y)};                                                                                    \
  }                                                                                                                   \
  template <class T>                                                                                                  \
  INLINE vec4<T> name(vec4<T> a) {                                                                                    \
    return {name(a.x), name(a.y), name(a.z), name(a.w)};                                                              \
  }
EACH(abs) EACH(inverseSqrt) EACH(sqrt) EACH(log) EACH(log2) EACH(exp) EACH(exp2) EACH(sin) EACH(cos) EACH(floor)
EACH(countLeadingZeros) EACH(firstTrailingBit) EACH(firstLeadingBit) EACH(reverseBits)
#undef EACH

/// Gives a member of parameters its word.
INLINE void set_word(u32& member, u32 word) { member = word; }
INLINE void set_word(i32& member, u32 word) { member = (i32)word; }
INLINE void set_word(f32& member, u32 word) { member = float_of(word); }
}  // namespace wgsl
