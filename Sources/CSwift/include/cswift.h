// Stands in front of functions of Swift's own library, in the program alone.
#ifndef CSWIFT_H
#define CSWIFT_H

#include <stdint.h>

/// The process's arguments. Swift's own function has them found in /proc/self/maps at each start, which takes longer than
/// all else that happens before the first line of the program.
///
/// Sets their number.
char **_swift_stdlib_getUnsafeArgvArgc(int *count);

/// Replaces the arguments that are given from then on.
void _swift_stdlib_overrideUnsafeArgvArgc(char **arguments, int count);

/// The name of a Unicode scalar value: none. The linker puts it in the place of the function without `__wrap_`; half a
/// megabyte of names is left out, for which the program never asks.
intptr_t __wrap__swift_stdlib_getScalarName(uint32_t scalar, uint8_t *name, intptr_t capacity);

#endif
