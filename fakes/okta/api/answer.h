// Answers as they go out, and the pages of lists with the links between them. [Okta provisioning-clients 5.1-03]
// [Okta provisioning-clients 5.1-09]
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/http.h"
#include "base/json.h"
#include "fakes/okta/api/api_error.h"
#include "fakes/okta/api/request.h"

namespace fakes::okta::api {

using Reply = Outcome<base::HttpResponse>;

[[nodiscard]] base::HttpResponse json_answer(const base::Json& body);
[[nodiscard]] inline base::HttpResponse empty_object() { return json_answer(base::JsonObject{}); }
[[nodiscard]] inline base::HttpResponse no_content() { return base::HttpResponse(204); }

struct PageSize {
  std::size_t usual = 200;
  std::size_t most = 200;
};

/// Where a page of a list begins and how long it may be.
struct Page {
  std::size_t limit = 200;
  std::string after{};  ///< key of the last entry of the page before
};
/// A limit beyond the most is the most; one that is no number above zero, and a cursor of another list, is refused.
[[nodiscard]] Outcome<Page> read_page(const Request& request, PageSize size);

/// Opaque; bound to the path of its list.
[[nodiscard]] std::string make_cursor(const Request& request, std::string_view key);

/// Adds the links of a page. `next`: the cursor of the page that follows, if any.
void add_links(base::HttpResponse& response, const Request& request, const std::optional<std::string>& next);

/// One page of entries that come in the order of their keys, all behind the page's beginning.
class Listing {
 public:
  explicit Listing(Page page) : page_(std::move(page)) {}
  [[nodiscard]] const std::string& after() const { return page_.after; }
  /// False where the page is full: then one more follows, and no entry is taken.
  bool add(std::string_view key, base::JsonObject entry);
  /// Ends where it is full, without a link to more. [Okta provisioning-clients 5.2-13]
  [[nodiscard]] base::HttpResponse answer_without_next(const Request& request) const;
  [[nodiscard]] base::HttpResponse answer(const Request& request) const;

 private:
  Page page_;
  base::JsonArray entries_{};
  std::string last_{};
  bool has_more_ = false;
};

}  // namespace fakes::okta::api
