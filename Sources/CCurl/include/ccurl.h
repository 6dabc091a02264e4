// libcurl as Swift can call it: its variadic functions, once per argument type.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>

/// What libcurl calls with received or for wanted bytes (curl_easy_setopt: WRITEFUNCTION, HEADERFUNCTION, READFUNCTION).
typedef size_t (*ccurl_data_function)(char *bytes, size_t size, size_t count, void *context);

/// What libcurl calls to go back in a body it sends (curl_easy_setopt: SEEKFUNCTION).
typedef int (*ccurl_seek_function)(void *context, curl_off_t offset, int origin);

static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_bytes(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_data_function(CURL *handle, CURLoption option, ccurl_data_function value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_seek_function(CURL *handle, ccurl_seek_function value) {
    return curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, value);
}

/// What libcurl calls once the connection stands, before the request is sent (CURLOPT_PREREQFUNCTION, from 7.80 on).
typedef int (*ccurl_connected_function)(
    void *context, char *peer_address, char *own_address, int peer_port, int own_port);

/// CURLE_UNKNOWN_OPTION where libcurl has none.
static inline CURLcode ccurl_set_connected_function(CURL *handle, ccurl_connected_function value) {
    return curl_easy_setopt(handle, (CURLoption)(CURLOPTTYPE_FUNCTIONPOINT + 312), value);
}

/// What CURLOPT_PREREQFUNCTION is called with.
static inline CURLcode ccurl_set_connected_context(CURL *handle, void *value) {
    return curl_easy_setopt(handle, (CURLoption)(CURLOPTTYPE_CBPOINT + 313), value);
}

static inline CURLcode ccurl_set_socket_function(CURL *handle, curl_opensocket_callback value) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}

/// Numbers such as CURLINFO_HTTP_CONNECTCODE.
static inline CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

/// CURLINFO_ACTIVESOCKET.
static inline CURLcode ccurl_get_socket(CURL *handle, curl_socket_t *value) {
    return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, value);
}

/// The transfer a finished handle belongs to: what CURLOPT_PRIVATE was set to.
static inline CURLcode ccurl_get_private(CURL *handle, void **value) {
    return curl_easy_getinfo(handle, CURLINFO_PRIVATE, value);
}

/// Times of a transfer in microseconds, such as CURLINFO_PRETRANSFER_TIME_T.
static inline CURLcode ccurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

/// CURL_GLOBAL_DEFAULT and CURL_GLOBAL_NOTHING, whose macros do not import.
static inline CURLcode ccurl_global_init(int with_tls) {
    return curl_global_init(with_tls ? CURL_GLOBAL_DEFAULT : CURL_GLOBAL_NOTHING);
}

#endif
