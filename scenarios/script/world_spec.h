// The `world` of a script: who is there, and how the network between them behaves.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/ratio.h"
#include "scenarios/script/population.h"
#include "scenarios/script/values.h"

namespace scenarios {

struct NetworkSpec {
  DurationRange latency{std::chrono::milliseconds{20}, std::chrono::milliseconds{80}};
  base::Ratio loss{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("latency", self.latency, "time a message takes, drawn from the range");
    visit.optional("loss", self.loss, "how often a message is lost");
  }
  bool operator==(const NetworkSpec&) const = default;
};

inline constexpr std::array<std::string_view, 2> default_states{"active", "staged"};
inline constexpr std::array<std::string_view, 2> activation_mails{"on_create", "on_request"};
inline constexpr std::array<std::string_view, 2> empty_group_choices{"wait", "create"};

inline constexpr std::array<std::string_view, 2> first_password_choices{"at_once", "at_login"};
inline constexpr std::array<std::string_view, 2> scim_expiry_choices{"inactive", "active"};
inline constexpr std::array<std::string_view, 2> scim_deletion_choices{"by_source", "by_verb"};
inline constexpr std::array<std::string_view, 2> username_dot_choices{"allowed", "refused"};
inline constexpr std::array<std::string_view, 2> shared_account_choices{"disabled", "kept"};

struct DirectorySpec {
  std::string default_state = "active";
  std::string activation_mail = "on_create";
  std::int64_t login_attempts = 6;
  std::optional<std::int64_t> password_expires{};
  std::vector<std::string> password_classes{};
  std::string empty_groups = "wait";
  std::string first_password = "at_once";
  std::string scim_expiry = "inactive";
  std::string scim_deletion = "by_source";
  std::string username_dots = "allowed";
  std::string shared_accounts = "disabled";
  std::optional<std::int64_t> licences{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.choice("default_state", self.default_state, default_states,
                 "state of users that arrive through SCIM");
    visit.choice("activation_mail", self.activation_mail, activation_mails,
                 "when a new user is sent the activation mail");
    visit.optional("login_attempts", self.login_attempts, "failed logins before an account is locked");
    visit.optional("password_expires", self.password_expires, "after how many days a password expires; by default never");
    visit.optional("password_classes", self.password_classes,
                   "what a password must have: lower, upper, digit, symbol; by default nothing");
    visit.choice("empty_groups", self.empty_groups, empty_group_choices,
                 "whether a connected group without users waits for the first, or is created in Microsoft 365 at once");
    visit.choice("first_password", self.first_password, first_password_choices,
                 "when an account in Microsoft 365 gets the first password that was set here: at once, or with the first portal login");
    visit.choice("scim_expiry", self.scim_expiry, scim_expiry_choices,
                 "what SCIM shows of a user whose password has expired and whom nobody has suspended (rule RT2)");
    visit.choice("scim_deletion", self.scim_deletion, scim_deletion_choices,
                 "what decides about a DELETE: its source, of which Okta's suspends and Entra's removes, or the verb, which removes "
                 "(rule RT3)");
    visit.choice("username_dots", self.username_dots, username_dot_choices,
                 "whether a new username may have dots (rule RT10)");
    visit.choice("shared_accounts", self.shared_accounts, shared_account_choices,
                 "what becomes of an account in Microsoft 365 whose user leaves one instance while another manages it too (rule RT5)");
    visit.optional("licences", self.licences,
                   "for how many users the provider that manages the organisation has bought licences; by default there is no such provider");
  }
  bool operator==(const DirectorySpec&) const = default;
};

inline constexpr std::array<std::string_view, 2> patch_dialects{"classic", "compliant"};

inline constexpr std::array<std::string_view, 2> attribute_mappings{"article", "default"};
inline constexpr std::array<std::string_view, 2> provisioning_scopes{"assigned", "all"};

struct ProvisioningSpec {
  std::string mapping = "article";
  std::optional<bool> groups{};
  std::string scope = "assigned";
  InputFile schema{};
  std::optional<std::string> notify{};
  std::optional<std::int64_t> deletion_threshold{};
  std::optional<std::int64_t> quarantine_from{};
  std::int64_t probes = 1;
  bool skip_out_of_scope_deletions = false;
  std::vector<std::string> quirks{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.choice("mapping", self.mapping, attribute_mappings,
                 "the attribute mapping: as the article asks for it, or as a new app has it");
    visit.optional("groups", self.groups, "whether groups are mapped; by default with the mapping of a new app only");
    visit.choice("scope", self.scope, provisioning_scopes, "users and groups that are assigned, or all of them");
    visit.optional("schema", self.schema, "synchronization schema (JSON) of which the mappings are taken");
    visit.optional("notify", self.notify, "e-mail address that is told of failures");
    visit.optional("deletion_threshold", self.deletion_threshold, "how many deletions of one cycle are too many");
    visit.optional("quarantine_from", self.quarantine_from, "from how many failures on their share is looked at; by default 5000");
    visit.optional("probes", self.probes, "look-ups of random values as a cycle begins");
    visit.optional("skip_out_of_scope_deletions", self.skip_out_of_scope_deletions,
                   "whether who leaves the scope is left alone");
    visit.optional("quirks", self.quirks, "what the client does otherwise; ./lockstep list quirks has the names");
  }
  bool operator==(const ProvisioningSpec&) const = default;
};

struct EntraSpec {
  bool job = true;
  base::Duration interval = std::chrono::minutes{40};
  std::string dialect = "classic";
  bool create = true;
  bool update = true;
  bool remove = true;
  InputFile users{};
  std::vector<std::string> domains{};
  std::optional<std::string> initial_domain{};
  ProvisioningSpec provisioning{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("job", self.job, "whether provisioning is switched on");
    visit.optional("interval", self.interval, "time between the starts of two cycles");
    visit.choice("dialect", self.dialect, patch_dialects,
                 "PATCH bodies: as sent by default, or with aadOptscim062020");
    visit.optional("create", self.create, "target object action Create");
    visit.optional("update", self.update, "target object action Update");
    visit.optional("delete", self.remove, "target object action Delete");
    visit.optional("users", self.users, "users of the tenant (CSV, as the admin centre writes it), all assigned, their domains verified");
    visit.optional("domains", self.domains, "further domains that the tenant has verified, beside example.test");
    visit.optional("initial_domain", self.initial_domain, "the domain that the tenant was made with; by default example.onmicrosoft.test");
    visit.optional("provisioning", self.provisioning, "what else is set of provisioning");
  }
  bool operator==(const EntraSpec&) const = default;
};

inline constexpr std::array<std::string_view, 2> okta_apps{"catalogue", "wizard"};
inline constexpr std::array<std::string_view, 2> password_seeds{"okta", "random"};

struct OktaSpec {
  std::string password_seed = "okta";
  base::Duration delay = std::chrono::seconds{5};
  std::string made_from = "catalogue";
  std::vector<std::string> quirks{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.choice("password_seed", self.password_seed, password_seeds,
                 "whether the user's own password is pushed, or a random placeholder");
    visit.optional("delay", self.delay, "time from a change to its push");
    visit.choice("app", self.made_from, okta_apps, "where the application comes from: one of the catalogue sends PATCH, one of the wizard PUT alone");
    visit.optional("quirks", self.quirks, "in what the org's SCIM client, sign-in and API differ from what is documented; 'lockstep list quirks' lists them");
  }
  bool operator==(const OktaSpec&) const = default;
};

inline constexpr std::array<std::string_view, 3> account_kinds{"local", "microsoft", "domain"};

struct AccountSpec {
  std::string name;
  SecretName password;
  bool admin = false;
  std::vector<std::string> files;
  std::string kind = "local";
  bool enabled = true;
  std::optional<SecretName> pin{};
  std::vector<std::string> secrets{};
  std::optional<bool> secure_token{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("name", self.name, "the account's name");
    visit.required("password", self.password, "name of its password");
    visit.optional("admin", self.admin, "whether it administers the device");
    visit.optional("files", self.files, "names of files in its profile");
    visit.choice("kind", self.kind, account_kinds, "where the account comes from");
    visit.optional("enabled", self.enabled, "whether it is enabled");
    visit.optional("pin", self.pin, "on Windows: name of its Hello PIN");
    visit.optional("secrets", self.secrets, "on Windows: labels of secrets that its programs have kept with DPAPI");
    visit.optional("secure_token", self.secure_token, "on a Mac: whether it holds a SecureToken; by default the first account does");
  }
  bool operator==(const AccountSpec&) const = default;
};

inline constexpr std::array<std::string_view, 2> operating_systems{"windows", "macos"};
inline constexpr std::array<std::string_view, 3> windows_editions{"pro", "home", "server"};
inline constexpr std::array<std::string_view, 3> memberships{"none", "domain", "entra"};

struct DeviceSpec {
  std::string name;
  std::string os = "windows";
  std::string edition = "pro";
  std::string joined = "none";
  std::vector<AccountSpec> accounts;
  bool agent = true;
  base::Duration poll = std::chrono::minutes{1};
  base::Duration clock_ahead{0};
  base::Duration clock_behind{0};
  bool set_up = true;
  bool file_vault = false;
  bool bootstrap_token = false;
  bool mdm_password_policy = false;
  bool wifi = true;
  std::vector<std::string> quirks{};
  SourcePlace source;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("name", self.name, "the device's name");
    visit.choice("os", self.os, operating_systems, "operating system");
    visit.choice("edition", self.edition, windows_editions, "edition of Windows");
    visit.choice("joined", self.joined, memberships, "the directory of its own that it has joined");
    visit.optional("accounts", self.accounts, "local accounts that are there before the agent");
    visit.optional("agent", self.agent, "whether the agent is installed");
    visit.optional("poll", self.poll, "how long the agent's poll is held");
    visit.optional("clock_ahead", self.clock_ahead, "how far the device's clock runs ahead");
    visit.optional("clock_behind", self.clock_behind, "how far it lags behind");
    visit.optional("set_up", self.set_up, "on a Mac: whether somebody has gone through Setup Assistant");
    visit.optional("file_vault", self.file_vault, "on a Mac: whether FileVault is on");
    visit.optional("bootstrap_token", self.bootstrap_token, "on a Mac: whether the agent's service account gets its SecureToken without anybody's sign-in");
    visit.optional("mdm_password_policy", self.mdm_password_policy, "on a Mac: whether another product's rules for passwords keep the service account away");
    visit.optional("wifi", self.wifi, "on a Mac: whether a Wi-Fi has been chosen");
    visit.optional("quirks", self.quirks, "in what it differs from what is documented");
  }
  bool operator==(const DeviceSpec&) const = default;
};

