// A day of an organisation, request by request: what is asked, and what everybody knows once it was answered.
#pragma once

#include "directory/crash/observation_fixture.h"
#include "directory/federation/provider_fixture.h"

namespace directory {

class Workload {
 public:
  struct Request {
    std::string what;
    bool changes = true;
    std::size_t arrived =
        0;  ///< how many operations the disk had seen when the directory was handed the request
    std::size_t left = 0;  ///< and when its answer left
  };
  /// What is known after a number of requests.
  struct State {
    Organization organization;
    std::vector<std::string> facts;

    [[nodiscard]] bool looks_like(const State& other) const {
      return facts == other.facts && organization.events == other.organization.events;
    }
  };

  /// `operations` tells how many the disk has seen.
  Workload(ServerBench& bench, std::function<std::size_t()> operations, Organization known = {},
           Secrets secrets = {})
      : bench_(&bench), now_(std::move(known)), secrets_(std::move(secrets)) {
    auto& host = bench.world().add_host("idp", "idp.example.test");
    provider_ = std::make_unique<SmallProvider>(host.clock());
    host.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(provider_.get()); });
    host.start();
    bench.watch.arrives = [this, operations] { arrived_.push_back(operations()); };
    bench.watch.leaves = [this, operations] { left_.push_back(operations()); };
    remember_state();
  }

  void play() {
    people_come();
    people_activate();
    computers_come();
    people_log_in();
    people_change();
    passwords_change();
    devices_tell();
    people_are_suspended_and_return();
    policies_change();
    groups_change();
    administrators_and_integrations_change();
    much_is_refused();
    people_go();
    somebody_provisions();
  }

  /// A few people come, in a small organisation or after a restart.
  void play_arrivals(int people) {
    for (int i = 1; i <= people; ++i) create_by_scim(fmt::format("latecomer{:02}", i));
  }

  // One request each
  // -------------------------------------------------------------------------------------------------------

  void create_by_scim(const std::string& name) {
    const auto answer =
        ask("creates " + name, "POST", "/scim/v2/Users", bench_->scim_fields(), new_resource(name), 201);
    add(name,
        {.id = id_in(answer, "id"), .email = name + "@example.test", .display_name = name + " the first"});
  }
  /// Requests that reach the directory at one instant.
  void create_at_once(const std::vector<std::string>& names) {
    constexpr base::Duration latency = std::chrono::milliseconds{50};
    bench_->world().network().set_profile({latency, latency, {}});
    arrived_.clear();
    left_.clear();
    std::vector<std::shared_ptr<Pending>> pending;
    for (const auto& name : names) {
      pending.push_back(bench_->send("POST", "/scim/v2/Users", bench_->scim_fields(), new_resource(name)));
    }
    bench_->settle();
    ASSERT_GE(left_.size(), names.size());
    const auto left = left_;
    for (std::size_t i = 0; i < names.size(); ++i) {
      ASSERT_EQ(pending[i]->status(), 201);
      what_ = "creates one of many: " + names[i];
      left_ = {left[i]};
      add(names[i], {.id = id_in(**pending[i]->result, "id"),
                     .email = names[i] + "@example.test",
                     .display_name = names[i] + " the first"});
    }
  }
  void create_by_admin(const std::string& name, const std::string& state) {
    const auto answer = admin(
        "creates " + name, "POST", "/api/systemusers",
        fmt::format(R"({{"username": "{0}", "email": "{0}@example.test", "state": "{1}"}})", name, state));
    add(name, {.id = id_in(answer, "_id"), .email = name + "@example.test", .state = state});
  }
  void rename_by_scim(const std::string& name, const std::string& display_name) {
    patch("renames " + name, name,
          fmt::format(R"({{"op": "Replace", "path": "displayName", "value": "{}"}})", display_name));
    person(name).display_name = display_name;
    conclude("user_update", name);
  }
  /// Several attributes at once, which are changed together or not at all.
  void move_by_admin(const std::string& name, const std::string& department) {
    admin("moves " + name, "PUT", user_path(name),
          fmt::format(R"({{"department": "{0}", "displayname": "{1} of {0}"}})", department, name));
    person(name).department = department;
    person(name).display_name = name + " of " + department;
    conclude("user_update", name);
  }
  void suspend(const std::string& name) {
    patch("suspends " + name, name, R"({"op": "Replace", "path": "active", "value": "False"})");
    person(name).state = "SUSPENDED";
    now_.end_sessions_of(name);
    conclude("user_suspended", name);
  }
  void take_back(const std::string& name) {
    admin("takes back " + name, "PUT", user_path(name), R"({"state": "ACTIVATED"})");
    person(name).state = "ACTIVATED";
    conclude("user_unsuspended", name);
  }
  void activate_staged(const std::string& name) {
    admin("activates " + name, "POST", user_path(name) + "/state/activate", "{}", 204);
    person(name).state = "ACTIVATED";
    ++person(name).mails_owed;
    conclude("user_activated", name);
  }
  void remove_by_scim(const std::string& name) {
    ask("removes " + name, "DELETE", "/scim/v2/Users/" + person(name).id, bench_->scim_fields(), "", 204);
    now_.remove(name);
    conclude("user_delete", name);
  }
  void remove_by_admin(const std::string& name) {
    admin("removes " + name, "DELETE", user_path(name), "");
    now_.remove(name);
    conclude("user_delete", name);
  }
  void set_first_password(const std::string& name) {
    const auto token = bench_->activation_token(person(name).email);
    const auto password = fresh_password(name);
    ask("sets the password of " + name, "POST", "/portal/activate", {},
        fmt::format(R"({{"token": "{}", "password": "{}"}})", token, password), 204);
    now_.set_password(name, password);
    conclude("user_password_set", name);
  }
  /// In the newest session that is open.
  void change_password(const std::string& name) {
    const auto old = *person(name).password;
    const auto password = fresh_password(name);
    ask("changes the password of " + name, "POST", "/portal/password",
        {{"Cookie", "session=" + cookies_.at(name)}},
        fmt::format(R"({{"old_password": "{}", "new_password": "{}"}})", old, password), 204);
    now_.set_password(name, password);
    now_.events.push_back("user_login_attempt " + name);
    conclude("user_password_change", name);
  }
  void log_in(const std::string& name) {
    const auto answer = log_in_with(name, *person(name).password, 200);
    const auto cookie = header_of(answer, "Set-Cookie");
    const auto begin = cookie.find('=') + 1;
    cookies_[name] = cookie.substr(begin, cookie.find(';') - begin);
    now_.sessions.push_back({secrets_.cookies.size(), name});
    secrets_.cookies.emplace_back(cookies_[name], now_.sessions.back());
    conclude("user_login_attempt", name);
  }
  void log_out(const std::string& name) {
    ask("logs out " + name, "POST", "/portal/logout", {{"Cookie", "session=" + cookies_.at(name)}}, "", 204);
    for (const auto& [cookie, session] : secrets_.cookies) {
      if (cookie != cookies_.at(name)) continue;
      std::erase_if(now_.sessions, [&](const PortalSession& open) { return open.number == session.number; });
    }
    conclude();
  }
  /// Six times, so that the account is locked.
  void forget_password(const std::string& name) {
    for (int attempt = 1; attempt <= 6; ++attempt) {
      log_in_with(name, "not the password at all", 401);
      if (attempt == 6) {
        person(name).locked = true;
        now_.events.push_back("user_lockout " + name);
      }
      conclude("user_login_attempt", name);
    }
  }
  void unlock(const std::string& name) {
    admin("unlocks " + name, "POST", user_path(name) + "/unlock", "{}");
    person(name).locked = false;
    conclude("user_unlocked", name);
  }
  void expire_password(const std::string& name) {
    admin("expires the password of " + name, "POST", user_path(name) + "/expire", "{}");
    person(name).expired = true;
    conclude("user_password_expired", name);
  }
  void register_computer(const std::string& hostname, const std::string& os) {
    const auto answer = ask("registers " + hostname, "POST", "/agent/v1/register",
                            {{"x-connect-key", bench_->keys.connect_key.reveal()}},
                            fmt::format(R"({{"hostname": "{}", "os": "{}", "sealing_key": "{}"}})", hostname,
                                        os, base::to_base64(std::string(32, 'k'))),
                            201);
    const auto id = id_in(answer, "system_id");
    secrets_.agent_keys[id] = id_in(answer, "agent_key");
    now_.computers[hostname].id = id;
    conclude("system_create", hostname);
  }
  void bind(const std::string& hostname, const std::string& name) {
    associate("binds " + name, hostname, name, "add", "");
    computer(hostname).users[name] = false;
    if (person(name).password) computer(hostname).handoffs.insert(name);
    conclude("association_change");
  }
  void unbind(const std::string& hostname, const std::string& name) {
    associate("unbinds " + name, hostname, name, "remove", "");
    computer(hostname).users.erase(name);
    computer(hostname).handoffs.erase(name);
    conclude("association_change");
  }
  /// The computer has all passwords that waited for it.
  void report(const std::string& hostname) {
    const auto fields = agent_fields(hostname);
    const auto state = body_of(bench_->ask("GET", "/agent/v1/state?revision=0&wait=0", fields));
    std::string done;
    for (const auto& account : state.at("accounts").as_array()) {
      const auto* handoff = base::member(account, "handoff");
      if (handoff == nullptr || handoff->is_null()) continue;
      done += fmt::format(R"({}"{}")", done.empty() ? "" : ", ", base::string_or(*handoff, "id", ""));
    }
    ask(hostname + " reports", "POST", "/agent/v1/report", fields,
        fmt::format(R"({{"handoffs_done": [{}]}})", done), 204);
    computer(hostname).handoffs.clear();
    conclude();
  }
  void escrow(const std::string& hostname, int sequence, const std::string& key) {
    ask("hands in the key of " + hostname, "POST", "/agent/v1/recovery-key", agent_fields(hostname),
        fmt::format(R"({{"sequence": {}, "key": "{}"}})", sequence, key), 204);
    computer(hostname).recovery_key = key;
    conclude();
  }
  /// Changed on the computer first: taken, or replaced by the directory's.
  void capture(const std::string& hostname, const std::string& name, bool good) {
    const auto password = good ? fresh_password(name) : std::string("short");
    ask("captures a password of " + name, "POST", "/agent/v1/password", agent_fields(hostname),
        fmt::format(R"({{"user_id": "{}", "old_password": "{}", "new_password": "{}", "captured": true}})",
                    person(name).id, *person(name).password, password),
        good ? 200 : 409);
    now_.events.push_back("user_login_attempt " + name);
    if (good) now_.set_password(name, password);
    computer(hostname).handoffs.insert(name);
    good ? conclude("user_password_change", name) : conclude();
  }
  void federate(const std::string& name) {
    admin("adds an identity provider", "POST", "/api/v2/identity-providers",
          R"({"name": "IdP", "type": "OIDC", "oidc": {"clientId": "client-1", "clientSecret": "the-client-secret",
              "url": "https://idp.example.test"}})",
          201);
    conclude();
    const auto policy = admin("adds a routing policy", "POST", "/api/v2/identity-provider/policies",
                              R"({"name": "Everybody"})", 201);
    conclude();
    admin("routes " + name, "POST", "/api/v2/users/" + person(name).id + "/associations",
          fmt::format(R"({{"op": "add", "type": "idp_routing_policy", "id": "{}"}})", id_in(policy, "id")), 204);
    person(name).federated = true;
    conclude("association_change");
  }
  /// At the login window, over the provider's page; three requests, each of which must not come undone.
  void provision_at_provider(const std::string& hostname, const std::string& name) {
    const auto begun = body_of(ask("begins to provision " + name, "POST", "/agent/v1/provision/begin",
                                   agent_fields(hostname),
                                   fmt::format(R"({{"username": "{}", "local_accounts": []}})", name), 200));
    conclude();
    const auto location = base::parse_uri(base::string_or(begun, "location", "")).value_or(base::Uri{});
    const auto state = base::parse_target(location.target())->parameter("state").value_or("");
    const auto code = provider_->sign_in(location, person(name).email);
    ask(name + " is back from the provider", "GET", fmt::format("/oauth/callback?state={}&code={}", state, code),
        {{"Cookie", "federation=" + state}}, "", 200);
    conclude("user_login_attempt", name);
    ask("provisions " + name, "POST", "/agent/v1/provision/complete", agent_fields(hostname),
        fmt::format(R"({{"ticket": "{}", "local_accounts": []}})", base::string_or(begun, "ticket", "")), 201);
    computer(hostname).users[name] = false;
    computer(hostname).handoffs.insert(name);
    conclude("association_change");
  }
  void create_policy(const std::string& name) {
    const auto templates = body_of(bench_->admin("GET", "/api/v2/policytemplates"));
    const auto answer = admin("creates policy " + name, "POST", "/api/v2/policies",
                              fmt::format(R"({{"name": "{}", "template": {{"id": "{}"}}}})", name,
                                          base::string_or(templates.as_array().front(), "id", "")),
                              201);
    now_.policies[id_in(answer, "id")] = name;
    conclude("policy_create", name);
  }
  void rename_policy(const std::string& from, const std::string& to) {
    admin("renames policy " + from, "PUT", "/api/v2/policies/" + policy(from),
          fmt::format(R"({{"name": "{}"}})", to));
    now_.policies[policy(from)] = to;
    conclude("policy_update", to);
  }
  void remove_policy(const std::string& name) {
    admin("removes policy " + name, "DELETE", "/api/v2/policies/" + policy(name), "", 204);
    now_.policies.erase(policy(name));
    conclude("policy_delete", name);
  }
  void create_group(const std::string& name) {
    const auto answer = admin("creates group " + name, "POST", "/api/v2/usergroups",
                              fmt::format(R"({{"name": "{}"}})", name), 201);
    now_.groups[id_in(answer, "id")].name = name;
    conclude("group_create", name);
  }
  void rename_group(const std::string& from, const std::string& to) {
    admin("renames group " + from, "PUT", "/api/v2/usergroups/" + group(from),
          fmt::format(R"({{"name": "{}"}})", to));
    now_.groups.at(group(from)).name = to;
    conclude("group_update", to);
  }
  void change_member(const std::string& group_name, const std::string& name, const std::string& op) {
    const auto id = group(group_name);
    admin(op + "s member " + name, "POST", fmt::format("/api/v2/usergroups/{}/members", id),
          fmt::format(R"({{"op": "{}", "type": "user", "id": "{}"}})", op, person(name).id), 204);
    auto& members = now_.groups.at(id).members;
    op == "add" ? static_cast<void>(members.insert(name)) : static_cast<void>(members.erase(name));
    conclude("association_change");
  }
  void remove_group(const std::string& name) {
    admin("removes group " + name, "DELETE", "/api/v2/usergroups/" + group(name), "", 204);
    now_.groups.erase(group(name));
    conclude("group_delete", name);
  }
  void create_administrator(const std::string& email, const std::string& role) {
    const auto answer = admin("creates administrator " + email, "POST", "/api/users",
                              fmt::format(R"({{"email": "{}", "roleName": "{}"}})", email, role));
    now_.administrators[id_in(answer, "_id")] = {email, role};
    conclude("admin_create");
  }
  void change_role(const std::string& email, const std::string& role) {
    const auto id = administrator(email);
    admin("changes the role of " + email, "PUT", "/api/users/" + id,
          fmt::format(R"({{"roleName": "{}"}})", role));
    now_.administrators.at(id).role = role;
    conclude("admin_update");
  }
  void remove_administrator(const std::string& email) {
    const auto id = administrator(email);
    admin("removes administrator " + email, "DELETE", "/api/users/" + id, "");
    now_.administrators.erase(id);
    conclude("admin_delete");
  }
  void create_integration(const std::string& name) {
    const auto answer = admin("creates integration " + name, "POST", "/api/v2/integrations",
                              fmt::format(R"({{"type": "generic", "name": "{}"}})", name));
    now_.integrations[id_in(answer, "id")] = name;
    secrets_.integration_keys[name] = id_in(answer, "key");
    conclude("integration_activate");
  }
  void remove_integration(const std::string& name) {
    const auto found =
        std::ranges::find(now_.integrations, name, [](const auto& entry) { return entry.second; });
    admin("removes integration " + name, "DELETE", "/api/v2/integrations/" + found->first, "", 204);
    now_.integrations.erase(found);
    conclude("integration_deactivate");
  }
  /// A request that is refused keeps nothing.
  void refused(std::string_view method, const std::string& target, const std::string& body, int status) {
    const bool scim = target.starts_with("/scim");
    ask("is refused", method, target, scim ? bench_->scim_fields() : bench_->admin_fields(), body, status);
    requests_.push_back({fmt::format("is refused at {}", target), false, arrived_.front(), left_.front()});
    remember_state();
  }

  [[nodiscard]] const std::vector<Request>& requests() const { return requests_; }
  /// The n-th is known after n requests.
  [[nodiscard]] const std::vector<State>& states() const { return states_; }
  [[nodiscard]] const Secrets& secrets() const { return secrets_; }

 private:
  // The day
  // -------------------------------------------------------------------------------------------------------

  static std::string name_of(int number) { return fmt::format("person{:02}", number); }

  void people_come() {
    for (int i = 1; i <= 16; ++i) create_by_scim(name_of(i));
    for (int i = 17; i <= 20; ++i) create_by_admin(name_of(i), "ACTIVATED");
    for (int i = 21; i <= 24; ++i) create_by_admin(name_of(i), "STAGED");
    bench_->settle();
  }
  void people_activate() {
    for (int i = 1; i <= 14; ++i) set_first_password(name_of(i));
    activate_staged(name_of(21));
    activate_staged(name_of(22));
    bench_->settle();
    set_first_password(name_of(21));
  }
  void computers_come() {
    register_computer("laptop", "windows");
    register_computer("desktop", "windows");
    register_computer("macbook", "macos");
    for (int i = 1; i <= 6; ++i) bind("laptop", name_of(i));
    for (int i = 5; i <= 9; ++i) bind("desktop", name_of(i));
    for (int i = 15; i <= 18; ++i) bind("macbook", name_of(i));
    report("laptop");
    report("desktop");
  }
  void people_log_in() {
    for (int i = 1; i <= 12; ++i) log_in(name_of(i));
    forget_password(name_of(13));
    forget_password(name_of(14));
    unlock(name_of(13));
    for (int i = 1; i <= 3; ++i) log_out(name_of(i));
    expire_password(name_of(12));
  }
  void people_change() {
    for (int round = 1; round <= 3; ++round) {
      for (int i = 1; i <= 16; ++i)
        rename_by_scim(name_of(i), fmt::format("{} of round {}", name_of(i), round));
      for (int i = 9; i <= 20; ++i) move_by_admin(name_of(i), fmt::format("Department {}", round * i));
    }
  }
  void passwords_change() {
    for (int i = 4; i <= 9; ++i) change_password(name_of(i));
    report("laptop");
    for (int i = 4; i <= 6; ++i) log_in(name_of(i));
  }
  void devices_tell() {
    escrow("macbook", 1, "AAAA-1111");
    capture("laptop", name_of(4), true);
    capture("laptop", name_of(6), false);
    escrow("macbook", 2, "BBBB-2222");
    report("laptop");
  }
  void somebody_provisions() {
    register_computer("kiosk", "macos");
    federate(name_of(2));
    provision_at_provider("kiosk", name_of(2));
    report("kiosk");
  }
  void people_are_suspended_and_return() {
    for (int i = 5; i <= 12; ++i) suspend(name_of(i));
    for (int i = 5; i <= 9; ++i) take_back(name_of(i));
    for (int i = 6; i <= 8; ++i) log_in(name_of(i));
  }
  void policies_change() {
    for (int i = 1; i <= 4; ++i) create_policy(fmt::format("policy {}", i));
    for (int i = 1; i <= 3; ++i) rename_policy(fmt::format("policy {}", i), fmt::format("rule {}", i));
    remove_policy("policy 4");
    remove_policy("rule 1");
  }
  void groups_change() {
    for (const auto* name : {"Sales", "Engineering", "Support"}) create_group(name);
    for (int i = 1; i <= 6; ++i) change_member("Sales", name_of(i), "add");
    for (int i = 13; i <= 18; ++i) change_member("Engineering", name_of(i), "add");
    change_member("Sales", name_of(5), "remove");
    rename_group("Sales", "Marketing");
    remove_group("Support");
  }
  void administrators_and_integrations_change() {
    create_administrator("help@example.test", "Help Desk");
    create_administrator("boss@example.test", "Manager");
    change_role("help@example.test", "Read Only");
    for (const auto* name : {"first", "second", "third"}) create_integration(name);
    remove_integration("second");
    remove_administrator("boss@example.test");
  }
  void much_is_refused() {
    for (int i = 1; i <= 4; ++i) {
      refused(
          "POST", "/scim/v2/Users",
          fmt::format(R"({{"userName": "{0}", "emails": [{{"value": "other@example.test"}}]}})", name_of(i)),
          409);
      refused("PUT", user_path(name_of(i)),
              fmt::format(R"({{"displayname": "never", "email": "{}@example.test"}})", name_of(i + 1)), 409);
    }
    refused("DELETE", "/api/systemusers/000000000000000000000000", "", 404);
  }
  void people_go() {
    unbind("laptop", name_of(1));
    unbind("desktop", name_of(5));
    remove_group("Engineering");
    for (int i = 1; i <= 4; ++i) remove_by_scim(name_of(i));
    for (int i = 17; i <= 20; ++i) remove_by_admin(name_of(i));
    for (int i = 1; i <= 4; ++i) create_by_scim(name_of(i));
    bench_->settle();
    for (int i = 1; i <= 2; ++i) set_first_password(name_of(i));
    bind("macbook", name_of(1));
    rename_by_scim(name_of(1), "the last word");
  }

  // Means
  // -------------------------------------------------------------------------------------------------------

  base::HttpResponse ask(std::string what, std::string_view method, const std::string& target,
                         ServerBench::Fields fields, std::string body, int status) {
    what_ = std::move(what);
    arrived_.clear();
    left_.clear();
    auto answer = bench_->ask(std::string(method), target, std::move(fields), std::move(body));
    EXPECT_EQ(answer.status, status) << what_ << ": " << answer.body;
    return answer;
  }
  base::HttpResponse admin(std::string what, std::string_view method, const std::string& target,
                           std::string body, int status = 200) {
    return ask(std::move(what), method, target, bench_->admin_fields(), std::move(body), status);
  }
  void patch(std::string what, const std::string& name, std::string_view operation) {
    ask(std::move(what), "PATCH", "/scim/v2/Users/" + person(name).id, bench_->scim_fields(),
        fmt::format(R"({{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{}]}})",
                    operation),
        200);
  }
  base::HttpResponse log_in_with(const std::string& name, const std::string& password, int status) {
    return ask("logs in " + name, "POST", "/portal/login", {},
               fmt::format(R"({{"username": "{}", "password": "{}"}})", name, password), status);
  }
  void associate(std::string what, const std::string& hostname, const std::string& name, std::string_view op,
                 std::string_view more) {
    admin(std::move(what), "POST", fmt::format("/api/v2/systems/{}/associations", computer(hostname).id),
          fmt::format(R"({{"op": "{}", "type": "user", "id": "{}"{}}})", op, person(name).id, more), 204);
  }

  void add(const std::string& name, Person person) {
    if (person.state == "ACTIVATED") person.mails_owed = 1;
    now_.people[name] = std::move(person);
    conclude("user_create", name);
  }
  void conclude(std::string_view event = {}, const std::string& subject = {}) {
    if (!event.empty())
      now_.events.push_back(fmt::format("{}{}{}", event, subject.empty() ? "" : " ", subject));
    requests_.push_back({what_, true, arrived_.front(), left_.front()});
    remember_state();
  }
  void remember_state() { states_.push_back({now_, facts_of(now_)}); }

  ServerBench::Fields agent_fields(const std::string& hostname) {
    return {{"x-system-key", secrets_.agent_keys.at(computer(hostname).id)}};
  }
  Person& person(const std::string& name) { return now_.people.at(name); }
  Computer& computer(const std::string& hostname) { return now_.computers.at(hostname); }
  std::string policy(const std::string& name) {
    const auto found = std::ranges::find(now_.policies, name, [](const auto& entry) { return entry.second; });
    return found == now_.policies.end() ? "none" : found->first;
  }
  std::string group(const std::string& name) {
    const auto found =
        std::ranges::find(now_.groups, name, [](const auto& entry) { return entry.second.name; });
    return found == now_.groups.end() ? "none" : found->first;
  }
  std::string administrator(const std::string& email) {
    const auto found =
        std::ranges::find(now_.administrators, email, [](const auto& entry) { return entry.second.email; });
    return found == now_.administrators.end() ? "none" : found->first;
  }
  std::string user_path(const std::string& name) { return "/api/systemusers/" + person(name).id; }
  std::string fresh_password(const std::string& name) {
    auto& known = secrets_.passwords[name];
    known.push_back(fmt::format("Correct horse {} of {}", known.size() + 1, name));
    return known.back();
  }
  static std::string new_resource(const std::string& name) {
    return fmt::format(R"({{"userName": "{0}", "displayName": "{0} the first", "active": true,
                           "emails": [{{"value": "{0}@example.test", "type": "work", "primary": true}}]}})",
                       name);
  }
  static std::string id_in(const base::HttpResponse& answer, std::string_view member) {
    return base::string_or(body_of(answer), member, "");
  }

  ServerBench* bench_;
  std::unique_ptr<SmallProvider> provider_;
  Organization now_;
  Secrets secrets_;
  std::map<std::string, std::string> cookies_;  ///< the newest of each person
  std::vector<Request> requests_;
  std::vector<State> states_;
  std::string what_;
  std::vector<std::size_t> arrived_;  ///< of the requests since the last was asked
  std::vector<std::size_t> left_;
};

}  // namespace directory
