// Makes of the libcurl at hand one of another kind, for Scripts/proofs/loopback: preloaded, it
// - resolves names as RESOLVE says (host:port:address), localhost included, which libcurl does not look up by itself;
// - knows no CURLOPT_PREREQFUNCTION if NO_PREREQ is set, as before 7.80;
// - calls no CURLOPT_OPENSOCKETFUNCTION if NO_OPENSOCKET is set.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <stdlib.h>

#include <curl/curl.h>
#undef curl_easy_setopt

typedef CURLcode (*setopt_function)(CURL *, CURLoption, ...);

static setopt_function real_setopt(void) { return (setopt_function)dlsym(RTLD_NEXT, "curl_easy_setopt"); }

CURL *curl_easy_init(void) {
    CURL *handle = ((CURL * (*)(void)) dlsym(RTLD_NEXT, "curl_easy_init"))();
    const char *address = getenv("RESOLVE");
    if (handle && address) real_setopt()(handle, CURLOPT_RESOLVE, curl_slist_append(NULL, address));
    return handle;
}

CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...) {
    va_list arguments;
    va_start(arguments, option);
    void *value = va_arg(arguments, void *);
    va_end(arguments);
    if (getenv("NO_PREREQ") && (option == 20312 || option == 10313)) return CURLE_UNKNOWN_OPTION;
    if (getenv("NO_OPENSOCKET") && option == CURLOPT_OPENSOCKETFUNCTION) return CURLE_OK;
    return real_setopt()(handle, option, value);
}
