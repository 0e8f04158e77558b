#include "scenarios/engine/perform.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "scenarios/engine/mapped.h"

namespace scenarios {

base::Task<Performed> perform(Cast& cast, const Verb& verb) {
  if (const auto* mapping = mapping_of(cast, verb)) return perform_mapped(cast, *mapping, verb);
  return verb.visit([&cast](const auto& alternative) { return perform(cast, alternative); });
}

Performed refused(std::string why) {
  return {Performed::Kind::refused, std::move(why)};
}

Performed from_result(const base::Result<void>& result) {
  return result ? Performed{} : refused(result.error().message);
}

Performed from_response(const base::HttpResult& result) {
  if (!result) {
    const auto kind = result.error().may_be_applied() ? Performed::Kind::no_answer : Performed::Kind::refused;
    return {kind, result.error().message};
  }
  if (result->status < 400) return {};
  const auto body = base::parse_json(result->body);
  auto message =
      body ? base::string_or(*body, "message", base::string_or(*body, "detail", "")) : std::string{};
  return refused(fmt::format("{} {}", result->status,
                             message.empty() ? std::string(base::reason_phrase(result->status)) : message));
}

base::Task<base::HttpResult> ask_as_admin(Cast& cast, std::string method, std::string path, std::optional<base::Json> body) {
  auto result = co_await cast.ask_directory(cast.browsers(), std::move(method), std::move(path), std::move(body), Cast::Credentials::admin);
  co_return result;
}

base::Task<std::expected<std::string, Performed>> directory_id(Cast& cast, sim::Host& from, Person& person) {
  if (person.directory_id) co_return *person.directory_id;
  const auto path =
      fmt::format("/api/systemusers?filter=username:$eq:{}", base::percent_encode(person.username));
  const auto result = co_await cast.ask_directory(from, "GET", path, std::nullopt, Cast::Credentials::admin);
  if (!result || !result->ok()) co_return std::unexpected(from_response(result));
  const auto body = base::parse_json(result->body);
  const auto* results = body ? base::member(*body, "results") : nullptr;
  if (results == nullptr || !results->is_array() || results->get_array().empty()) {
    co_return std::unexpected(refused(fmt::format("the directory has no user '{}'", person.username)));
  }
  person.directory_id = base::string_or(results->get_array().front(), "_id", "");
  co_return *person.directory_id;
}

}  // namespace scenarios
