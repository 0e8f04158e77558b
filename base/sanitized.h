// Whether this is a build under sanitizers, where worlds run some thirty times slower: tests that play many of them play fewer.
#pragma once

namespace base {

#ifdef LOCKSTEP_SANITIZED
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

}  // namespace base
