#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "base/wait.h"

namespace scenarios {

/// What a task on the device's host left for the one who waits for it; nothing where the device lost power half-way and the frame
/// that holds the ending is destroyed.
template <class Outcome>
struct Errand {
  explicit Errand(base::Scheduler& scheduler) : over(scheduler) {}
  std::optional<Outcome> outcome{};
  bool ended = false;
  base::Event over;
};

/// Ends an errand, also when its frame is destroyed half-way.
template <class Outcome>
struct Ending {
  explicit Ending(std::shared_ptr<Errand<Outcome>> errand_in) : errand(std::move(errand_in)) {}
  ~Ending() {
    errand->ended = true;
    errand->over.notify_all();
  }
  Ending(const Ending&) = delete;
  Ending& operator=(const Ending&) = delete;

  std::shared_ptr<Errand<Outcome>> errand;
};

}  // namespace scenarios
