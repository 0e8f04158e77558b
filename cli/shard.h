// Which part of a campaign this machine plays: as it is told, or as the job array says that it is one of.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>

namespace cli {

struct Shard {
  std::uint64_t number = 1;  ///< from 1 to `of`
  std::uint64_t of = 1;

  bool operator==(const Shard&) const = default;
};

/// A variable of the environment; empty where it is not set.
using Variables = std::function<std::optional<std::string>(const std::string& name)>;
[[nodiscard]] std::optional<std::string> environment_variable(const std::string& name);

/// Reads `2/3`; `auto`, which takes both numbers from the job array that this is a task of; or `auto/3`, where the array does not say how
/// many tasks it has. In this order: Slurm (SLURM_ARRAY_TASK_ID, _COUNT, _MIN, _STEP), an Indexed Job of Kubernetes
/// (JOB_COMPLETION_INDEX, from 0, without a count), GitLab's `parallel` (CI_NODE_INDEX, CI_NODE_TOTAL). An error is one sentence.
[[nodiscard]] std::expected<Shard, std::string> read_shard(const std::string& text, const Variables& variables);

}  // namespace cli
