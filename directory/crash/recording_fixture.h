// A workload played once, as the disk saw it.
#pragma once

#include "directory/crash/workload_fixture.h"
#include "sim/recording_disk.h"

namespace directory {

struct Recording {
  std::vector<sim::DiskOperation> operations;
  std::vector<Workload::Request> requests;
  std::vector<Workload::State> states;  ///< the n-th after n requests
  Secrets secrets;
  /// Mails that reached the relay: after how many operations, and whose.
  std::vector<std::pair<std::size_t, std::string>> mails;
  base::Instant end{};
  sim::DiskFiles begin{};        ///< what was on the disk before
  std::uint64_t generation = 1;  ///< benches that start on what it left must draw other ids

  /// How many requests must have happened on a disk that saw `count` operations, and how many may have.
  [[nodiscard]] std::pair<std::size_t, std::size_t> happened_by(std::size_t count) const {
    const auto answered =
        std::ranges::count_if(requests, [&](const auto& request) { return request.left <= count; });
    const auto begun =
        std::ranges::count_if(requests, [&](const auto& request) { return request.arrived < count; });
    return {static_cast<std::size_t>(answered), static_cast<std::size_t>(std::max(answered, begun))};
  }
  [[nodiscard]] std::map<std::string, int> mails_by(std::size_t count) const {
    std::map<std::string, int> sent;
    for (const auto& [operations_before, address] : mails) {
      if (operations_before <= count) ++sent[address];
    }
    return sent;
  }
};

/// A bench whose directory starts on a disk that is not its host's, and ends in good order.
inline BenchOptions bench_on(base::Disk& disk, std::uint64_t generation, base::Instant start) {
  BenchOptions options;
  options.seed = generation;
  options.start = start;
  options.disk = &disk;
  return options;
}

using Play = void (*)(Workload&);
/// Puts a disk in front of another.
using InFront = std::unique_ptr<base::Disk> (*)(base::Disk&);

struct HowToRecord {
  Play play = [](Workload& day) { day.play(); };
  Defects defects{};
  Commits commits = Commits::each;
  InFront in_front = nullptr;
};

inline Recording record(const HowToRecord& how = {}) {
  sim::SimulatedDisk disk(base::Rng(1).fork("disk"), {});
  sim::RecordingDisk recording(disk);
  const auto front = how.in_front != nullptr ? how.in_front(recording) : nullptr;
  auto options = bench_on(front ? *front : recording, 1, BenchOptions{}.start);
  options.defects = how.defects;
  options.directory.commits = how.commits;
  ServerBench bench(std::move(options));
  const auto operations = [&] { return recording.operations().size(); };
  Recording out;
  bench.relay().arrives = [&](const Relay::Message& message) {
    out.mails.emplace_back(operations(), base::string_or(json(message.request.body), "to", ""));
  };
  Workload day(bench, operations);
  how.play(day);
  bench.settle();
  out.operations = recording.operations();
  out.requests = day.requests();
  out.states = day.states();
  out.secrets = day.secrets();
  out.end = bench.now();
  return out;
}

/// The restart on what a power cut left, where `requests` of the first recording have happened: the directory
/// takes up what lay about, a few people come, and it ends in good order.
inline Recording record_recovery(const Recording& first, const sim::DiskFiles& left, std::size_t requests,
                                 std::map<std::string, int> mails_before) {
  sim::SimulatedDisk disk(base::Rng(1).fork("disk"), {});
  disk.load(left);
  sim::RecordingDisk recording(disk);
  const auto operations = [&] { return recording.operations().size(); };
  Recording out;
  out.begin = left;
  out.generation = first.generation + 1;
  for (const auto& [address, count] : mails_before)
    out.mails.insert(out.mails.end(), static_cast<std::size_t>(count), {0, address});
  {
    ServerBench bench(bench_on(recording, out.generation, first.end));
    bench.relay().arrives = [&](const Relay::Message& message) {
      out.mails.emplace_back(operations(), base::string_or(json(message.request.body), "to", ""));
    };
    Workload day(bench, operations, first.states[requests].organization, first.secrets);
    day.play_arrivals(3);
    bench.settle();
    out.requests = day.requests();
    out.states = day.states();
    out.secrets = day.secrets();
    out.end = bench.now();
  }
  out.operations = recording.operations();
  return out;
}

}  // namespace directory
