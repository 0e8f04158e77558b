#include "bench/scale/scale_text.h"

#include <fmt/format.h>

#include <chrono>
#include <iterator>

#include "base/duration_text.h"

namespace bench::scale {
namespace {

constexpr auto row = "  {:<24} {:>9} {:>11} {:>10} {:>12} {:>9} {:>10}  {}\n";

double seconds_of(base::Duration duration) { return std::chrono::duration<double>(duration).count(); }

double number(const base::JsonObject& object, std::string_view name) {
  const auto* value = base::member(object, name);
  return value == nullptr ? 0 : value->to_number<double>();
}
std::string text(const base::JsonObject& object, std::string_view name) {
  const auto* value = base::member(object, name);
  return value == nullptr || !value->is_string() ? std::string() : std::string(base::as_text(value->get_string()));
}

std::string with_thousands(double value) {
  auto digits = fmt::format("{:.0f}", value);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string shown_bytes(double bytes) {
  constexpr double kilo = 1e3;
  if (bytes < kilo * kilo) return fmt::format("{:.1f} kB", bytes / kilo);
  if (bytes < kilo * kilo * kilo) return fmt::format("{:.0f} MB", bytes / kilo / kilo);
  return fmt::format("{:.2f} GB", bytes / kilo / kilo / kilo);
}

std::string shown_micros(double seconds) {
  constexpr double micros = 1e6;
  constexpr double enough = 10;
  return seconds * micros < enough ? fmt::format("{:.2f} µs", seconds * micros) : fmt::format("{:.0f} µs", seconds * micros);
}

std::string shown_virtual(double seconds) {
  if (seconds == 0) return "-";
  return base::to_text(base::Duration(std::chrono::seconds(static_cast<std::int64_t>(seconds))));
}

}  // namespace

base::JsonObject scale_json(const ScaleResult& result) {
  base::JsonArray phases;
  const auto users = static_cast<double>(result.users);
  for (const auto& phase : result.phases) {
    base::JsonObject one{{"phase", phase.name},
                         {"real_seconds", seconds_of(phase.real)},
                         {"virtual_seconds", seconds_of(phase.in_world)},
                         {"real_seconds_per_user", seconds_of(phase.real) / users},
                         {"events", phase.events},
                         {"memory_bytes", phase.memory},
                         {"memory_bytes_per_user", static_cast<double>(phase.memory) / users}};
    if (!phase.counts.empty()) one["counts"] = phase.counts;
    phases.emplace_back(std::move(one));
  }
  base::JsonObject out{{"users", result.users}, {"groups", result.groups}, {"computers", result.computers}, {"phases", std::move(phases)}};
  if (!result.problem.empty()) out["problem"] = result.problem;
  if (result.interrupted) out["interrupted"] = true;
  return out;
}

std::string scale_text(const base::JsonObject& result) {
  std::string out = fmt::format("{} users, {} groups, {} computers\n", with_thousands(number(result, "users")), with_thousands(number(result, "groups")),
                                with_thousands(number(result, "computers")));
  fmt::format_to(std::back_inserter(out), row, "", "real", "virtual", "per user", "events", "memory", "per user", "");
  if (const auto* phases = base::member(result, "phases"); phases != nullptr && phases->is_array()) {
    for (const auto& entry : phases->get_array()) {
      const auto& phase = entry.get_object();
      fmt::format_to(std::back_inserter(out), row, text(phase, "phase"), fmt::format("{:.2f} s", number(phase, "real_seconds")),
                     shown_virtual(number(phase, "virtual_seconds")), shown_micros(number(phase, "real_seconds_per_user")),
                     with_thousands(number(phase, "events")), shown_bytes(number(phase, "memory_bytes")),
                     shown_bytes(number(phase, "memory_bytes_per_user")), text(phase, "counts"));
    }
  }
  if (const auto problem = text(result, "problem"); !problem.empty()) out += fmt::format("  went no further: {}\n", problem);
  return out;
}

}  // namespace bench::scale
