#include "callocator.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define CALLOCATOR_SANITIZED
#endif
#endif

#if defined(__GLIBC__) && !defined(CALLOCATOR_SANITIZED)

// glibc's own allocator; the usual names below stand in front of it, for libraries, too.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

/// So much is set aside; as one mapping that is never touched, it costs nothing.
static const size_t reserve_size = 512 * 1024;

static void (*_Atomic on_failure)(size_t);
static void *_Atomic reserve;
static atomic_int is_failing;

void callocator_on_failure(void (*handler)(size_t size)) {
    atomic_store(&reserve, __libc_malloc(reserve_size));
    atomic_store(&on_failure, handler);
}

static void *checked(void *memory, size_t size) {
    if (memory != NULL || size == 0) return memory;
    void (*handler)(size_t) = atomic_load(&on_failure);
    if (handler == NULL) return NULL;
    if (atomic_exchange(&is_failing, 1)) {
        static const char words[] = "cerebras: out of memory\n";
        ssize_t ignored = write(STDERR_FILENO, words, strlen(words));
        (void)ignored;
        _exit(1);
    }
    __libc_free(atomic_exchange(&reserve, NULL));
    handler(size);
    return NULL;
}

void *malloc(size_t size) { return checked(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) {
    return checked(__libc_calloc(count, size), count == 0 ? 0 : size);
}

void *realloc(void *memory, size_t size) { return checked(__libc_realloc(memory, size), size); }

void *memalign(size_t alignment, size_t size) { return checked(__libc_memalign(alignment, size), size); }

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
    void *memory = memalign(alignment, size);
    if (memory == NULL && size != 0) return ENOMEM;
    *result = memory;
    return 0;
}

#else

void callocator_on_failure(void (*handler)(size_t size)) { (void)handler; }

#endif
