#include "cli/quirk_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <span>

#include "scenarios/client/sample_products.h"
#include "scenarios/script/nearest.h"

namespace cli {
namespace {

/// The command that takes a word; empty: none does.
std::string command_for(std::string_view word) {
  std::vector<std::string> commands;
  if (fakes::scim::find_quirk(word)) commands.push_back(fmt::format("'conform scim --target fake --quirk {}'", word));
  const auto all = fakes::clients::all_quirks();
  const auto found = std::ranges::find(all, word, &fakes::clients::QuirkInfo::name);
  if (found != all.end()) {
    for (const auto suite : scenarios::client::suites_of(*found)) commands.push_back(fmt::format("'conform {} --target sample --quirk {}'", suite, word));
  }
  return fmt::format("{}", fmt::join(commands, " or "));
}

/// `table`: those that can be meant here.
template <class Info>
std::expected<fakes::QuirkSet<decltype(Info::quirk)>, std::string> quirks_of(const std::vector<std::string>& words, std::span<const Info> table) {
  fakes::QuirkSet<decltype(Info::quirk)> quirks;
  for (const auto& word : words) {
    if (const auto quirk = fakes::quirk_named(table, word)) {
      quirks.add(*quirk);
      continue;
    }
    if (const auto command = command_for(word); !command.empty()) return std::unexpected(fmt::format("--quirk: '{}' is of another suite: {}", word, command));
    std::vector<std::string_view> names;
    for (const auto& quirk : table) names.push_back(quirk.name);
    const auto near = scenarios::nearest_key(word, names);
    return std::unexpected(fmt::format("--quirk: there is no quirk '{}'{}", word,
                                       near ? fmt::format("; did you mean '{}'?", *near) : "; 'lockstep list quirks' lists them"));
  }
  return quirks;
}

}  // namespace

std::expected<fakes::scim::Quirks, std::string> fake_quirks_of(const std::vector<std::string>& words) { return quirks_of(words, fakes::scim::all_quirks()); }

std::expected<fakes::clients::Quirks, std::string> sample_quirks_of(const std::vector<std::string>& words, std::string_view suite) {
  std::vector<fakes::clients::QuirkInfo> own;
  for (const auto& quirk : fakes::clients::all_quirks()) {
    const auto suites = scenarios::client::suites_of(quirk);
    if (std::ranges::find(suites, suite) != suites.end()) own.push_back(quirk);
  }
  return quirks_of(words, std::span<const fakes::clients::QuirkInfo>(own));
}

}  // namespace cli
