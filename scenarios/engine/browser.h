// A person's browser: keeps cookies by host, follows redirects, and fills in the forms of the page that it shows as a person
// does, by what the fields say they are for.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http_transport.h"
#include "base/task.h"
#include "base/uri.h"

namespace scenarios {

struct Browser {
  /// What is on the screen.
  struct Page {
    base::Uri address;
    int status = 0;
    std::string text;
  };
  std::map<std::string, std::map<std::string, std::string>> cookies{};  ///< by host
  std::optional<Page> page{};
};

/// What a person types, by the kind of field. [HTML autocomplete]
struct Typed {
  std::string user_name{};
  std::string password{};
  std::string new_password{};
};

/// Goes to an address and wherever it leads; the page at the end is in the browser. A failure of the last exchange instead.
[[nodiscard]] base::Task<std::optional<base::TransportFailure>> open_page(base::HttpTransport* transport, Browser* browser, base::HttpRequest request,
                                                                          base::Uri address);

/// The page's first form with what is typed, as the request that its button sends, and where it goes; empty without a form.
struct Submission {
  base::HttpRequest request;
  base::Uri address;
};
[[nodiscard]] std::optional<Submission> fill_in(const Browser::Page& page, const Typed& typed);

/// Whether the page asks for a password.
[[nodiscard]] bool asks_for_password(const Browser::Page& page);
/// Whether it asks for one that the person chooses.
[[nodiscard]] bool asks_for_new_password(const Browser::Page& page);
/// What the page says went wrong, in its element of role alert; empty where it says nothing.
[[nodiscard]] std::string alert_of(const Browser::Page& page);

}  // namespace scenarios
