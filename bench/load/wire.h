// Steps of a workload as requests, in the words of the client that sends them, and what an answer has to be. Pure functions: what was
// learnt from earlier answers is handed in.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/http.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/uri.h"
#include "bench/load/workload.h"

namespace bench::load {

/// How everybody whom a run makes up is called. The mark is the run's own.
struct Names {
  std::string prefix;
  std::string mark;
  std::string domain;
  bool user_name_is_mail = true;

  [[nodiscard]] std::string user(std::size_t number) const;
  [[nodiscard]] std::string mail(std::size_t number) const;
  [[nodiscard]] std::string group(std::size_t number) const;
};

struct Endpoint {
  base::Uri base;
  base::Secret authorization;  ///< the field's value; empty: none
  std::vector<std::pair<std::string, base::Secret>> headers;
};

/// The ids that the provider has given, by number; empty: none yet.
struct Ids {
  std::vector<std::string> users;
  std::vector<std::string> groups;
};

/// Whether all that the step refers to has an id.
[[nodiscard]] bool can_be_sent(const Step& step, const Ids& ids);
/// `read` is what the user was at the last read of this visit.
[[nodiscard]] base::HttpRequest request_of(const Step& step, const Endpoint& endpoint, const Names& names, const Ids& ids,
                                           const base::JsonObject& read);
/// DELETE, of what a run has made.
[[nodiscard]] base::HttpRequest removal_of(const Endpoint& endpoint, std::string_view collection, std::string_view id);
/// A look-up of what may have been made: by userName or displayName.
[[nodiscard]] base::HttpRequest search_for(const Endpoint& endpoint, std::string_view collection, std::string_view name);

/// What an answer came to.
struct Reading {
  enum class Kind : std::uint8_t {
    right,
    status,  ///< another status than the operation has
    wrong    ///< the status is right, and what it says is not
  };
  Kind kind = Kind::right;
  std::string why{};
  base::Json body{};  ///< where the answer is right and has one
};
[[nodiscard]] Reading reading_of(const Step& step, const base::HttpResponse& response, const Ids& ids);

/// The next page, where the answer to this one says that there is more. [Okta provisioning-clients 4.7-01]
[[nodiscard]] std::optional<Step> next_page(const Step& step, const base::Json& body);

}  // namespace bench::load
