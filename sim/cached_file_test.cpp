// A file behind a write cache against one that writes down every change in full and plays them all again.
#include "sim/cached_file.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace sim {
namespace cached_file_test {

struct NaiveFile {
  enum class State { cached, durable, given_up };
  struct Change {
    std::uint64_t offset;
    std::string text;  ///< of a truncation empty
    State state = State::cached;
  };

  std::vector<Change> changes;

  void end_sync(State state) {
    for (auto& change : changes) {
      if (change.state == State::cached) change.state = state;
    }
  }
  template <class Survives>
  [[nodiscard]] std::string left(Survives survives) const {
    std::string bytes;
    for (const auto& change : changes) {
      if (!survives(change.state)) continue;
      if (change.text.empty()) {
        bytes.resize(change.offset);
      } else {
        bytes.resize(std::max<std::size_t>(bytes.size(), change.offset + change.text.size()));
        bytes.replace(change.offset, change.text.size(), change.text);
      }
    }
    return bytes;
  }
};

enum class Step { append, write, truncate, sync, fail_sync };

RC_GTEST_PROP(CachedFile, is_left_by_the_power_as_if_every_change_had_been_written_down, (std::uint64_t seed)) {
  CachedFile file;
  NaiveFile naive;
  const auto steps = *rc::gen::inRange(1, 30);
  for (int i = 0; i < steps; ++i) {
    const auto text = std::string(*rc::gen::inRange<std::size_t>(1, 1'500), static_cast<char>('a' + i));
    auto offset = *rc::gen::inRange<std::uint64_t>(0, 3'000);
    switch (*rc::gen::element(Step::append, Step::append, Step::write, Step::write, Step::write, Step::truncate, Step::sync, Step::fail_sync)) {
      case Step::append:
        offset = file.bytes().size();
        [[fallthrough]];
      case Step::write:
        file.write(offset, text);
        naive.changes.push_back({offset, text});
        break;
      case Step::truncate:
        file.truncate(offset);
        naive.changes.push_back({offset, ""});
        break;
      case Step::sync:
        file.sync();
        naive.end_sync(NaiveFile::State::durable);
        break;
      case Step::fail_sync:
        file.fail_sync();
        naive.end_sync(NaiveFile::State::given_up);
        break;
    }
    base::Rng rng{seed};
    RC_ASSERT(file.bytes().text() == naive.left([](NaiveFile::State) { return true; }));
    RC_ASSERT(file.left_by(PowerCut::keeps_all, rng).text() == naive.left([](NaiveFile::State state) { return state != NaiveFile::State::given_up; }));
    RC_ASSERT(file.left_by(PowerCut::loses_all, rng).text() == naive.left([](NaiveFile::State state) { return state == NaiveFile::State::durable; }));
  }
}

}  // namespace cached_file_test
}  // namespace sim
