#include "fakes/scim/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "base/encoding.h"

namespace fakes::scim {
namespace {

constexpr std::size_t longest_target = 16'384;  ///< bytes

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// `v1`, `v2`, `V10`. [RFC7644 3.13]
bool is_version(std::string_view segment) {
  return segment.size() > 1 && (segment[0] == 'v' || segment[0] == 'V') &&
         std::ranges::all_of(segment.substr(1), is_digit);
}

std::vector<std::string> segments_of(std::string_view path) {
  base::Target target;
  target.path = path;
  return target.segments();
}

/// What stands behind the base URL's path; a version in the place of the base URL's own is refused.
std::expected<std::vector<std::string>, ScimError> below_base(std::vector<std::string> path,
                                                              const ProviderOptions& options,
                                                              const Quirks& quirks) {
  const auto base = segments_of(options.base.path);
  const auto shared = static_cast<std::size_t>(std::ranges::mismatch(path, base).in1 - path.begin());
  const bool other_version = shared + 1 == base.size() && shared < path.size() && is_version(base[shared]) &&
                             is_version(path[shared]);
  if (shared < base.size() && !other_version)
    return std::unexpected(ScimError{404, "", "there is nothing at this address"});
  path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(shared));
  if (path.empty() || !is_version(path.front())) return path;
  if (!base::equals_ignoring_case(path.front(), "v2")) {
    if (quirks.has(Quirk::unknown_version_unnamed))
      return std::unexpected(bad_request("", "no such version"));
    return std::unexpected(
        bad_request("invalidVers", fmt::format("SCIM {} is not spoken here; v2 is", path.front())));
  }
  path.erase(path.begin());
  return path;
}

/// The media type alone, in lower case.
std::string media_type(std::string_view field) {
  const auto type = field.substr(0, field.find(';'));
  const auto last = type.find_last_not_of(" \t");
  return base::to_lower(type.substr(0, last == std::string_view::npos ? 0 : last + 1));
}

std::expected<void, ScimError> check_media_type(const Request& request, const Quirks& quirks) {
  const auto field = request.headers.find("Content-Type");
  if (!field || quirks.has(Quirk::any_body_type_accepted)) return {};
  const auto type = media_type(*field);
  const bool scim = type == "application/scim+json" && !quirks.has(Quirk::scim_body_type_refused);
  if (scim || type == "application/json") return {};
  return std::unexpected(ScimError{415, "", "a body is application/scim+json"});
}

}  // namespace

std::optional<std::string> Request::parameter(std::string_view name) const {
  const auto found =
      std::ranges::find(parameters, name, [](const auto& pair) -> std::string_view { return pair.first; });
  if (found == parameters.end()) return std::nullopt;
  return found->second;
}

std::expected<Request, ScimError> read_request(const base::HttpRequest& sent, const ProviderOptions& options,
                                               const Quirks& quirks) {
  if (sent.target.size() > longest_target / 4 && quirks.has(Quirk::long_addresses_fail))
    return std::unexpected(ScimError{500, "", "the address is too long"});
  if (sent.target.size() > longest_target)
    return std::unexpected(ScimError{414, "", "the address is too long"});
  auto target = base::parse_target(sent.target);
  if (!target) {
    // What cannot be decoded names nothing; in a query it is a fault of the query.
    const bool in_path = !base::parse_target(sent.target.substr(0, sent.target.find('?')));
    if (in_path) return std::unexpected(ScimError{404, "", "there is nothing at this address"});
    return std::unexpected(bad_request("invalidValue", "the query cannot be decoded"));
  }
  auto path = below_base(target->segments(), options, quirks);
  if (!path) return std::unexpected(path.error());
  if (quirks.has(Quirk::parameters_decoded_twice)) {
    for (auto& [name, value] : target->query) value = base::percent_decode(value, true).value_or(value);
  }
  return Request{sent.method, *std::move(path), std::move(target->query), sent.headers, sent.body};
}

std::expected<base::Json, ScimError> read_body(const Request& request, const ProviderOptions& options,
                                               const Quirks& quirks) {
  if (request.body.size() > options.body_bytes) {
    return std::unexpected(
        ScimError{413, "", fmt::format("a body has at most {} bytes", options.body_bytes)});
  }
  if (const auto type = check_media_type(request, quirks); !type) return std::unexpected(type.error());
  auto body = base::parse_json(request.body);
  if (body && body->is_object()) return *std::move(body);
  const bool deep = request.body.find("[[[[[[[[") != std::string::npos;
  if (deep && quirks.has(Quirk::deep_bodies_fail))
    return std::unexpected(ScimError{500, "", "stack overflow"});
  if (quirks.has(request.body.empty() ? Quirk::empty_body_fails : Quirk::unreadable_body_fails))
    return std::unexpected(ScimError{500, "", "the body could not be read"});
  return std::unexpected(bad_request("invalidSyntax", "the body is no JSON object"));
}

bool names_schema(const base::Json& body, std::string_view urn) {
  const auto* schemas = body.is_object() ? base::member_ignoring_case(body.get_object(), "schemas") : nullptr;
  if (schemas == nullptr || !schemas->is_array()) return false;
  return std::ranges::any_of(schemas->get_array(), [&](const base::Json& schema) {
    return schema.is_string() && base::equals_ignoring_case(base::as_text(schema.get_string()), urn);
  });
}

}  // namespace fakes::scim
