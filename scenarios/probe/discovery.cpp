#include "scenarios/probe/discovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/probe/check.h"
#include "scenarios/probe/json_path.h"

namespace scenarios::probe {
namespace {

base::Task<Answer> get(Client& client, std::string path) {
  Client::Request request;
  request.method = "GET";
  request.path = std::move(path);
  auto answer = co_await client.send(std::move(request));
  co_return answer;
}

/// Whether the answer can only come from something that speaks SCIM, well or badly.
bool speaks_scim(const Answer& answer) {
  if (!answer.body.is_object()) return false;
  const auto* schemas = member(answer.body, "schemas");
  if (schemas != nullptr && schemas->is_array()) {
    return std::ranges::any_of(*schemas, [](const Value& one) {
      return one.is_string() && one.get_ref<const std::string&>().find("scim") != std::string::npos;
    });
  }
  return member(answer.body, "authenticationSchemes") != nullptr || member(answer.body, "Resources") != nullptr;
}

std::string kind_of(const Answer& answer) {
  const auto type = answer.headers.find("Content-Type");
  if (answer.text.empty()) return "an empty body";
  if (!answer.is_json) return fmt::format("{} that is no JSON", type ? *type : std::string_view("a body"));
  return "JSON that is no SCIM message";
}

/// One that cannot be reached, that redirects or that has had enough does so everywhere: asking on would only take time.
bool is_hopeless(const Answer& answer) {
  return answer.status == 0 || answer.status == 429 || (answer.status >= 300 && answer.status < 400);
}

/// Why no answer so far shows a SCIM provider.
std::string why_not(const Answer& answer) {
  const auto asked = fmt::format("{} {}", answer.method, answer.path);
  if (answer.status == 0) return fmt::format("the target cannot be reached: {}", answer.failure);
  if (answer.status >= 300 && answer.status < 400) {
    const auto location = answer.headers.find("Location");
    return fmt::format("the target redirects ({} is answered with {} to {}); name the place that it redirects to", asked,
                       answer.status, location ? *location : std::string_view("nowhere"));
  }
  if (answer.status == 401 || answer.status == 403)
    return fmt::format("the target refuses the credentials: {} is answered with {}", asked, answer.status);
  if (answer.status == 429) {
    const auto wait = answer.headers.find("Retry-After");
    return fmt::format("the target takes no more requests for now: {} is answered with 429 and {}", asked,
                       wait ? fmt::format("Retry-After: {}", *wait) : "no Retry-After");
  }
  return fmt::format("the target does not speak SCIM: {} is answered with {} and {}", asked, answer.status, kind_of(answer));
}

}  // namespace

base::Task<std::expected<Product, std::string>> discover(Client& client, Circumstances circumstances) {
  static constexpr std::array<std::string_view, 3> places{"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"};
  std::array<Value, 3> bodies;
  bool scim = false;
  std::string why;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto answer = co_await get(client, std::string(places[i]));
    if (is_hopeless(answer) && !scim) co_return std::unexpected(why_not(answer));
    if (why.empty()) why = why_not(answer);
    scim = scim || (speaks_scim(answer) && answer.status != 401);
    if (answer.status == 200 && answer.is_json) bodies[i] = answer.body;
  }
  // Discovery may be open to everybody: a wrong credential shows where there is something to protect.
  const auto answer = co_await get(client, "/Users?count=1");
  if (!scim && !(speaks_scim(answer) && answer.status < 400)) co_return std::unexpected(why);
  if (answer.status == 401) co_return std::unexpected(why_not(answer));
  co_return Product(std::move(bodies[0]), std::move(bodies[1]), std::move(bodies[2]), circumstances);
}

}  // namespace scenarios::probe
