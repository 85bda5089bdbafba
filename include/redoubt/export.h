// REDOUBT_API: what the shared library exports; everything else in it is hidden. For C and C++.
#pragma once

#if defined(__GNUC__)
#define REDOUBT_API __attribute__((visibility("default")))
#else
#define REDOUBT_API
#endif
