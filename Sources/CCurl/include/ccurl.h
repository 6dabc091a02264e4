// libcurl as Swift can call it: its variadic functions, once per argument type.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>

#endif
