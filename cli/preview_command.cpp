// `preview`: what provisioning would do with the users of a tenant.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "live/files.h"
#include "scenarios/engine/preview.h"

namespace cli {
namespace {

constexpr std::size_t largest_file = std::size_t{16} * 1024 * 1024;

/// False with a message where it cannot be read.
bool read_into(scenarios::InputFile& file, const std::string& path) {
  if (path.empty()) return true;
  auto text = live::read_file(path, largest_file);
  if (!text) {
    fmt::print(stderr, "lockstep: {}\n", text.error().message);
    return false;
  }
  file.path = path;
  file.text = *std::move(text);
  return true;
}

void print_text(const std::vector<scenarios::PreviewedUser>& users) {
  for (const auto& user : users) {
    fmt::print("{:9} {}\n", user.outcome, user.name);
    if (!user.detail.empty()) fmt::print("    why       {}{}{}\n", user.detail, user.rules.empty() ? "" : "  ", fmt::join(user.rules, ", "));
    for (const auto& lost : user.not_kept) fmt::print("    not kept  {}  {}\n", lost.attribute, lost.rule);
    if (!user.body.empty()) fmt::print("    sends     {}\n", user.body);
  }
}

void print_json(const std::vector<scenarios::PreviewedUser>& users) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& user : users) {
    auto lost = nlohmann::ordered_json::array();
    for (const auto& one : user.not_kept) lost.push_back({{"attribute", one.attribute}, {"rule", one.rule}});
    list.push_back({{"user", user.name}, {"outcome", user.outcome}, {"detail", user.detail}, {"rules", user.rules}, {"status", user.status},
                    {"not_kept", lost}, {"body", nlohmann::ordered_json::parse(user.body, nullptr, false)}});
    if (user.body.empty()) list.back()["body"] = nullptr;
  }
  fmt::print("{}\n", list.dump(2));
}

}  // namespace

int preview(const PreviewCommand& command) {
  scenarios::EntraSpec spec;
  if (!read_into(spec.users, command.users) || !read_into(spec.provisioning.schema, command.schema)) return exit_usage;
  spec.provisioning.mapping = command.mapping;
  const auto users = scenarios::preview_provisioning(spec);
  if (!users) {
    fmt::print(stderr, "lockstep: {}\n", users.error());
    return exit_usage;
  }
  if (command.format == "json") {
    print_json(*users);
  } else {
    print_text(*users);
  }
  const auto refused = std::ranges::count(*users, "refused", &scenarios::PreviewedUser::outcome);
  fmt::print(stderr, "{} of {} users would be created, {} refused\n",
             std::ranges::count(*users, "created", &scenarios::PreviewedUser::outcome), users->size(), refused);
  if (refused > 0) fmt::print(stderr, "'./lockstep explain R44' says what a rule asks for\n");
  return refused > 0 ? exit_violation : exit_pass;
}

}  // namespace cli
