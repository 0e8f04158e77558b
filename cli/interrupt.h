// Ctrl-C: the first one ends a command after the run it is in, with what it has so far; the second one ends
// it at once.
#pragma once

namespace cli {

void catch_interrupts();
[[nodiscard]] bool interrupted();

/// For a command that has to clean up after the first one: the second is counted too, and the third ends it at once.
void catch_two_interrupts();
[[nodiscard]] int interrupts();

/// What a shell expects of a program that a SIGINT ended.
inline constexpr int exit_interrupted = 130;

}  // namespace cli
