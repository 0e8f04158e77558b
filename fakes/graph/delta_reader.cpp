#include "fakes/graph/delta_reader.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace fakes::graph {
namespace {

constexpr base::Duration request_timeout = std::chrono::seconds{30};
constexpr base::Duration first_pause = std::chrono::seconds{1};
constexpr int most_attempts = 8;
constexpr std::uint64_t most_pages_of_a_round = 100'000;

/// What Retry-After asks for, whole or fractional seconds. [Graph E40] Where it is missing the pause doubles. [Graph T12]
base::Duration pause_before(int attempt, const base::HttpResponse& response) {
  const auto text = response.headers.find("Retry-After");
  std::uint64_t seconds = 0;
  if (text) {
    const auto parsed = std::from_chars(text->data(), text->data() + text->size(), seconds);
    const bool fraction = parsed.ptr != text->data() + text->size();
    if (parsed.ec == std::errc{}) return std::chrono::seconds{seconds + (fraction ? 1 : 0)};
  }
  return first_pause * (1 << attempt);
}

bool asks_to_wait(int status) { return status == 429 || status == 503 || status == 504; }

}  // namespace

DeltaReader::DeltaReader(base::HttpTransport& transport, base::Clock& clock, const base::Uri& first)
    : transport_(&transport), clock_(&clock), first_(first.text()), next_(first_) {}

base::Task<base::Result<void>> DeltaReader::read(base::Secret token) {
  int attempt = 0;
  for (std::uint64_t page = 0; page < most_pages_of_a_round;) {
    const auto uri = base::parse_uri(next_);
    if (!uri) co_return base::fail(fmt::format("the link {} cannot be followed: {}", next_, uri.error().message));
    base::HttpRequest request("GET", *uri);
    request.headers.add("Authorization", "Bearer " + token.reveal());
    request.headers.add("Accept", "application/json");
    const auto result = co_await transport_->send(std::move(request), request_timeout);
    // A read may be repeated, whether it was answered or not.
    const bool postponed = !result || asks_to_wait(result->status);
    if (postponed && attempt == most_attempts)
      co_return base::fail(result ? fmt::format("answered {} {} times", result->status, attempt) : result.error().message);
    if (postponed) {
      ++counts_.waits;
      const auto pause = result ? pause_before(attempt, *result) : first_pause * (1 << attempt);
      ++attempt;
      co_await clock_->sleep_for(pause);
      continue;
    }
    attempt = 0;
    ++page;
    const auto step = take_answer(*result);
    if (!step.trouble.empty()) co_return base::fail(step.trouble);
    if (step.over) co_return base::Result<void>{};
  }
  co_return base::fail(fmt::format("no delta link came in {} pages", most_pages_of_a_round));
}

DeltaReader::Step DeltaReader::take_answer(const base::HttpResponse& response) {
  const auto body = base::parse_json(response.body);
  if (response.status == 410) {
    ++counts_.resyncs;
    const auto location = response.headers.find("Location");
    begin_again(location ? std::string(*location) : first_);
    return {};
  }
  const auto* error = body ? base::member(*body, "error") : nullptr;
  const auto code = error == nullptr ? std::string() : base::string_or(*error, "code", "");
  // Tokens that are too old are told in several ways. [Graph DL17]
  if (response.status >= 400 && response.status < 500 && (code == "syncStateNotFound" || code == "SyncStateNotFound" || code == "resyncRequired")) {
    ++counts_.resyncs;
    begin_again(first_);
    return {};
  }
  if (response.status != 200) return {false, fmt::format("a page was answered with {} {}", response.status, code)};
  if (!body) return {false, "a page is no JSON: " + body.error().message};
  return take_page(*body);
}

DeltaReader::Step DeltaReader::take_page(const base::Json& page) {
  const auto* entries = base::member(page, "value");
  if (entries == nullptr || !entries->is_array()) return {false, "a page has no value"};
  ++counts_.pages;
  for (const auto& entry : entries->get_array()) {
    if (!entry.is_object()) return {false, "an entry of a page is no object"};
    take_entry(entry.get_object());
  }
  if (auto next = base::string_member(page, "@odata.nextLink")) {
    if (entries->get_array().empty()) ++counts_.empty_pages;
    next_ = *std::move(next);
    return {};
  }
  auto delta = base::string_member(page, "@odata.deltaLink");
  if (!delta) return {false, "a page has neither a next link nor a delta link"};
  next_ = *std::move(delta);
  ++counts_.rounds;
  if (resyncing_) {
    // What the service did not tell again is gone.
    std::erase_if(objects_, [&](const auto& object) { return !seen_.contains(object.first); });
    std::erase_if(members_, [&](const auto& group) { return !seen_.contains(group.first); });
    resyncing_ = false;
    seen_.clear();
  }
  return {true, {}};
}

void DeltaReader::take_entry(const base::JsonObject& entry) {
  const auto* id = base::member(entry, "id");
  if (id == nullptr || !id->is_string()) return;
  const std::string key(base::as_text(id->get_string()));
  if (base::member(entry, "@removed") != nullptr) {
    if (objects_.erase(key) == 0) ++counts_.repeated;
    members_.erase(key);
    seen_.erase(key);
    return;
  }
  if (resyncing_ && seen_.insert(key).second) {
    // The new round tells all of an object; what it does not tell is no more.
    objects_.erase(key);
    members_.erase(key);
  }
  const bool is_new = !objects_.contains(key);
  auto& held = objects_[key];
  bool changed = is_new;
  for (const auto& [name, value] : entry) {
    if (name == "members@delta") {
      const auto before = members_[key];
      take_members(key, value);
      changed = changed || members_[key] != before;
      continue;
    }
    auto& property = held[name];
    changed = changed || property != value;
    property = value;
  }
  if (!changed) ++counts_.repeated;
}

void DeltaReader::take_members(const std::string& group, const base::Json& changes) {
  if (!changes.is_array()) return;
  auto& members = members_[group];
  for (const auto& change : changes.get_array()) {
    const auto id = base::string_member(change, "id");
    if (!id) continue;
    if (base::member(change, "@removed") != nullptr) {
      members.erase(*id);
    } else {
      members.insert(*id);
    }
  }
}

void DeltaReader::begin_again(std::string link) {
  next_ = std::move(link);
  resyncing_ = true;
  seen_.clear();
}

std::set<std::string> DeltaReader::members_of(const std::string& group) const {
  const auto found = members_.find(group);
  return found == members_.end() ? std::set<std::string>{} : found->second;
}

}  // namespace fakes::graph
