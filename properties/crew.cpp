#include "properties/crew.h"

#include <algorithm>
#include <utility>

namespace properties {

Crew::Crew(std::size_t jobs, live::Worker::Answer answer) : answer_(std::move(answer)) {
  for (std::size_t i = 0; i < std::max<std::size_t>(jobs, 1); ++i) workers_.push_back(std::make_unique<live::Worker>(answer_));
}

void Crew::work(const std::function<std::optional<std::string>()>& next, const std::function<void(const Told&)>& take,
                const std::function<void()>& meanwhile) {
  while (!abandoned_) {
    for (const auto& worker : workers_) {
      if (worker->busy()) continue;
      const auto task = next();
      if (!task) break;
      worker->ask(*task);
    }
    const auto under_way = busy();
    if (under_way.empty()) return;
    collect(under_way, take);
    if (meanwhile) meanwhile();
  }
}

std::vector<live::Worker*> Crew::busy() const {
  std::vector<live::Worker*> out;
  for (const auto& worker : workers_) {
    if (worker->busy()) out.push_back(worker.get());
  }
  return out;
}

void Crew::collect(const std::vector<live::Worker*>& busy, const std::function<void(const Told&)>& take) {
  for (const auto ready : live::wait_for_workers(busy, 100)) {
    if (abandoned_) return;
    auto* worker = busy[ready];
    const auto task = worker->asked();
    const auto received = worker->receive();
    if (!received.death.empty()) {
      const auto place = std::ranges::find(workers_, worker, [](const auto& one) { return one.get(); });
      *place = std::make_unique<live::Worker>(answer_);
    }
    if (received.answer || !received.death.empty()) take({task, received.answer, received.answer ? std::string{} : received.death});
  }
}

}  // namespace properties
