// What `search` sees: the users as they were a while ago. Everything else reads the org itself.
// [Okta provisioning-clients 5.2-13]
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "base/instant.h"
#include "fakes/okta/org/org.h"

namespace fakes::okta::api {

class SearchIndex {
 public:
  /// The org outlives it.
  SearchIndex(Org& org, base::Duration lag);
  ~SearchIndex();
  SearchIndex(const SearchIndex&) = delete;
  SearchIndex& operator=(const SearchIndex&) = delete;

  /// What is known now stays so; later changes show after the lag.
  void set_lag(base::Duration lag);
  /// The users behind that id, in their order, until `visit` returns false.
  void visit(base::Instant now, const std::string& after, const std::function<bool(const User&)>& visit);

 private:
  struct Version {
    base::Instant at{};
    std::optional<User> user{};  ///< empty: deleted
  };
  void note();
  void begin();

  Org* org_;
  base::Duration lag_;
  std::uint64_t seen_ = 0;
  std::size_t listener_ = 0;
  std::map<UserId, std::deque<Version>> versions_{};  ///< oldest first; only with a lag
};

}  // namespace fakes::okta::api
