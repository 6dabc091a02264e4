#include "ccurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#ifdef __APPLE__
static const char *const library_names[] = {"libcurl.4.dylib"};
#else
// The second is Debian's, with another library for TLS.
static const char *const library_names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#endif

struct ccurl_functions ccurl_functions;

static pthread_once_t is_loaded = PTHREAD_ONCE_INIT;
static char problem[256];

static void note_problem(void) {
    const char *text = dlerror();
    // The first library's absence says most.
    if (problem[0] == 0) strncpy(problem, text ? text : "it can't be loaded", sizeof problem - 1);
}

/// Finds a function as a program linked with libcurl would: one that stands in front of libcurl, too.
static void *find(const char *name) {
    void *function = dlsym(RTLD_DEFAULT, name);
    if (!function) note_problem();
    return function;
}

static void load(void) {
    void *library = NULL;
    for (unsigned int i = 0; !library && i < sizeof library_names / sizeof *library_names; i++) {
        library = dlopen(library_names[i], RTLD_LAZY | RTLD_GLOBAL);
        if (!library) note_problem();
    }
    if (!library) return;
    problem[0] = 0;
#define CCURL_FIND(name) ccurl_functions.name = (__typeof__(ccurl_functions.name))find("curl_" #name);
    CCURL_FUNCTIONS(CCURL_FIND)
}

const char *ccurl_load(void) {
    pthread_once(&is_loaded, load);
    return problem[0] ? problem : NULL;
}
