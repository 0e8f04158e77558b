#include "cli/interrupt.h"

#include <signal.h>

namespace cli {
namespace {

// A signal handler can reach nothing but a global.
volatile sig_atomic_t seen = 0;

void on_interrupt(int) {
  seen = 1;
}

void on_one_of_two(int) {
  seen = seen + 1;
  if (seen >= 2) signal(SIGINT, SIG_DFL);
}

}  // namespace

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

void catch_two_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_one_of_two;
  sigaction(SIGINT, &action, nullptr);
}

int interrupts() {
  return seen;
}

bool interrupted() {
  return seen != 0;
}

}  // namespace cli
