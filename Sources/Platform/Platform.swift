// Knows: which C library this platform has, and every name that differs between Linux and macOS.
// Must not know: anything of ours.

#if canImport(Glibc)
@_exported @preconcurrency public import Glibc
#elseif canImport(Musl)
@_exported @preconcurrency public import Musl
#else
@_exported public import Darwin
#endif
