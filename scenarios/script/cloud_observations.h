// What can be expected of accounts in Microsoft 365, there and as the directory sees them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/values.h"

namespace scenarios {

struct MicrosoftAccount {
  static constexpr std::string_view name = "microsoft.account";
  static constexpr std::string_view help = "The person's account in the Microsoft tenant, found by its user principal name.";

  PersonRef user;
  std::optional<std::string> upn{};
  std::optional<bool> exists{};
  std::optional<bool> enabled{};
  std::optional<std::string> display_name{};
  std::optional<std::string> department{};
  std::optional<std::string> job_title{};
  std::optional<std::string> location{};
  std::optional<std::string> manager{};
  std::optional<bool> same_object{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("upn", self.upn, "user principal name; by default the person's e-mail address");
    visit.optional("exists", self.exists, "whether there is such an account; by default yes");
    visit.optional("enabled", self.enabled, "whether it is enabled");
    visit.optional("display_name", self.display_name, "display name");
    visit.optional("department", self.department, "department");
    visit.optional("job_title", self.job_title, "job title");
    visit.optional("location", self.location, "office location");
    visit.optional("manager", self.manager, "user principal name of the manager; none where there is none");
    visit.optional("same_object", self.same_object, "whether it is the account that Entra's admin has made for the person");
  }
  bool operator==(const MicrosoftAccount&) const = default;
};

struct MicrosoftPassword {
  static constexpr std::string_view name = "microsoft.password";
  static constexpr std::string_view help = "Whether a password is that of the person's account in the Microsoft tenant.";

  PersonRef user;
  SecretName password;
  bool works = true;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the password");
    visit.optional("works", self.works, "whether it is; by default yes");
  }
  bool operator==(const MicrosoftPassword&) const = default;
};

struct MicrosoftSession {
  static constexpr std::string_view name = "microsoft.session";
  static constexpr std::string_view help = "The person's session at Microsoft 365, in the browser.";

  PersonRef user;
  bool open = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("open", self.open, "whether Microsoft still lets the person in without asking");
  }
  bool operator==(const MicrosoftSession&) const = default;
};

struct DirectoryConnection {
  static constexpr std::string_view name = "directory.connection";
  static constexpr std::string_view help = "A user's connection to an instance of Microsoft 365, as the directory's admin API shows it.";

  PersonRef user;
  std::string directory;
  std::optional<bool> exists{};
  std::optional<std::string> status{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("directory", self.directory, "name of the instance");
    visit.optional("exists", self.exists, "whether the user is connected; by default yes");
    visit.optional("status", self.status, "synced, pending, notSynchronised, or the code of what is wrong");
  }
  bool operator==(const DirectoryConnection&) const = default;
};

struct DirectoryMicrosoft {
  static constexpr std::string_view name = "directory.microsoft";
  static constexpr std::string_view help = "An instance of Microsoft 365, as the directory's admin API shows it.";

  std::string directory;
  std::optional<bool> exists{};
  std::optional<std::string> authorization{};
  std::optional<bool> warned{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("directory", self.directory, "its name");
    visit.optional("exists", self.exists, "whether there is one; by default yes");
    visit.optional("authorization", self.authorization, "none, valid or ended");
    visit.optional("warned", self.warned, "whether it warns of another instance on the same tenant or domain");
  }
  bool operator==(const DirectoryMicrosoft&) const = default;
};

}  // namespace scenarios