/// Of the directory core; 'lockstep list fault-points' has them.
struct FaultPointsSpec {
  std::vector<std::string> points;
  base::Ratio fires{.part = 1, .whole = 20};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("points", self.points, "names of those that are active in this run; './lockstep list fault-points' has them");
    visit.optional("fires", self.fires, "how often an active one fires");
  }
  bool operator==(const FaultPointsSpec&) const = default;
};

/// Monday, 5 January 2026, 08:00 UTC.
inline constexpr base::Instant default_start{std::chrono::seconds{1'767'600'000}};

/// 2100. After the longest run that begins here (60 years) a duration of 100 years still ends in an Instant.
inline constexpr base::Instant latest_start{std::chrono::seconds{4'102'444'800}};

struct WorldSpec {
  base::Instant start = default_start;
  NetworkSpec network;
  std::optional<UsersSpec> users{};
  std::optional<FleetSpec> fleet{};
  std::optional<GroupsSpec> groups{};
  DirectorySpec directory;
  EntraSpec entra;
  OktaSpec okta;
  std::vector<DeviceSpec> devices;
  std::optional<FaultPointsSpec> fault_points{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("start", self.start, "when the run begins");
    visit.optional("network", self.network, "how messages travel");
    visit.optional("users", self.users, "people beside those whom the timeline introduces");
    visit.optional("fleet", self.fleet, "computers beside those under devices, each somebody's of users");
    visit.optional("groups", self.groups, "security groups in the Entra tenant, of which users are members");
    visit.optional("directory", self.directory, "the directory's settings");
    visit.optional("entra", self.entra, "the provisioning service's settings");
    visit.optional("okta", self.okta, "the Okta org's settings");
    visit.optional("devices", self.devices, "computers, each with the agent unless it says otherwise");
    visit.optional("fault_points", self.fault_points, "places in the directory that now and then do what is unusual and yet right; by default none");
  }
  bool operator==(const WorldSpec&) const = default;
};

}  // namespace scenarios
