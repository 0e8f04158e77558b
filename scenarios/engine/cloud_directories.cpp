#include "scenarios/engine/cloud_directories.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace scenarios {

base::Task<std::expected<MicrosoftInstance, Performed>> find_microsoft(Cast& cast, sim::Host& from, std::string name) {
  const auto result = co_await cast.ask_directory(from, "GET", "/api/v2/office365s", std::nullopt, Cast::Credentials::admin);
  if (!result || !result->ok()) co_return std::unexpected(from_response(result));
  const auto body = base::parse_json(result->body);
  if (body && body->is_array()) {
    for (const auto& entry : body->get_array()) {
      if (base::string_or(entry, "name", "") == name) co_return MicrosoftInstance{base::string_or(entry, "id", ""), entry};
    }
  }
  co_return std::unexpected(refused(fmt::format("the directory has no instance of Microsoft 365 named '{}'", name)));
}

base::Task<std::expected<std::string, Performed>> group_id(Cast& cast, std::string group) {
  auto id = co_await group_id(cast, std::move(group), cast.browsers());
  co_return id;
}

base::Task<std::expected<std::string, Performed>> group_id(Cast& cast, std::string group, sim::Host& from) {
  auto path = fmt::format("/api/v2/usergroups?filter=name:eq:{}", base::percent_encode(group));
  const auto result = co_await cast.ask_directory(from, "GET", std::move(path), std::nullopt, Cast::Credentials::admin);
  if (!result || !result->ok()) co_return std::unexpected(from_response(result));
  const auto body = base::parse_json(result->body);
  if (!body || !body->is_array() || body->get_array().empty()) {
    co_return std::unexpected(refused(fmt::format("the directory does not know the group '{}'", group)));
  }
  co_return base::string_or(body->get_array().front(), "id", "");
}

}  // namespace scenarios
