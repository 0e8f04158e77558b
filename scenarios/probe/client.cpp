#include "scenarios/probe/client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "base/encoding.h"
#include "scenarios/probe/json_path.h"
#include "sim/redactor.h"

namespace scenarios::probe {
namespace {

constexpr std::size_t shortest_secret = 6;
/// Bodies longer than that are cut in the record: a report is to be read.
constexpr std::size_t longest_recorded = 20'000;
constexpr std::array<std::string_view, 3> discovery{"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"};

std::string_view without_query(std::string_view path) { return path.substr(0, path.find('?')); }

bool is_read(const Client::Request& request) {
  return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS" ||
         (request.method == "POST" && without_query(request.path).ends_with("/.search"));
}

base::Uri without_last_slash(base::Uri uri) {
  while (uri.path.ends_with('/')) uri.path.pop_back();
  return uri;
}

/// A path of the target's below the base URL; as it stands where it is elsewhere.
std::string below_base(std::string_view path, const base::Uri& base) {
  if (path.starts_with("http://") || path.starts_with("https://")) {
    const auto parsed = base::parse_uri(path);
    if (parsed) return below_base(parsed->target(), base);
  }
  const auto& prefix = base.path;
  if (!prefix.empty() && path.starts_with(prefix) && path.size() > prefix.size()) path.remove_prefix(prefix.size());
  return std::string(path);
}

std::string cut(const std::string& text) {
  if (text.size() <= longest_recorded) return text;
  return fmt::format("{}… ({} bytes in all)", base::utf8_prefix(text, longest_recorded), text.size());
}

ExchangeRecord redacted(ExchangeRecord record, const sim::Redactor& redact) {
  record.target = redact(record.target);
  record.request_body = redact(record.request_body);
  record.response_body = redact(record.response_body);
  record.failure = redact(record.failure);
  for (auto* headers : {&record.request_headers, &record.response_headers}) {
    for (auto& [name, value] : *headers) {
      const bool secret = base::equals_ignoring_case(name, "Authorization") ||
                          base::equals_ignoring_case(name, "Set-Cookie") || base::equals_ignoring_case(name, "Cookie");
      value = secret ? std::string("[redacted]") : redact(value);
    }
  }
  return record;
}

}  // namespace

std::string Authorization::header() const {
  if (scheme == Scheme::basic) return "Basic " + base::to_base64(credential.reveal());
  return "Bearer " + credential.reveal();
}

Client::Client(const Target& target, bool plan)
    : target_(&target), usual_(target.authorization), base_(without_last_slash(target.base)), plan_(plan) {
  if (!usual_.credential.empty()) keep_secret(usual_);
  if (target.second) keep_secret(*target.second);
  for (const auto& [name, value] : target.headers) secrets_.insert(value.reveal());
}

void Client::keep_secret(const Authorization& authorization) {
  secrets_.insert(authorization.credential.reveal());
  const auto header = authorization.header();
  secrets_.insert(header.substr(header.find(' ') + 1));
}

base::Task<base::Result<void>> Client::renew_authorization() {
  if (target_->tokens == nullptr) co_return base::Result<void>{};
  const auto token = co_await target_->tokens->token();
  if (!token) co_return base::fail(token.error().message);
  usual_ = {Authorization::Scheme::bearer, *token};
  keep_secret(usual_);
  co_return base::Result<void>{};
}

std::string Client::authorization(Credentials credentials) const {
  auto usual = usual_.header();
  switch (credentials) {
    case Credentials::usual:
      return usual;
    case Credentials::none:
      return {};
    case Credentials::wrong:
      return "Bearer lockstep-no-such-token";
    case Credentials::empty:
      return "Bearer";
    case Credentials::trailing:
      return usual + "x";
    case Credentials::scheme:
      return "Negotiate " + usual.substr(usual.find(' ') + 1);
    case Credentials::second:
      return target_->second ? target_->second->header() : std::string{};
  }
  return {};
}

bool Client::is_ours(std::string_view path) const {
  path = without_query(path);
  const auto id = base::percent_decode(path.substr(path.rfind('/') + 1));
  if (id && unknown_.contains(*id)) return true;
  if (removed_.contains(path)) return true;
  return std::ranges::find(created_, path) != created_.end();
}

bool Client::may_write(const Request& request) const {
  const auto path = without_query(request.path);
  if (std::ranges::any_of(discovery, [&](std::string_view one) { return path.starts_with(one); })) return true;
  if (path.find('/', 1) == std::string_view::npos) {
    // A whole collection is never removed or replaced; what is posted to it is created.
    if (path != "/Bulk") return request.method == "POST";
    const auto* operations = member(request.json, "Operations");
    if (operations == nullptr || !operations->is_array()) return true;
    return std::ranges::all_of(*operations, [&](const Value& one) {
      const auto* method = member(one, "method");
      const auto* where = member(one, "path");
      if (method == nullptr || where == nullptr || !where->is_string() || *method == "POST") return true;
      const auto text = where->get<std::string>();
      return text.find("bulkId:") != std::string::npos || is_ours(text);
    });
  }
  return is_ours(path);
}

base::Task<Answer> Client::send(Request request) {
  request.path = below_base(request.path, base_);
  Answer answer;
  answer.method = request.method;
  answer.path = request.path;
  answer.sent = request.json;
  const bool read = is_read(request);
  if (plan_ && !read) {
    planned_.push_back({case_, request.method, request.path, request.body});
    answer.failure = "planned only";
    co_return answer;
  }
  if (!read && !may_write(request)) {
    held_back_ = fmt::format("{} {}: not created by this run", request.method, request.path);
    answer.failure = "held back: " + held_back_;
    co_return answer;
  }
  if (const auto renewed = co_await renew_authorization(); !renewed) {
    ++unanswered_;
    answer.failure = renewed.error().message;
    co_return answer;
  }
  base::HttpRequest out(request.method, base_);
  out.target = base_.path + request.path;
  if (auto value = authorization(request.credentials); !value.empty()) out.headers.add("Authorization", value);
  for (const auto& [name, value] : target_->headers) out.headers.add(name, value.reveal());
  for (const auto& field : request.headers) {
    if (!field.value.empty()) out.headers.add(field.name, field.value);
  }
  if (!request.headers.find("Accept")) out.headers.add("Accept", "application/scim+json");
  if (!request.body.empty() && !request.headers.find("Content-Type"))
    out.headers.add("Content-Type", "application/scim+json");
  if (!request.headers.find("User-Agent")) out.headers.add("User-Agent", "lockstep-conform");
  out.body = request.body;
  collect_secrets(request.json);
  const auto began = target_->scheduler->now();
  const auto sent = out;
  const auto result = co_await target_->transport->send(std::move(out), target_->timeout);
  ++requests_;
  answer.took = target_->scheduler->now() - began;
  if (result) {
    unanswered_ = 0;
    answer.status = result->status;
    answer.headers = result->headers;
    answer.text = result->body;
    auto parsed = Value::parse(answer.text, nullptr, false);
    answer.is_json = !parsed.is_discarded();
    if (answer.is_json) answer.body = std::move(parsed);
  } else {
    ++unanswered_;
    answer.failure = result.error().message;
  }
  answer.exchange = records_.size() + 1;
  remember(request, sent, answer, began);
  if (!read) note_created(request, answer);
  co_return answer;
}

void Client::collect_secrets(const Value& body) {
  if (body.is_array()) {
    for (const auto& one : body) collect_secrets(one);
    return;
  }
  if (!body.is_object()) return;
  for (const auto& [key, value] : body.items()) {
    if (value.is_string() && base::equals_ignoring_case(key, "password")) {
      if (const auto& text = value.get_ref<const std::string&>(); text.size() >= shortest_secret) secrets_.insert(text);
    } else {
      collect_secrets(value);
    }
    // The path of a PATCH operation names it, its value is beside.
    const auto* path = base::equals_ignoring_case(key, "path") ? member(body, "value") : nullptr;
    if (path != nullptr && path->is_string() && value.is_string() && base::equals_ignoring_case(value.get<std::string>(), "password") &&
        path->get<std::string>().size() >= shortest_secret)
      secrets_.insert(path->get<std::string>());
  }
}

void Client::remember(const Request& request, const base::HttpRequest& sent, const Answer& answer, base::Instant began) {
  ExchangeRecord record;
  record.id = answer.exchange;
  record.from = "lockstep";
  record.to = target_->name;
  record.sent = began;
  record.delivered = began;
  record.concluded = began + answer.took;
  record.method = request.method;
  record.target = sent.target;
  for (const auto& field : sent.headers) record.request_headers.emplace_back(field.name, field.value);
  record.request_body = cut(sent.body);
  record.status = answer.status;
  record.failure = answer.failure;
  for (const auto& field : answer.headers) record.response_headers.emplace_back(field.name, field.value);
  record.response_body = cut(answer.text);
  records_.push_back(std::move(record));
  answers_.push_back(answer);
}

void Client::note_bulk(const Request& request, const Answer& answer) {
  const auto* asked = member(request.json, "Operations");
  const auto* done = member(answer.body, "Operations");
  if (asked == nullptr || done == nullptr || !done->is_array()) return;
  for (const auto& one : *done) {
    const auto* location = member(one, "location");
    const auto* method = member(one, "method");
    if (location == nullptr || !location->is_string()) continue;
    const auto path = below_base(location->get<std::string>(), base_);
    if (method != nullptr && *method == "POST") created_.push_back(path);
    if (method != nullptr && *method == "DELETE") {
      std::erase(created_, path);
      removed_.insert(path);
    }
  }
}

void Client::note_created(const Request& request, const Answer& answer) {
  if (answer.status < 200 || answer.status > 299) return;
  const auto path = std::string(without_query(request.path));
  if (request.method == "POST") {
    if (path == "/Bulk") return note_bulk(request, answer);
    if (auto resource = answer.resource_path(); !resource.empty()) {
      created_.push_back(std::move(resource));
    } else if (const auto location = answer.headers.find("Location")) {
      created_.push_back(below_base(*location, base_));
    }
  } else if (request.method == "DELETE") {
    std::erase(created_, path);
    removed_.insert(path);
  } else if (request.method == "PUT" && std::ranges::find(created_, path) == created_.end()) {
    // A PUT must not create [RFC7644 3.2]; where it did, what it made is ours.
    created_.push_back(path);
  }
}

base::Task<void> Client::clean_up() {
  std::vector<std::string> left;
  while (!created_.empty()) {
    Request request;
    request.method = "DELETE";
    request.path = created_.back();
    const auto path = created_.back();
    const auto answer = co_await send(std::move(request));
    const bool gone = (answer.status >= 200 && answer.status < 300) || answer.status == 404 || answer.status == 410;
    std::erase(created_, path);
    if (!gone) left.push_back(path);
    if (unanswered_ > 2) {
      left.insert(left.end(), created_.rbegin(), created_.rend());
      created_.clear();
    }
  }
  created_ = std::move(left);
}

void Client::begin_case(const std::string& id) {
  case_ = id;
  case_begins_ = records_.size();
}

std::vector<ExchangeRecord> Client::exchanges(const std::vector<std::uint64_t>& ids) const {
  const sim::Redactor redact(secrets_);
  std::vector<ExchangeRecord> out;
  for (const auto id : ids) out.push_back(redacted(records_.at(id - 1), redact));
  return out;
}

std::vector<ExchangeRecord> Client::exchanges() const {
  std::vector<std::uint64_t> ids(records_.size() - case_begins_);
  std::iota(ids.begin(), ids.end(), case_begins_ + 1);
  return exchanges(ids);
}

}  // namespace scenarios::probe
