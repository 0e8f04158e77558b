// A small program that works with Microsoft Graph: it keeps a copy of the tenant's users by delta queries, looks people up, and
// gives them accounts, alone and in batches.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/oauth_client.h"
#include "base/task.h"
#include "base/uri.h"
#include "fakes/clients/caller.h"

namespace fakes::clients {

/// An account to be.
struct NewAccount {
  std::string user_name{};  ///< user principal name
  std::string nickname{};
  std::string display_name{};
  std::string given_name{};
  std::string surname{};
  std::string department{};
  base::Secret password{};
};

class GraphClient {
 public:
  /// `graph` is the root with its version. What is passed by reference outlives it.
  GraphClient(base::HttpTransport& transport, base::Clock& clock, base::Uri graph, base::OauthClient app, Quirks quirks);

  [[nodiscard]] base::Task<Outcome> sync();
  [[nodiscard]] base::Task<Outcome> create(NewAccount account);
  [[nodiscard]] base::Task<Outcome> create_all(std::vector<NewAccount> accounts);
  [[nodiscard]] base::Task<Outcome> update(std::string user_name, base::JsonObject changes);
  /// A security group with members, by user principal names.
  [[nodiscard]] base::Task<Outcome> create_group(std::string name, std::vector<std::string> members);
  [[nodiscard]] base::Task<Outcome> add_member(std::string group, std::string user_name);
  [[nodiscard]] base::Task<Outcome> remove_member(std::string group, std::string user_name);
  [[nodiscard]] base::Task<Outcome> find(std::string display_name);
  [[nodiscard]] base::Task<Outcome> list_outside(std::string department);

 private:
  enum class Found { yes, no, unknown };

  /// With a token; a refused one is renewed once.
  base::Task<base::HttpResult> send(base::HttpRequest request, Repeat repeat);
  /// Why there is no token; empty: there is one.
  base::Task<std::string> see_to_token();
  [[nodiscard]] base::HttpRequest request_for(std::string method, std::string_view path, const std::string& query) const;
  [[nodiscard]] base::HttpRequest request_for_link(const std::string& link) const;
  base::Task<Found> look_up(std::string user_name);
  /// Ids; empty: there is none, or nobody says.
  base::Task<std::string> id_of_user(std::string user_name);
  base::Task<std::string> id_of_group(std::string name);
  base::Task<Outcome> read_pages(std::string first, bool advanced);
  /// The URL of users for whom `comparison`, such as `department ne`, holds of the value; `options` begin with an ampersand.
  [[nodiscard]] std::string users_where(std::string_view comparison, std::string_view value, std::string_view options) const;
  /// Takes one page of a delta query; why it cannot be taken, empty: it was.
  std::string take_page(const base::Json& page);
  void take_entry(const base::Json& entry);
  void begin_again(const base::Headers& answer);
  [[nodiscard]] std::string first_delta() const;
  [[nodiscard]] Outcome what_is_known() const;
  /// Of one batch, what is to come again.
  std::vector<base::JsonObject> not_done(const std::vector<base::JsonObject>& requests, const base::Json& answer, base::Headers& wait) const;
  base::Task<Outcome> send_batch(std::vector<base::JsonObject> requests);

  base::Uri graph_;
  base::OauthClient app_;
  base::HttpTransport* transport_;
  Caller caller_;
  std::optional<base::Secret> token_;
  base::Instant token_ends_{};
  std::string next_{};                        ///< link that goes on; empty: from the beginning
  std::map<std::string, std::string> copy_{};  ///< user principal names by id
  std::map<std::string, std::string> fresh_{}; ///< what was told since a resynchronisation began
  bool resyncing_ = false;
  bool round_over_ = false;
};

}  // namespace fakes::clients
