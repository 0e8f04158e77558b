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

struct DirectoryImportable {
  static constexpr std::string_view name = "directory.importable";
  static constexpr std::string_view help = "Whether a person's account in the Microsoft tenant is in the list that is offered for import.";

  PersonRef user;
  std::string directory;
  bool listed = true;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("directory", self.directory, "name of the instance");
    visit.optional("listed", self.listed, "whether it is; by default yes");
  }
  bool operator==(const DirectoryImportable&) const = default;
};

struct DirectoryImport {
  static constexpr std::string_view name = "directory.import";
  static constexpr std::string_view help = "The last import of users from a Microsoft tenant, as the directory's admin API shows it.";

  std::string directory;
  std::optional<bool> exists{};
  std::optional<std::string> status{};
  std::optional<std::int64_t> total{};
  std::optional<std::int64_t> imported{};
  std::optional<std::int64_t> not_imported{};
  std::optional<std::string> says{};
  std::optional<bool> shown{};
  std::optional<PersonRef> user{};
  std::optional<std::string> result{};
  std::optional<std::string> reason{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("directory", self.directory, "name of the instance");
    visit.optional("exists", self.exists, "whether there is one whose results are kept; by default yes");
    visit.optional("status", self.status, "running or finished");
    visit.optional("total", self.total, "accounts that were chosen");
    visit.optional("imported", self.imported, "how many have become users");
    visit.optional("not_imported", self.not_imported, "how many have not");
    visit.optional("says", self.says, "words of its message");
    visit.optional("shown", self.shown, "whether it shows a result for each account");
    visit.optional("user", self.user, "the person whose result is looked at");
    visit.optional("result", self.result, "of that person: pending, imported or notImported");
    visit.optional("reason", self.reason, "words of the message that goes with it");
  }
  bool operator==(const DirectoryImport&) const = default;
};

struct MailImportComplete {
  static constexpr std::string_view name = "mail.import_complete";
  static constexpr std::string_view help = "The last User Import Complete mail to the directory's admin, and what its link leads to.";

  std::optional<std::int64_t> count{};
  std::optional<std::string> says{};
  std::optional<bool> link{};
  std::optional<PersonRef> user{};
  std::optional<std::string> result{};
  std::optional<std::string> reason{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("count", self.count, "how many such mails have come; by default at least one");
    visit.optional("says", self.says, "words of the last");
    visit.optional("link", self.link, "whether its link leads to results");
    visit.optional("user", self.user, "the person whose result is looked at there");
    visit.optional("result", self.result, "of that person: imported or notImported");
    visit.optional("reason", self.reason, "words of the message that goes with it");
  }
  bool operator==(const MailImportComplete&) const = default;
};

}  // namespace scenarios
