// A small program that provisions people into a SCIM service provider: it looks before it creates, and sends what has changed.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/secret.h"
#include "base/task.h"
#include "base/uri.h"
#include "fakes/clients/caller.h"

namespace fakes::clients {

/// A person to be provisioned.
struct NewUser {
  std::string user_name{};
  std::string email{};
  std::string display_name{};
  std::string given_name{};
  std::string surname{};
  std::string title{};
};

class ScimClient {
 public:
  /// `provider` is the base URL. What is passed by reference outlives it.
  ScimClient(base::HttpTransport& transport, base::Clock& clock, base::Uri provider, base::Secret token, Quirks quirks);

  [[nodiscard]] base::Task<Outcome> sync();
  [[nodiscard]] base::Task<Outcome> create(NewUser user);
  /// `changes` by attribute paths.
  [[nodiscard]] base::Task<Outcome> update(std::string user_name, base::JsonObject changes);
  [[nodiscard]] base::Task<Outcome> disable(std::string user_name);
  [[nodiscard]] base::Task<Outcome> remove(std::string user_name);

 private:
  /// The id of a user; `known` false: that cannot be told.
  struct LookedUp {
    bool known = false;
    std::string id{};
  };

  base::Task<base::HttpResult> send(std::string method, std::string path, std::string query, std::string body, Repeat repeat);
  base::Task<LookedUp> look_up(std::string user_name);
  base::Task<Outcome> patch(std::string id, base::JsonObject changes);
  base::Task<Outcome> put(std::string id, std::string user_name, base::JsonObject changes);

  base::Uri provider_;
  base::Secret token_;
  Caller caller_;
  std::map<std::string, std::string> ids_{};  ///< by user name
  std::map<std::string, std::string> addresses_{};  ///< by user name
};

}  // namespace fakes::clients
