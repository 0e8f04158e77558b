#include "cli/shard.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace cli {
namespace {

using Number = std::expected<std::uint64_t, std::string>;

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

Number number_in(const Variables& variables, const std::string& name) {
  const auto text = variables(name);
  if (!text) return std::unexpected(fmt::format("{} is not set", name));
  const auto number = whole_number(*text);
  if (!number) return std::unexpected(fmt::format("{} is '{}', which is no number", name, *text));
  return *number;
}

/// The fallback where it is not set.
Number number_in(const Variables& variables, const std::string& name, std::uint64_t fallback) {
  return variables(name) ? number_in(variables, name) : Number(fallback);
}

/// A task's number and how many there are, as an array tells them; 0: it does not tell how many.
std::expected<Shard, std::string> slurm_shard(const Variables& variables) {
  const auto id = number_in(variables, "SLURM_ARRAY_TASK_ID");
  const auto least = number_in(variables, "SLURM_ARRAY_TASK_MIN", 0);
  const auto step = number_in(variables, "SLURM_ARRAY_TASK_STEP", 1);
  const auto count = number_in(variables, "SLURM_ARRAY_TASK_COUNT", 0);
  for (const auto* number : {&id, &least, &step, &count}) {
    if (!*number) return std::unexpected(number->error());
  }
  if (*id < *least || *step == 0 || (*id - *least) % *step != 0)
    return std::unexpected(fmt::format("SLURM_ARRAY_TASK_ID is {}, but the array begins at {} and counts by {}", *id, *least, *step));
  return Shard{(*id - *least) / *step + 1, *count};
}

std::expected<Shard, std::string> kubernetes_shard(const Variables& variables) {
  const auto index = number_in(variables, "JOB_COMPLETION_INDEX");
  if (!index) return std::unexpected(index.error());
  return Shard{*index + 1, 0};
}

std::expected<Shard, std::string> gitlab_shard(const Variables& variables) {
  const auto index = number_in(variables, "CI_NODE_INDEX");
  const auto total = number_in(variables, "CI_NODE_TOTAL", 0);
  if (!index) return std::unexpected(index.error());
  if (!total) return std::unexpected(total.error());
  return Shard{*index, *total};
}

std::expected<Shard, std::string> array_shard(const Variables& variables) {
  if (variables("SLURM_ARRAY_TASK_ID")) return slurm_shard(variables);
  if (variables("JOB_COMPLETION_INDEX")) return kubernetes_shard(variables);
  if (variables("CI_NODE_INDEX")) return gitlab_shard(variables);
  return std::unexpected("this is no task of a job array: none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX and CI_NODE_INDEX is set");
}

std::expected<Shard, std::string> checked(const Shard& shard) {
  if (shard.number >= 1 && shard.number <= shard.of) return shard;
  return std::unexpected(fmt::format("there is no part {} of {}", shard.number, shard.of));
}

}  // namespace

std::optional<std::string> environment_variable(const std::string& name) {
  const auto* value = std::getenv(name.c_str());  // tidy-allow: environment: a job array tells its tasks apart in it alone
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

std::expected<Shard, std::string> read_shard(const std::string& text, const Variables& variables) {
  const auto slash = text.find('/');
  const auto number = whole_number(text.substr(0, slash));
  const auto of = slash == std::string::npos ? std::nullopt : whole_number(text.substr(slash + 1));
  if (number && of) return checked({*number, *of});
  const bool is_auto = text.substr(0, slash) == "auto" && (slash == std::string::npos || of);
  if (!is_auto) return std::unexpected(fmt::format("'{}' is no part; write the second of three as 2/3, or auto in a job array", text));
  auto shard = array_shard(variables);
  if (!shard) return shard;
  if (of && shard->of != 0 && shard->of != *of)
    return std::unexpected(fmt::format("the job array has {} tasks, and not {}", shard->of, *of));
  if (of) shard->of = *of;
  if (shard->of == 0) return std::unexpected("the job array does not say how many tasks it has; write it as auto/N");
  return checked(*shard);
}

}  // namespace cli
