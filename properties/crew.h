// Workers that share one list of tasks: whoever is idle takes the next one, and whoever dies is replaced.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "live/worker.h"


namespace properties {

class Crew {
 public:
  Crew(std::size_t jobs, live::Worker::Answer answer);

  /// What became of a task: an answer, or how the worker died over it.
  struct Told {
    std::string task;
    std::optional<std::string> answer{};
    std::string death{};
  };

  /// Gives out what `next` says, until it says nothing and everybody is idle, or abandon() was called. `take` is told of each task once,
  /// in the order in which they end, and may give `next` more to say. `meanwhile` is called now and then.
  void work(const std::function<std::optional<std::string>()>& next, const std::function<void(const Told&)>& take,
            const std::function<void()>& meanwhile = {});
  /// work() returns after this `take`; what is under way is lost.
  void abandon() { abandoned_ = true; }

 private:
  [[nodiscard]] std::vector<live::Worker*> busy() const;
  void collect(const std::vector<live::Worker*>& busy, const std::function<void(const Told&)>& take);

  live::Worker::Answer answer_;
  std::vector<std::unique_ptr<live::Worker>> workers_;
  bool abandoned_ = false;
};

}  // namespace properties
