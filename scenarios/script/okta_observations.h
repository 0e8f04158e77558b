// What can be expected of the Okta org and of what it pushes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/values.h"

namespace scenarios {

struct OktaUser {
  static constexpr std::string_view name = "okta.user";
  static constexpr std::string_view help = "A user of the Okta org.";

  PersonRef user;
  std::optional<bool> exists{};
  std::optional<std::string> status{};
  std::optional<std::string> given_name{};
  std::optional<std::string> surname{};
  std::optional<std::string> department{};
  std::optional<std::vector<std::string>> groups{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("exists", self.exists, "whether there is such a user; by default yes");
    visit.optional("status", self.status, "STAGED, PROVISIONED, ACTIVE, RECOVERY, LOCKED_OUT, PASSWORD_EXPIRED, SUSPENDED or DEPROVISIONED");
    visit.optional("given_name", self.given_name, "first name");
    visit.optional("surname", self.surname, "last name");
    visit.optional("department", self.department, "department");
    visit.optional("groups", self.groups, "names of exactly the groups that the user is in, without Everyone");
  }
  bool operator==(const OktaUser&) const = default;
};

struct OktaAssignment {
  static constexpr std::string_view name = "okta.assignment";
  static constexpr std::string_view help = "A user's assignment to the application that provisions into the directory.";

  PersonRef user;
  std::optional<bool> exists{};
  std::optional<std::string> status{};
  std::optional<std::string> sync{};
  std::optional<std::string> scope{};
  std::optional<bool> linked{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("exists", self.exists, "whether there is one; by default yes");
    visit.optional("status", self.status, "STAGED, PROVISIONED, ACTIVE, INACTIVE or DEPROVISIONED");
    visit.optional("sync", self.sync, "DISABLED, OUT_OF_SYNC, SYNCING, SYNCHRONIZED or ERROR");
    visit.optional("scope", self.scope, "USER, or GROUP where groups alone assign");
    visit.optional("linked", self.linked, "whether the directory's id of the user is known");
  }
  bool operator==(const OktaAssignment&) const = default;
};

struct OktaGroup {
  static constexpr std::string_view name = "okta.group";
  static constexpr std::string_view help = "A group of the Okta org.";

  std::string group;
  std::optional<bool> exists{};
  std::optional<std::vector<PersonRef>> members{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
    visit.optional("exists", self.exists, "whether there is such a group; by default yes");
    visit.optional("members", self.members, "exactly the people who are in it");
  }
  bool operator==(const OktaGroup&) const = default;
};

struct OktaPush {
  static constexpr std::string_view name = "okta.push";
  static constexpr std::string_view help = "The push of a group to the application.";

  std::string group;
  std::optional<bool> exists{};
  std::optional<std::string> status{};
  std::optional<bool> linked{};
  std::optional<std::string> error{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "name of the group in Okta");
    visit.optional("exists", self.exists, "whether it is pushed; by default yes");
    visit.optional("status", self.status, "ACTIVE, INACTIVE or ERROR");
    visit.optional("known", self.linked, "whether the application's id of the group is known");
    visit.optional("error", self.error, "text that the error holds");
  }
  bool operator==(const OktaPush&) const = default;
};

struct OktaLog {
  static constexpr std::string_view name = "okta.log";
  static constexpr std::string_view help = "Events of the org's system log.";

  std::string type;
  std::optional<PersonRef> user{};
  std::optional<std::string> result{};
  std::optional<std::string> reason{};
  std::optional<std::int64_t> count{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("type", self.type, "event type, such as user.lifecycle.suspend");
    visit.optional("about", self.user, "the person among its targets; by default anybody");
    visit.optional("result", self.result, "SUCCESS, FAILURE, SKIPPED, ALLOW, DENY, CHALLENGE or UNKNOWN; by default any");
    visit.optional("reason", self.reason, "text that its reason holds");
    visit.optional("count", self.count, "how many; by default at least one");
  }
  bool operator==(const OktaLog&) const = default;
};

struct OktaImport {
  static constexpr std::string_view name = "okta.import";
  static constexpr std::string_view help = "What came of the last import.";

  std::optional<std::int64_t> scanned{};
  std::optional<std::int64_t> added{};
  std::optional<std::int64_t> updated{};
  std::optional<std::int64_t> removed{};
  std::optional<std::int64_t> groups{};
  std::optional<std::int64_t> waiting{};
  std::optional<bool> held_back{};
  std::optional<bool> failed{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("scanned", self.scanned, "users that were read");
    visit.optional("new", self.added, "users that were new");
    visit.optional("updated", self.updated, "users that had changed");
    visit.optional("removed", self.removed, "users that were there before");
    visit.optional("groups", self.groups, "groups that were read");
    visit.optional("waiting", self.waiting, "accounts that wait for an admin to confirm them");
    visit.optional("held_back", self.held_back, "whether the safeguard has held it back");
    visit.optional("failed", self.failed, "whether it was given up");
  }
  bool operator==(const OktaImport&) const = default;
};

struct OktaTasks {
  static constexpr std::string_view name = "okta.tasks";
  static constexpr std::string_view help = "What became of the pushes about a person.";

  PersonRef user;
  std::optional<std::string> action{};
  std::optional<std::string> status{};
  std::optional<std::int64_t> count{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("action", self.action, "create, link, update, password or deactivate");
    visit.optional("status", self.status, "success or failure");
    visit.optional("count", self.count, "how many; by default at least one");
  }
  bool operator==(const OktaTasks&) const = default;
};

}  // namespace scenarios
