// One user of a SCIM service provider, whom several clients use at once: what each request may be answered by a provider with a single
// copy of the user. Users are told apart by userName, which nobody changes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "properties/linearizability.h"
#include "properties/models/scim_user.h"

namespace properties::models {

/// A request of one client, and its answer.
struct ScimCall {
  enum class Kind { create, read, change, remove };
  Kind kind{};
  int client = 0;
  std::string user_name{};  ///< whom it is about
  Interval when{};
  std::string id{};        ///< in the request's address; of a creation that was answered: the new one
  ScimValues sets{};       ///< what it writes; a PUT names all
  std::string if_match{};  ///< empty: no condition
  int status = 0;          ///< 0: no answer came, or not the provider's own
  std::string tag{};       ///< of the answer; empty: it shows nothing
  ScimValues shown{};      ///< by the answer, of those that calls set
};

[[nodiscard]] std::string text_of(const ScimCall& call);

/// What the provider has of the user.
struct ScimResource {
  bool exists = false;
  std::string id{};   ///< empty: nobody has been told
  std::string tag{};  ///< empty: nobody has been told
  ScimValues values{};

  auto operator<=>(const ScimResource&) const = default;
};

class ScimResourceSequence final : public Sequential {
 public:
  /// Calls about one userName; they outlive it.
  explicit ScimResourceSequence(const std::vector<ScimCall>& calls);
  std::vector<State> after(State state, std::size_t operation) override;

 private:
  State number_of(const ScimResource& resource);

  const std::vector<ScimCall>* calls_;
  std::vector<ScimResource> states_;
  std::map<ScimResource, State> numbers_;
};

/// What cannot be: why there is no order for the calls about one of the users; empty: there is one for each. Gives a search up only after
/// a million places, and takes it for one that has found an order.
[[nodiscard]] std::string disorder_of(const std::vector<ScimCall>& calls);

}  // namespace properties::models
