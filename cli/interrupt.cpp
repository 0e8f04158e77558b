#include "cli/interrupt.h"

#include <signal.h>

namespace cli {
namespace {

// A signal handler can reach nothing but a global.
volatile sig_atomic_t seen = 0;

void on_interrupt(int) {
  seen = 1;
}

}  // namespace

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

bool interrupted() {
  return seen != 0;
}

}  // namespace cli
