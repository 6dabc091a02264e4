// Knows: the C library, and every name that differs between Linux and macOS: descriptors, files, signals, clocks, other programs.
// Must not know: what the program is for. No other module calls the C library.
