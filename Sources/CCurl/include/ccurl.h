// libcurl as Swift can call it: looked up when the first request is made, since loading it and the thirty libraries it needs
// takes longer than all else that most commands do; and its variadic functions once per argument type.
#ifndef CCURL_H
#define CCURL_H

// Its macros would look at arguments of the functions that are called by address here.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#undef curl_easy_setopt
#undef curl_easy_getinfo

/// Applies a macro to the name, after `curl_`, of each function that is called.
#define CCURL_FUNCTIONS(apply)                                                                                          \
    apply(global_init) apply(slist_append) apply(slist_free_all)                                                         \
    apply(easy_init) apply(easy_cleanup) apply(easy_reset) apply(easy_setopt) apply(easy_getinfo) apply(easy_strerror)    \
    apply(multi_init) apply(multi_cleanup) apply(multi_add_handle) apply(multi_remove_handle) apply(multi_perform)        \
    apply(multi_poll) apply(multi_info_read) apply(multi_strerror)

#define CCURL_POINTER(name) __typeof__(curl_##name) *name;

/// Where the functions are; null before ccurl_load().
extern struct ccurl_functions {
    CCURL_FUNCTIONS(CCURL_POINTER)
} ccurl_functions;

/// Loads libcurl, if it is not loaded yet; everything below may be called once that succeeded.
///
/// Returns null, or why there is none: text that is valid as long as the program runs.
const char *ccurl_load(void);

static inline struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line) {
    return ccurl_functions.slist_append(list, line);
}

static inline void ccurl_slist_free_all(struct curl_slist *list) { ccurl_functions.slist_free_all(list); }

static inline CURL *ccurl_easy_init(void) { return ccurl_functions.easy_init(); }

static inline void ccurl_easy_cleanup(CURL *handle) { ccurl_functions.easy_cleanup(handle); }

static inline void ccurl_easy_reset(CURL *handle) { ccurl_functions.easy_reset(handle); }

static inline const char *ccurl_easy_strerror(CURLcode code) { return ccurl_functions.easy_strerror(code); }

static inline CURLM *ccurl_multi_init(void) { return ccurl_functions.multi_init(); }

static inline CURLMcode ccurl_multi_cleanup(CURLM *multi) { return ccurl_functions.multi_cleanup(multi); }

static inline CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *handle) {
    return ccurl_functions.multi_add_handle(multi, handle);
}

static inline CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *handle) {
    return ccurl_functions.multi_remove_handle(multi, handle);
}

static inline CURLMcode ccurl_multi_perform(CURLM *multi, int *running) {
    return ccurl_functions.multi_perform(multi, running);
}

static inline CURLMcode ccurl_multi_poll(
    CURLM *multi, struct curl_waitfd *extra, unsigned int count, int milliseconds, int *ready) {
    return ccurl_functions.multi_poll(multi, extra, count, milliseconds, ready);
}

static inline CURLMsg *ccurl_multi_info_read(CURLM *multi, int *left) {
    return ccurl_functions.multi_info_read(multi, left);
}

static inline const char *ccurl_multi_strerror(CURLMcode code) { return ccurl_functions.multi_strerror(code); }

/// What libcurl calls with received or for wanted bytes (curl_easy_setopt: WRITEFUNCTION, HEADERFUNCTION, READFUNCTION).
typedef size_t (*ccurl_data_function)(char *bytes, size_t size, size_t count, void *context);

/// What libcurl calls to go back in a body it sends (curl_easy_setopt: SEEKFUNCTION).
typedef int (*ccurl_seek_function)(void *context, curl_off_t offset, int origin);

static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return ccurl_functions.easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return ccurl_functions.easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
    return ccurl_functions.easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_bytes(CURL *handle, CURLoption option, const void *value) {
    return ccurl_functions.easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return ccurl_functions.easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return ccurl_functions.easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_data_function(CURL *handle, CURLoption option, ccurl_data_function value) {
    return ccurl_functions.easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_seek_function(CURL *handle, ccurl_seek_function value) {
    return ccurl_functions.easy_setopt(handle, CURLOPT_SEEKFUNCTION, value);
}

/// What libcurl calls once the connection stands, before the request is sent (CURLOPT_PREREQFUNCTION, from 7.80 on).
typedef int (*ccurl_connected_function)(
    void *context, char *peer_address, char *own_address, int peer_port, int own_port);

/// CURLE_UNKNOWN_OPTION where libcurl has none.
static inline CURLcode ccurl_set_connected_function(CURL *handle, ccurl_connected_function value) {
    return ccurl_functions.easy_setopt(handle, (CURLoption)(CURLOPTTYPE_FUNCTIONPOINT + 312), value);
}

/// What CURLOPT_PREREQFUNCTION is called with.
static inline CURLcode ccurl_set_connected_context(CURL *handle, void *value) {
    return ccurl_functions.easy_setopt(handle, (CURLoption)(CURLOPTTYPE_CBPOINT + 313), value);
}

static inline CURLcode ccurl_set_socket_function(CURL *handle, curl_opensocket_callback value) {
    return ccurl_functions.easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}

/// Numbers such as CURLINFO_HTTP_CONNECTCODE.
static inline CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value) {
    return ccurl_functions.easy_getinfo(handle, info, value);
}

/// CURLINFO_ACTIVESOCKET.
static inline CURLcode ccurl_get_socket(CURL *handle, curl_socket_t *value) {
    return ccurl_functions.easy_getinfo(handle, CURLINFO_ACTIVESOCKET, value);
}

/// The transfer a finished handle belongs to: what CURLOPT_PRIVATE was set to.
static inline CURLcode ccurl_get_private(CURL *handle, void **value) {
    return ccurl_functions.easy_getinfo(handle, CURLINFO_PRIVATE, value);
}

/// Times of a transfer in microseconds, such as CURLINFO_PRETRANSFER_TIME_T.
static inline CURLcode ccurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return ccurl_functions.easy_getinfo(handle, info, value);
}

/// CURL_GLOBAL_DEFAULT and CURL_GLOBAL_NOTHING, whose macros do not import.
static inline CURLcode ccurl_global_init(int with_tls) {
    return ccurl_functions.global_init(with_tls ? CURL_GLOBAL_DEFAULT : CURL_GLOBAL_NOTHING);
}

#endif
