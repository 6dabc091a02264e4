// What becomes of an allocation that fails, for callers that can't go on without it.
#ifndef CALLOCATOR_H
#define CALLOCATOR_H

#include <stddef.h>

/// Has every allocation of the process that fails call a handler, which is to end the process.
///
/// Swift ends a process whose memory is used up by a trap in the middle of what it does; here it can end in good order.
/// A little memory is set aside now and freed before the handler is called, so that it can allocate some; when it fails,
/// too, the process ends with status 1. Without glibc, and under a sanitizer, nothing is changed.
void callocator_on_failure(void (*handler)(size_t size));

#endif
