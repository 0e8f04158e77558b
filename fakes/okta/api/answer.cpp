#include "fakes/okta/api/answer.h"

#include <fmt/format.h>

#include <charconv>

#include "base/digest.h"
#include "base/encoding.h"

namespace fakes::okta::api {
namespace {

std::string mark_of(const Request& request) { return fmt::format("{:016x}", base::digest_of(request.path_text())); }

std::string link(const Request& request, const std::optional<std::string>& after) {
  auto out = request.origin + request.path_text();
  char separator = '?';
  const auto add = [&](std::string_view name, std::string_view value) {
    out += fmt::format("{}{}={}", separator, base::percent_encode(name), base::percent_encode(value));
    separator = '&';
  };
  for (const auto& [name, value] : request.parameters) {
    if (!after || name != "after") add(name, value);
  }
  if (after) add("after", *after);
  return out;
}

}  // namespace

base::HttpResponse json_answer(const base::Json& body) { return {200, "application/json", base::to_text(body)}; }

std::string make_cursor(const Request& request, std::string_view key) {
  return base::to_base64url(fmt::format("{}{}", mark_of(request), key));
}

Outcome<Page> read_page(const Request& request, PageSize size) {
  Page page{size.usual, {}};
  if (const auto text = request.parameter("limit")) {
    const auto* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, page.limit);
    if (read.ec == std::errc::result_out_of_range) page.limit = size.most;
    if (read.ptr != end || text->empty() || page.limit == 0) return invalid("limit", "it has to be a number above zero");
    page.limit = std::min(page.limit, size.most);
  }
  if (const auto text = request.parameter("after"); text && !text->empty()) {
    const auto cursor = base::from_base64url(*text);
    const auto mark = mark_of(request);
    // Assumed: a cursor of another list is a mistake of the caller.
    if (!cursor || !cursor->starts_with(mark)) return invalid("after", "it is no cursor of this list");
    page.after = cursor->substr(mark.size());
  }
  return page;
}

void add_links(base::HttpResponse& response, const Request& request, const std::optional<std::string>& next) {
  response.headers.add("Link", fmt::format("<{}>; rel=\"self\"", link(request, std::nullopt)));
  if (next) response.headers.add("Link", fmt::format("<{}>; rel=\"next\"", link(request, next)));
}

bool Listing::add(std::string_view key, base::JsonObject entry) {
  has_more_ = entries_.size() == page_.limit;
  if (has_more_) return false;
  last_ = key;
  entries_.push_back(std::move(entry));
  return true;
}

base::HttpResponse Listing::answer_without_next(const Request& request) const {
  auto response = json_answer(entries_);
  add_links(response, request, std::nullopt);
  return response;
}

base::HttpResponse Listing::answer(const Request& request) const {
  auto response = json_answer(entries_);
  add_links(response, request, has_more_ ? std::optional(make_cursor(request, last_)) : std::nullopt);
  return response;
}

}  // namespace fakes::okta::api
