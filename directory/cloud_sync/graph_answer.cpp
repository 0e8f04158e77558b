#include "directory/cloud_sync/graph_answer.h"

#include <charconv>
#include <cmath>
#include <memory>

#include "base/encoding.h"
#include "base/http_date.h"

namespace directory {
namespace {

/// A wait beyond is no throttle; the request is tried again then at the latest.
constexpr base::Duration longest_wait = std::chrono::hours{24};
constexpr std::size_t longest_message = 500;

GraphAnswer::Kind kind_of(int status, bool has_wait) {
  if (status >= 200 && status < 300) return GraphAnswer::Kind::done;
  if (status == 404) return GraphAnswer::Kind::missing;
  if (status == 401) return GraphAnswer::Kind::unauthorized;
  if (status == 429 || (status == 503 && has_wait)) return GraphAnswer::Kind::postponed;
  if (status == 424) return GraphAnswer::Kind::unknown;  // of a batch: others of it may have been done [Graph B9]
  if (status >= 400 && status < 500) return GraphAnswer::Kind::refused;
  return GraphAnswer::Kind::unknown;
}

GraphAnswer answer_of(int status, base::Json body, std::optional<std::string_view> retry_after, base::Instant now) {
  GraphAnswer answer;
  answer.status = status;
  answer.wait = graph_wait(retry_after, now);
  answer.kind = kind_of(status, answer.wait.has_value());
  if (const auto* error = base::member(body, "error"); error != nullptr && !answer.done()) {
    answer.code = base::string_or(*error, "code", "");
    answer.message = base::utf8_prefix(base::string_or(*error, "message", ""), longest_message);
  }
  if (!answer.done() && answer.code.empty()) answer.code = std::to_string(status);
  answer.body = std::move(body);
  return answer;
}

}  // namespace

std::optional<base::Duration> graph_wait(std::optional<std::string_view> retry_after, base::Instant now) {
  if (!retry_after || retry_after->empty()) return std::nullopt;
  double seconds = 0;
  const auto* begin = std::to_address(retry_after->begin());
  const auto* end = std::to_address(retry_after->end());
  const auto read = std::from_chars(begin, end, seconds, std::chars_format::fixed);
  base::Duration wait{};
  if (read.ec == std::errc{} && read.ptr == end) {
    if (!(seconds >= 0)) return std::nullopt;
    const auto most = std::chrono::duration<double>(longest_wait).count();
    // Up to the next millisecond: a request a moment too early is refused, and counts.
    wait = std::chrono::milliseconds{static_cast<std::int64_t>(std::ceil(std::min(seconds, most) * 1000))};
  } else if (const auto date = base::parse_http_date(*retry_after)) {
    wait = std::max(*date - now, base::Duration::zero());
  } else {
    return std::nullopt;
  }
  return std::min(wait, longest_wait);
}

GraphAnswer read_graph_answer(const base::HttpResult& result, base::Instant now) {
  if (!result) {
    GraphAnswer answer;
    answer.code = "noAnswer";
    answer.message = result.error().message;
    return answer;
  }
  auto body = base::parse_json(result->body);
  const auto date = base::parse_http_date(result->headers.find("Date").value_or(""));
  auto answer = answer_of(result->status, body ? std::move(*body) : base::Json(), result->headers.find("Retry-After"), date.value_or(now));
  answer.date = date;
  if (result->status == 410) answer.location = std::string(result->headers.find("Location").value_or(""));
  return answer;
}

GraphAnswer read_batch_item(const base::Json& item, base::Instant now) {
  std::optional<std::string> retry_after;
  const auto* headers = base::member(item, "headers");
  if (headers != nullptr && headers->is_object()) {
    const auto* value = base::member_ignoring_case(headers->get_object(), "Retry-After");
    if (value != nullptr && value->is_string()) retry_after = std::string(base::as_text(value->get_string()));
    if (value != nullptr && value->is_number()) retry_after = base::to_text(*value);
  }
  const auto* body = base::member(item, "body");
  const auto status = static_cast<int>(base::integer_member(item, "status").value_or(0));
  return answer_of(status, body != nullptr ? *body : base::Json(), retry_after, now);
}

}  // namespace directory
