// toml++, with one thing changed: some texts that are merely malformed, as `[=]`, it takes for impossible states, which
// it asserts or lets the optimizer assume. Here it goes on, and comes to a parse error. Include it from nowhere else.
#pragma once

#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expr) static_cast<void>(0)
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")
