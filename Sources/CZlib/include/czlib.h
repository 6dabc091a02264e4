// zlib as Swift can call it: the init macros as functions.
#ifndef CZLIB_H
#define CZLIB_H

#include <zlib.h>

/// Starts a gzip (window bits 15 + 16) decompressor; zlib.h, inflateInit2.
static inline int czlib_gunzip_init(z_streamp stream) {
    return inflateInit2(stream, 15 + 16);
}

/// Starts a gzip compressor; zlib.h, deflateInit2.
static inline int czlib_gzip_init(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif
