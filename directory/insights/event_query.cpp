#include "directory/insights/event_query.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/crypto.h"
#include "base/encoding.h"

namespace directory {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using Path = std::vector<std::string>;

constexpr std::int64_t most_events = 10'000;  // [rule DI5]
constexpr std::size_t most_services = 64;
constexpr std::size_t most_fields = 200;
constexpr std::size_t salt_size = 4;
constexpr std::size_t seal_size = 8;
constexpr base::Instant latest = base::Instant{} + std::chrono::days{230 * 366};  ///< beyond what times can be read

constexpr std::array<std::string_view, 16> services{
    "access_management", "alert", "alerts", "all", "asset_management", "directory", "ldap", "mdm", "notifications",
    "object_storage", "password_manager", "radius", "reports", "software", "sso", "systems"};  // [rule DI3]

/// Every top-level field that an event may have. [rule DI20] [rule DI26] [rule DI27]
constexpr std::array<std::string_view, 33> known_fields{
    "id", "event_type", "timestamp", "service", "organization", "@version", "provider", "success", "client_ip", "geoip",
    "useragent", "resource", "initiated_by", "association", "changes", "auth_method", "mfa", "mfa_meta", "auth_context",
    "application", "idm_client_id", "error_message", "message_chain", "system", "correlation", "message", "process_name",
    "src_ip", "username", "windows_meta", "system_timestamp", "system_group", "idp_initiated"};

bool contains(const auto& list, std::string_view name) { return std::ranges::find(list, name) != list.end(); }

base::Result<std::vector<EventService>> read_services(const JsonObject& body) {
  const auto* asked = base::member(body, "service");
  if (asked == nullptr || !asked->is_array() || asked->get_array().empty() || asked->get_array().size() > most_services) {
    return base::fail(fmt::format("service is a list of some of {}", fmt::join(services, ", ")));
  }
  std::vector<EventService> found;
  for (const auto& entry : asked->get_array()) {
    const auto name = entry.is_string() ? base::as_text(entry.get_string()) : std::string_view{};
    if (!contains(services, name)) return base::fail(fmt::format("a service is one of {}", fmt::join(services, ", ")));
    for (const auto service : {EventService::directory, EventService::sso, EventService::systems}) {
      const bool wanted = name == "all" || name == service_name(service);
      if (wanted && std::ranges::find(found, service) == found.end()) found.push_back(service);
    }
  }
  std::ranges::sort(found);
  return found;
}

base::Result<base::Instant> read_time(const JsonObject& body, std::string_view name) {
  auto time = base::parse_rfc3339(base::string_or(body, name, ""));
  if (!time) return base::fail(fmt::format("{}: {}", name, time.error().message));
  return time;
}

/// [rule DI9]
base::Result<std::vector<Path>> read_fields(const JsonObject& body) {
  std::vector<Path> paths;
  const auto* asked = base::member(body, "fields");
  if (asked == nullptr) return paths;
  const auto* list = asked->if_array();
  if (list == nullptr || list->size() > most_fields) return base::fail(fmt::format("fields is a list of at most {}", most_fields));
  for (const auto& entry : *list) {
    if (!entry.is_string()) continue;
    Path path = split_path(base::as_text(entry.get_string()));
    if (contains(known_fields, path.front())) paths.push_back(std::move(path));
  }
  if (paths.empty()) return base::fail("fields names no field that an event has");
  return paths;
}

std::string big_endian(std::int64_t value) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xFFU);
  return bytes;
}

std::int64_t from_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

std::string digest_of(const JsonObject& body) {
  std::string text;
  for (const auto* name : {"service", "start_time", "end_time", "limit", "sort", "search_term", "fields"}) {
    const auto* value = base::member(body, name);
    text += fmt::format("{}={}\n", name, value == nullptr ? "" : base::to_text(*value));
  }
  return base::sha256(text);
}

/// What a mark holds: where the page ended, salt, and a seal over both and the query. No secret is in it: whoever
/// makes one up gets no more than another start time would give.
std::string mark_of(const EventPosition& position, std::string_view salt, std::string_view digest) {
  auto bytes = big_endian(position.at.time_since_epoch().count()) + big_endian(position.sequence) + std::string(salt);
  bytes += base::sha256(bytes + std::string(digest)).substr(0, seal_size);
  return base::to_hex(bytes);
}

base::Result<std::optional<EventPosition>> read_search_after(const JsonObject& body, std::string_view digest) {
  const auto* given = base::member(body, "search_after");
  if (given == nullptr) return std::nullopt;
  const auto wrong = base::fail("search_after is what X-Search_after said last, with the query unchanged");
  const auto* list = given->if_array();
  if (list == nullptr || list->size() != 2 || !(*list)[1].is_string()) return wrong;
  const std::string mark{base::as_text((*list)[1].get_string())};
  const auto bytes = base::from_hex(mark);
  if (!bytes || bytes->size() != 16 + salt_size + seal_size) return wrong;
  const std::string_view view = *bytes;
  const EventPosition position{base::Instant{base::Duration{from_big_endian(view.substr(0, 8))}},
                               from_big_endian(view.substr(8, 8))};
  if (mark_of(position, view.substr(16, salt_size), digest) != mark) return wrong;
  if (position.at < base::Instant{} || position.at > latest) return wrong;
  return position;
}

Json project(const Json& value, const std::vector<std::span<const std::string>>& paths) {
  const auto* object = value.if_object();
  if (object == nullptr || std::ranges::any_of(paths, [](const auto& path) { return path.empty(); })) return value;
  JsonObject out;
  for (const auto& [key, member] : *object) {
    std::vector<std::span<const std::string>> below;
    for (const auto& path : paths) {
      if (path.front() == std::string_view{key.data(), key.size()}) below.push_back(path.subspan(1));
    }
    if (!below.empty()) out[key] = project(member, below);
  }
  return out;
}

}  // namespace

base::Result<EventQuery> read_event_query(const JsonObject& body, base::Instant now) {
  EventQuery query;
  auto wanted = read_services(body);
  if (!wanted) return std::unexpected(wanted.error());
  query.services = std::move(*wanted);
  const auto start = read_time(body, "start_time");
  if (!start) return std::unexpected(start.error());
  query.start = *start;
  query.end = now + std::chrono::nanoseconds{1};
  if (base::member(body, "end_time") != nullptr) {
    const auto end = read_time(body, "end_time");
    if (!end) return std::unexpected(end.error());
    query.end = *end;
  }
  if (query.start > now || query.end < query.start) return base::fail("start_time lies in the future or after end_time");
  const auto limit = base::integer_member(body, "limit").value_or(query.limit);
  if (limit >= 1 && limit <= most_events) query.limit = limit;
  query.descending = base::equals_ignoring_case(base::string_or(body, "sort", ""), "desc");
  if (const auto* term = base::member(body, "search_term")) {
    auto parsed = SearchTerm::parse(*term);
    if (!parsed) return std::unexpected(parsed.error());
    query.term = std::move(*parsed);
  }
  auto fields = read_fields(body);
  if (!fields) return std::unexpected(fields.error());
  query.fields = std::move(*fields);
  query.digest = digest_of(body);
  const auto after = read_search_after(body, query.digest);
  if (!after) return std::unexpected(after.error());
  query.after = *after;
  return query;
}

std::string search_after(const EventQuery& query, const EventPosition& last, std::string_view salt) {
  const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(last.at.time_since_epoch()).count();
  return base::to_text(JsonArray{milliseconds, mark_of(last, salt, query.digest)});
}

Json projected(const Json& event, const std::vector<Path>& fields) {
  std::vector<std::span<const std::string>> paths(fields.begin(), fields.end());
  return project(event, paths);
}

}  // namespace directory
