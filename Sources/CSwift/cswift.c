#include "cswift.h"

#ifdef __GLIBC__

static char **process_arguments;
static int process_argument_count;

/// The C library calls it before `main` with what `main` is called with.
__attribute__((constructor)) static void note_arguments(int count, char **arguments) {
    _swift_stdlib_overrideUnsafeArgvArgc(arguments, count);
}

char **_swift_stdlib_getUnsafeArgvArgc(int *count) {
    *count = process_argument_count;
    return process_arguments;
}

void _swift_stdlib_overrideUnsafeArgvArgc(char **arguments, int count) {
    process_arguments = arguments;
    process_argument_count = count;
}

#endif

intptr_t __wrap__swift_stdlib_getScalarName(uint32_t scalar, uint8_t *name, intptr_t capacity) {
    (void)scalar;
    (void)name;
    (void)capacity;
    return 0;
}
