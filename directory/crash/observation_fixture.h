// What a directory shows over HTTP, as facts.
#pragma once

#include "directory/crash/organization_fixture.h"
#include "directory/server_test_fixture.h"

namespace directory {

/// What the people and agents of an organisation know by themselves; the directory cannot be asked for it.
struct Secrets {
  std::map<std::string, std::vector<std::string>> passwords;  ///< by username, oldest first
  std::vector<std::pair<std::string, PortalSession>> cookies;
  std::map<std::string, std::string> agent_keys;        ///< by the computer's id
  std::map<std::string, std::string> integration_keys;  ///< by the integration's name
};

struct Observation {
  std::vector<std::string> facts;           ///< sorted
  std::vector<std::string> events;          ///< of the kinds in `told_events`
  std::map<std::string, int> mails;         ///< sent since the start, by address
  std::vector<std::string> wrong_statuses;  ///< of questions that every directory answers
};

class Observer {
 public:
  Observer(ServerBench& bench, const Secrets& secrets) : bench_(&bench), secrets_(&secrets) {}

  Observation observe() {
    look_at_people();
    look_at_computers();
    for (const auto& policy : list(bench_->admin("GET", "/api/v2/policies?limit=100"))) {
      tell(line_of_policy(base::string_or(policy, "id", ""), base::string_or(policy, "name", "")));
    }
    look_at_groups();
    look_at_administration();
    for (const auto& [cookie, session] : secrets_->cookies) {
      if (bench_->is_open(cookie)) tell(line_of_session(session));
    }
    look_at_events();
    bench_->settle();
    for (const auto& message : bench_->relay().messages) {
      ++seen_.mails[base::string_or(json(message.request.body), "to", "")];
    }
    try_passwords();
    std::ranges::sort(seen_.facts);
    return std::move(seen_);
  }

 private:
  void tell(std::string fact) { seen_.facts.push_back(std::move(fact)); }

  base::Json checked(const base::HttpResponse& answer) {
    if (answer.status != 200)
      seen_.wrong_statuses.push_back(fmt::format("{} {}", answer.status, answer.body));
    return answer.status == 200 ? body_of(answer) : base::Json(base::JsonObject{});
  }
  base::JsonArray list(const base::HttpResponse& answer) {
    auto body = checked(answer);
    if (body.is_array()) return std::move(body.get_array());
    const auto* results = base::member(body, "results");
    return results == nullptr ? base::JsonArray{} : results->as_array();
  }
  static bool flag(const base::Json& of, std::string_view name) {
    const auto* value = base::member(of, name);
    return value != nullptr && *value == base::Json(true);
  }

  void look_at_people() {
    for (const auto& user : list(bench_->admin("GET", "/api/systemusers?limit=100"))) {
      Person person{.id = base::string_or(user, "_id", ""), .email = base::string_or(user, "email", "")};
      person.display_name = base::string_or(user, "displayname", "");
      person.department = base::string_or(user, "department", "");
      person.state = base::string_or(user, "state", "");
      if (flag(user, "activated")) person.password = "";
      person.locked = flag(user, "account_locked");
      person.expired = flag(user, "password_expired");
      const auto username = base::string_or(user, "username", "");
      tell(line_of(username, person));
      usernames_[person.id] = username;
      if (may_log_in(person)) ready_to_log_in_.push_back(username);
    }
  }

  void look_at_computers() {
    for (const auto& computer : list(bench_->admin("GET", "/api/systems?limit=100"))) {
      const auto id = base::string_or(computer, "_id", "");
      const auto hostname = base::string_or(computer, "hostname", "");
      tell(line_of_computer(hostname, id));
      const auto key = bench_->admin("GET", fmt::format("/api/v2/systems/{}/fdekey", id));
      if (key.status == 200) tell(line_of_recovery_key(hostname, base::string_or(body_of(key), "key", "")));
      for (const auto& user : list(bench_->admin("GET", fmt::format("/api/v2/systems/{}/users", id)))) {
        tell(line_of_binding(hostname, usernames_[base::string_or(user, "id", "")]));
      }
      const auto state = checked(bench_->ask("GET", "/agent/v1/state?revision=0&wait=0",
                                             {{"x-system-key", secrets_->agent_keys.at(id)}}));
      for (const auto& account : state.at("accounts").as_array()) {
        const auto* handoff = base::member(account, "handoff");
        tell(line_of_account(hostname, usernames_[base::string_or(account, "user_id", "")],
                             flag(account, "sudo"), handoff != nullptr && !handoff->is_null()));
      }
    }
  }

  void look_at_groups() {
    for (const auto& group : list(bench_->admin("GET", "/api/v2/usergroups?limit=100"))) {
      const auto id = base::string_or(group, "id", "");
      const auto name = base::string_or(group, "name", "");
      tell(line_of_group(id, name));
      for (const auto& member :
           list(bench_->admin("GET", fmt::format("/api/v2/usergroups/{}/members?limit=100", id)))) {
        tell(line_of_member(name, usernames_[base::string_or(member.at("to"), "id", "")]));
      }
    }
  }

  void look_at_administration() {
    for (const auto& administrator : list(bench_->admin("GET", "/api/users?limit=100"))) {
      const auto role = base::string_or(administrator, "roleName", "");
      if (role == "Administrator With Billing") continue;  // the first of all
      tell(line_of_administrator(base::string_or(administrator, "_id", ""),
                                 base::string_or(administrator, "email", ""), role));
    }
    for (const auto& integration : list(bench_->admin("GET", "/api/v2/integrations"))) {
      const auto name = base::string_or(integration, "name", "");
      if (secrets_->integration_keys.contains(name))
        tell(line_of_integration(base::string_or(integration, "id", ""), name));
    }
    for (const auto& [name, key] : secrets_->integration_keys) {
      const auto answer = bench_->ask("GET", "/scim/v2/Users?count=0", {{"Authorization", "Bearer " + key}});
      if (answer.status == 200) tell(line_of_key(name));
    }
  }

  void look_at_events() {
    for (const auto& event : bench_->events()) {
      const auto type = base::string_or(event, "event_type", "");
      if (!told_events.contains(type)) continue;
      seen_.events.push_back(type);
      if (!names_its_subject(type)) continue;
      const auto& resource = event.at("resource");
      seen_.events.back() +=
          " " + base::string_or(resource, "username", base::string_or(resource, "name", ""));
    }
  }

  void try_passwords() {
    for (const auto& username : ready_to_log_in_) {
      const auto known = secrets_->passwords.find(username);
      if (known == secrets_->passwords.end()) continue;
      for (auto password = known->second.rbegin(); password != known->second.rend(); ++password) {
        if (bench_->log_in(username, *password).status != 200) continue;
        tell(line_of_login(username, *password));
        break;
      }
    }
  }

  ServerBench* bench_;
  const Secrets* secrets_;
  Observation seen_;
  std::map<std::string, std::string> usernames_;  ///< by id
  std::vector<std::string> ready_to_log_in_;
};

}  // namespace directory
