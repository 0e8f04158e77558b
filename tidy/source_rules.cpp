#include "tidy/source_rules.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "tidy/container_rules.h"
#include "tidy/expression_rules.h"

namespace tidy {
namespace {

/// How a banned word must stand to be the banned thing and not a namesake of ours.
enum class Stands {
  anywhere,
  in_std,      ///< behind `std::`
  in_asio,     ///< behind `asio::`
  called_free,  ///< `word(`, and no member of an object
  chosen        ///< a member that something is assigned to or called on
};

struct BannedWord {
  std::string_view word;
  Stands stands;
  std::string_view rule;
};

struct Rule {
  std::string_view name;
  std::string_view advice;
  /// Where the rule does not hold: `folder/` or a file.
  std::array<std::string_view, 8> exempt{};
};

constexpr std::string_view real_time = "real-time";
constexpr std::string_view asio_timer = "asio-timer";
constexpr std::string_view waitable_timer = "waitable-timer";
constexpr std::string_view thread = "thread";
constexpr std::string_view real_sleep = "real-sleep";
constexpr std::string_view system_random = "system-random";
constexpr std::string_view library_random = "library-random";
constexpr std::string_view environment = "environment";
constexpr std::string_view floating_point = "floating-point";
constexpr std::string_view detached = "asio-detached";
constexpr std::string_view seeded_defect = "seeded-defect";
constexpr std::string_view old_alias = "old-alias";

constexpr Rule rules[] = {
    {real_time,
     "take the instant from a base::Clock port",
     {"live/", "sim/tripwire.cpp", "cli/wall_clock.cpp"}},
    {asio_timer, "co_await clock.sleep_until(t); Asio's timers have a static clock", {"live/"}},
    {waitable_timer, "co_await clock.sleep_until(t); Asio's timers have a static clock", {"live/", "bench/"}},
    {thread,
     "spawn a task on the scheduler; worlds run side by side in processes",
     {"live/", "sim/tripwire.cpp"}},
    {real_sleep, "co_await clock.sleep_for(span); nothing waits for real"},
    {system_random, "draw from the base::Rng that was passed in", {"live/", "sim/tripwire.cpp"}},
    {library_random, "draw from base::Rng; the standard's results differ between libraries", {"live/"}},
    {environment, "pass the value as an argument or an option", {"live/"}},
    {floating_point, "use integers, base::Ratio or base::Duration"},
    {detached, "use base::spawn; a detached coroutine swallows exceptions"},
    {old_alias, "write using Name = Type"},
    {seeded_defect,
     "only tests and fuzzing seed defects, watch probes and have fault points fire: what is served has none of them",
     {"cli/fuzz_command.cpp", "cli/fuzz_output.cpp", "cli/fuzz_output.h", "cli/planted.cpp", "cli/planted.h", "cli/replay_command.cpp", "cli/run_command.cpp"}},
};

constexpr BannedWord banned_words[] = {
    {"steady_clock", Stands::anywhere, real_time},
    {"system_clock", Stands::anywhere, real_time},
    {"high_resolution_clock", Stands::anywhere, real_time},
    {"gettimeofday", Stands::anywhere, real_time},
    {"clock_gettime", Stands::anywhere, real_time},
    {"timespec_get", Stands::anywhere, real_time},
    {"clock", Stands::in_std, real_time},
    {"time", Stands::in_std, real_time},
    {"steady_timer", Stands::anywhere, asio_timer},
    {"system_timer", Stands::anywhere, asio_timer},
    {"high_resolution_timer", Stands::anywhere, asio_timer},
    {"deadline_timer", Stands::anywhere, asio_timer},
    {"basic_deadline_timer", Stands::anywhere, asio_timer},
    {"basic_waitable_timer", Stands::anywhere, waitable_timer},
    {"thread", Stands::in_std, thread},
    {"jthread", Stands::in_std, thread},
    {"async", Stands::in_std, thread},
    {"pthread_create", Stands::anywhere, thread},
    {"thread_pool", Stands::in_asio, thread},
    {"this_thread", Stands::in_std, real_sleep},
    {"usleep", Stands::called_free, real_sleep},
    {"nanosleep", Stands::called_free, real_sleep},
    {"random_device", Stands::anywhere, system_random},
    {"getrandom", Stands::called_free, system_random},
    {"getentropy", Stands::called_free, system_random},
    {"RAND_bytes", Stands::anywhere, system_random},
    {"RAND_priv_bytes", Stands::anywhere, system_random},
    {"shuffle", Stands::in_std, library_random},
    {"sample", Stands::in_std, library_random},
    {"random_shuffle", Stands::in_std, library_random},
    {"rand", Stands::called_free, library_random},
    {"srand", Stands::called_free, library_random},
    {"getenv", Stands::anywhere, environment},
    {"secure_getenv", Stands::anywhere, environment},
    {"float", Stands::anywhere, floating_point},
    {"double", Stands::anywhere, floating_point},
    {"detached", Stands::in_asio, detached},
    {"typedef", Stands::anywhere, old_alias},
    {"SeededDefects", Stands::anywhere, seeded_defect},
    {"Defects", Stands::anywhere, seeded_defect},
    {"defects", Stands::chosen, seeded_defect},
    {"ProbeLogs", Stands::anywhere, seeded_defect},
    {"Probes", Stands::anywhere, seeded_defect},
    {"probes", Stands::chosen, seeded_defect},
    {"FaultPoints", Stands::anywhere, seeded_defect},
    {"fault_points", Stands::chosen, seeded_defect},
};

struct BannedInclude {
  std::string_view path;
  std::string_view rule;
};

constexpr BannedInclude banned_includes[] = {
    {"thread", thread},
    {"boost/asio/thread_pool.hpp", thread},
    {"boost/asio/steady_timer.hpp", asio_timer},
    {"boost/asio/system_timer.hpp", asio_timer},
    {"boost/asio/high_resolution_timer.hpp", asio_timer},
    {"boost/asio/deadline_timer.hpp", asio_timer},
    {"boost/asio/basic_waitable_timer.hpp", waitable_timer},
    {"boost/asio/detached.hpp", detached},
};

bool holds_in(const Rule& rule, std::string_view path) {
  if (rule.name == floating_point) return path.starts_with("sim/");
  if (rule.name == seeded_defect && !path.starts_with("cli/") && !path.starts_with("live/")) return false;
  return std::ranges::none_of(
      rule.exempt, [&](std::string_view prefix) { return !prefix.empty() && path.starts_with(prefix); });
}

bool behind(const SourceText& source, std::size_t at, std::string_view name_space) {
  if (at < 2 || source.at(at - 1) != "::") return false;
  if (source.at(at - 2) == name_space) return true;
  return name_space == "std" && source.at(at - 2) == "ranges";
}

bool stands(const SourceText& source, std::size_t at, Stands how) {
  switch (how) {
    case Stands::anywhere:
      return true;
    case Stands::in_std:
      return behind(source, at, "std");
    case Stands::in_asio:
      return behind(source, at, "asio");
    case Stands::chosen:
      return at > 0 && one_of(source.at(at - 1), {".", "->"}) && one_of(source.at(at + 1), {"=", "."});
    case Stands::called_free:
      return source.at(at + 1) == "(" && (at == 0 || !one_of(source.at(at - 1), {".", "->"}));
  }
  return false;
}

/// `time(nullptr)`, `time(NULL)` and `time(0)`; other calls of a function `time` are ours.
bool reads_unix_time(const SourceText& source, std::size_t at) {
  return source.at(at) == "time" && source.at(at + 1) == "(" &&
         one_of(source.at(at + 2), {"nullptr", "NULL", "0"}) &&
         (at == 0 || !one_of(source.at(at - 1), {".", "->"}));
}

/// The rule that the token breaks, or nothing.
std::string_view banned_by(const SourceText& source, std::size_t at) {
  if (!source.is_word(at)) return {};
  if (reads_unix_time(source, at)) return real_time;
  const auto word = source.at(at);
  if (word.ends_with("_distribution") && behind(source, at, "std")) return library_random;
  for (const auto& banned : banned_words) {
    if (word == banned.word && stands(source, at, banned.stands)) return banned.rule;
  }
  return {};
}

std::vector<Finding> check_banned_words(const std::string& path, const SourceText& source) {
  std::vector<Finding> findings;
  const auto report = [&](std::size_t line, std::string_view word, std::string_view name) {
    const auto& rule = *std::ranges::find(rules, name, &Rule::name);
    if (!holds_in(rule, path)) return;
    findings.push_back(
        {path, line, std::string(name), "'" + std::string(word) + "': " + std::string(rule.advice)});
  };
  for (std::size_t at = 0; at < source.tokens.size(); ++at) {
    if (const auto name = banned_by(source, at); !name.empty())
      report(source.tokens[at].line, source.at(at), name);
  }
  for (const auto& include : source.includes) {
    const auto banned = std::ranges::find(banned_includes, include.path, &BannedInclude::path);
    if (banned != std::end(banned_includes)) report(include.line, include.path, banned->rule);
  }
  return findings;
}

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::vector<Finding> check_code(const std::string& path, const SourceText& source, const SourceText* header) {
  auto findings = check_banned_words(path, source);
  append(findings, check_unordered_iteration(path, source, header));
  append(findings, check_pointer_order(path, source));
  append(findings, check_two_draws(path, source));
  append(findings, check_capturing_coroutines(path, source));
  append(findings, check_await_in_condition(path, source));
  std::ranges::sort(findings);
  const auto repeated = std::ranges::unique(findings);
  findings.erase(repeated.begin(), repeated.end());
  return findings;
}

std::vector<Allowance> allowances_in(const std::string& path, const SourceText& source) {
  std::vector<Allowance> out;
  for (const auto& comment : source.comments) {
    for (auto& allowance : allowances_in_line(path, comment.line, comment.text))
      out.push_back(std::move(allowance));
  }
  return out;
}

std::vector<Allowance> allowances_in_line(const std::string& path, std::size_t line,
                                          const std::string& text) {
  static constexpr std::string_view mark = "tidy-allow:";
  const auto found = text.find(mark);
  if (found == std::string::npos) return {};
  const auto rest = std::string_view(text).substr(found + mark.size());
  // Documentation of the form names no rule.
  if (trim(rest).starts_with('<')) return {};
  const auto colon = rest.find(':');
  const auto reason = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
  return {{path, line, std::string(trim(rest.substr(0, colon))), std::string(trim(reason))}};
}

Verdict apply_allowances(std::vector<Finding> findings, const std::vector<Allowance>& allowances) {
  Verdict verdict;
  for (const auto& allowance : allowances) {
    const auto covers = [&](const Finding& finding) {
      return finding.file == allowance.file && finding.line == allowance.line &&
             finding.rule == allowance.rule;
    };
    const auto taken = std::erase_if(findings, covers);
    if (taken == 0) {
      verdict.findings.push_back(
          {allowance.file, allowance.line, "stale-allowance",
           "there is nothing of '" + allowance.rule + "' on this line; remove the comment"});
    } else if (allowance.reason.empty()) {
      verdict.findings.push_back(
          {allowance.file, allowance.line, "unexplained-allowance",
           "write tidy-allow, the rule and why, with a colon after each of the first two"});
    } else {
      verdict.used.push_back(allowance);
    }
  }
  append(verdict.findings, std::move(findings));
  std::ranges::sort(verdict.findings);
  return verdict;
}

}  // namespace tidy
