// The parties of a run: a world with the directory, the Entra tenant, mail, devices, and the people who act.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "base/carriage.h"
#include "base/simulated_keys.h"
#include "directory/core/options.h"
#include "directory/fault_points.h"
#include "fakes/devices/agent.h"
#include "fakes/devices/device.h"
#include "fakes/entra/provisioning/service.h"
#include "fakes/entra/sign_in/sign_in_service.h"
#include "fakes/entra/tenant.h"
#include "fakes/graph/service.h"
#include "fakes/mail/mail_relay.h"
#include "fakes/okta/api/service.h"
#include "fakes/okta/org/org.h"
#include "fakes/okta/scim_client/client.h"
#include "fakes/okta/sign_in/sign_in_service.h"
#include "scenarios/engine/browser.h"
#include "scenarios/engine/daily_life.h"
#include "scenarios/engine/graph_program.h"
#include "scenarios/engine/law_book.h"
#include "scenarios/engine/people.h"
#include "scenarios/engine/probe_logs.h"
#include "scenarios/engine/seeded_defects.h"
#include "scenarios/engine/store_template.h"
#include "scenarios/script/world_spec.h"
#include "scenarios/target_api.h"
#include "sim/world.h"

namespace scenarios {

/// A provider outside the bench that takes the directory's place.
struct ExternalTarget {
  base::HttpService* service = nullptr;  ///< forwards to it
  base::Uri scim_url;
  base::Secret scim_token;
  TargetApi api{};  ///< what stands for the core's admin API
};

struct CastOptions {
  std::uint64_t seed = 1;
  bool shuffle_ties = false;
  SeededDefects defects;
  sim::RecorderOptions recorder;
  std::uint64_t event_budget = 20'000'000;  ///< and 1,000 for each of a population
  base::Carriage* carriage = nullptr;        ///< null: messages are handed over directly
  const ExternalTarget* external = nullptr;  ///< null: the core
  const StoreTemplate* store = nullptr;      ///< what the core's disk begins with; null: nothing
  const LawBook* laws = nullptr;             ///< what `law.holds` can name; null: nothing
  /// Whether clients outside reach the parties through an edge, which tells the directory how they do.
  bool behind_edge = false;
  base::KeyLength signing_keys = base::KeyLength::bits_1024;  ///< of both providers' sign-in
};

namespace probe {
class Names;
}

/// Of whoever has made one up.
inline constexpr std::string_view stranger_key = "nobody-has-issued-this-key";

class Cast {
 public:
  Cast(const WorldSpec& spec, const CastOptions& options);
  ~Cast();
  Cast(const Cast&) = delete;
  Cast& operator=(const Cast&) = delete;

  struct DeviceParty {
    std::unique_ptr<fakes::devices::Device> device;
    fakes::devices::AgentMemory memory;
    fakes::devices::AgentConfig config;
    sim::Host* host = nullptr;
    bool has_agent = true;                   ///< whether it is installed
    bool of_fleet = false;                   ///< one of very many
    fakes::devices::Agent* agent = nullptr;  ///< of the running incarnation; null while the device is off, and without an agent
    /// All of this incarnation; those but the last are retired.
    std::vector<std::unique_ptr<fakes::devices::Agent>> agents{};
    Browser web_view{};  ///< in the login window
  };

  /// The company's program, as Okta knows it.
  struct OktaProgram {
    std::optional<fakes::okta::AppId> app{};
    base::Secret access_token{};  ///< fetched last
  };

  struct Administrator {
    std::string id;
    base::Secret key{};
  };

  [[nodiscard]] sim::World& world() { return world_; }
  /// As the script describes it.
  [[nodiscard]] const WorldSpec& spec() const { return spec_; }
  /// What the parts have come to so far.
  [[nodiscard]] ProbeLogs& probes() { return *probes_; }
  /// Null where nobody has brought one.
  [[nodiscard]] const LawBook* laws() const { return laws_; }
  [[nodiscard]] base::Scheduler& scheduler() { return world_.scheduler(); }
  [[nodiscard]] fakes::entra::Tenant& tenant() { return *tenant_; }
  [[nodiscard]] fakes::entra::sign_in::SignInService& entra_sign_in() { return *entra_sign_in_; }
  [[nodiscard]] fakes::entra::SignInLog& entra_sign_in_log() { return entra_sign_in_log_; }
  /// What a script has registered under a name; null where it has not.
  [[nodiscard]] fakes::entra::Application* registered_app(const std::string& name);
  void add_registered_app(std::string name, std::string app_id) { registered_apps_[std::move(name)] = std::move(app_id); }
  /// Where the tenant's people sign in, with the tenant's name: what relying parties are told.
  [[nodiscard]] std::string entra_issuer() const;
  /// Where a person opens Microsoft 365 in a browser; silently: with an error in place of a page that asks for something.
  [[nodiscard]] base::Uri microsoft_sign_in(bool silently) const;
  /// Where an identity provider sends people back to the directory. [rule D99]
  [[nodiscard]] std::string sign_in_callback() const;
  /// The enterprise application that provisions into the directory.
  [[nodiscard]] fakes::entra::Application& provisioned_app() { return *provisioned_app_; }
  [[nodiscard]] fakes::entra::provisioning::Service& provisioning() { return *provisioning_; }
  [[nodiscard]] fakes::graph::Service& graph() { return *graph_; }
  [[nodiscard]] GraphProgram& graph_program() { return *graph_program_; }
  [[nodiscard]] fakes::okta::Org& okta() { return *okta_; }
  /// The org's application that provisions into the directory.
  [[nodiscard]] const fakes::okta::AppId& okta_app() const { return okta_app_; }
  /// The org's group of that name; null where there is none.
  [[nodiscard]] const fakes::okta::Group* okta_group(std::string_view name) const;
  /// The push of that group to the application; null where it is not pushed.
  [[nodiscard]] const fakes::okta::PushMapping* okta_push(std::string_view group) const;
  [[nodiscard]] fakes::okta::sign_in::SignInService& okta_sign_in() { return *okta_sign_in_; }
  [[nodiscard]] fakes::okta::api::Service& okta_api() { return *okta_api_; }
  /// What a script has registered in Okta under a name; null where it has not.
  [[nodiscard]] const fakes::okta::App* okta_sign_in_app(const std::string& name) const;
  void add_okta_sign_in_app(std::string name, fakes::okta::AppId id) { okta_sign_in_apps_[std::move(name)] = std::move(id); }
  /// Of the org's own authorization server (`org`), or of another by its id.
  [[nodiscard]] static std::string okta_issuer(std::string_view server);
  /// A request to the org's host, without credentials.
  [[nodiscard]] static base::HttpRequest okta_request(std::string method, std::string target);
  /// An admin's token for the management API.
  [[nodiscard]] const base::Secret& okta_api_token() const { return okta_api_token_; }
  [[nodiscard]] OktaProgram& okta_program() { return okta_program_; }
  [[nodiscard]] fakes::okta::scim_client::Client& okta_client() { return *okta_client_; }
  [[nodiscard]] fakes::mail::MailRelay& mail() { return *mail_; }
  [[nodiscard]] SecretLedger& secrets() { return secrets_; }
  [[nodiscard]] bool is_external() const { return external_; }
  /// Null at the core.
  [[nodiscard]] const TargetApi* target_api() const { return target_api_; }
  /// Why the world could not be set up as the script says; empty where it was.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  /// Groups of the tenant, by the names that scripts give them.
  [[nodiscard]] std::map<std::string, fakes::entra::ObjectId, std::less<>>& tenant_groups() { return tenant_groups_; }
  /// Those of them that Entra's admin has made.
  [[nodiscard]] std::set<fakes::entra::ObjectId>& groups_of_entra() { return groups_of_entra_; }
  [[nodiscard]] const base::Secret& scim_token() const { return scim_token_; }
  /// Of the directory's first administrator.
  [[nodiscard]] const base::Secret& admin_key() const { return admin_key_; }
  /// What an agent registers with.
  [[nodiscard]] const base::Secret& connect_key() const { return connect_key_; }
  /// The integration with Entra has another one; Entra goes on with the one that is saved there.
  void set_scim_token(base::Secret token) { scim_token_ = std::move(token); }
  /// Of the directory, beside the first; by the names that scripts give them.
  [[nodiscard]] std::map<std::string, Administrator, std::less<>>& administrators() { return administrators_; }
  /// What a script's SCIM requests have named.
  [[nodiscard]] probe::Names& scim_answers() { return *scim_answers_; }

  /// The script has been checked: every device it names is here.
  [[nodiscard]] DeviceParty& device(const DeviceRef& device) { return devices_.at(device.name); }
  [[nodiscard]] std::map<std::string, DeviceParty, std::less<>>& devices() { return devices_; }
  /// Of a device that is on: another agent takes the place of the one that is there, if one is.
  void reinstall_agent(DeviceParty& party);
  [[nodiscard]] Person& person(const PersonRef& person) { return people_.at(person.name); }
  Person& add_person(Person person);
  [[nodiscard]] const std::map<std::string, Person, std::less<>>& people() const { return people_; }
  /// What people of `world.users` do by themselves.
  [[nodiscard]] DailyLife& daily_life() { return daily_life_; }

  /// scim and okta: of the two integrations; an external provider knows one alone.
  enum class Credentials { none, admin, scim, okta, portal, stranger };
  /// A request to the directory, from the people's browsers or, for expectations, from the bench's inspector.
  base::Task<base::HttpResult> ask_directory(sim::Host& from, std::string method, std::string path,
                                             std::optional<base::Json> body, Credentials credentials,
                                             const Person* person = nullptr);
  [[nodiscard]] sim::Host& browsers() { return *browsers_; }
  /// Where the company's program runs.
  [[nodiscard]] sim::Host& program() { return *program_; }
  [[nodiscard]] sim::Host& inspector() { return *inspector_; }
  /// A header with the credentials, where they have one.
  void add_credentials(base::HttpRequest& request, Credentials credentials, const Person* person) const;
  [[nodiscard]] base::HttpRequest directory_request(std::string method, std::string path) const;

 private:
  void add_directory(const WorldSpec& spec, const CastOptions& options);
  void activate_fault_points(const FaultPointsSpec& spec);
  void add_entra(const WorldSpec& spec, const CastOptions& options);
  /// Graph of the tenant, and a program of the company that uses it.
  void add_graph();
  void add_okta(const WorldSpec& spec, const CastOptions& options);
  /// The management API beside sign-in, at the same host.
  void add_okta_api(sim::Host& host, const fakes::okta::api::Quirks& quirks);
  DeviceParty& add_device(const DeviceSpec& spec);
  void add_account(fakes::devices::Device& device, const AccountSpec& account);
  void start_agent(DeviceParty& party, sim::Host& host);

  base::DirectCarriage direct_;
  WorldSpec spec_;
  const LawBook* laws_;
  sim::World world_;
  SecretLedger secrets_;
  SeededDefects defects_;
  std::unique_ptr<ProbeLogs> probes_ = std::make_unique<ProbeLogs>();
  std::optional<directory::FaultPoints> fault_points_{};
  bool external_ = false;
  const TargetApi* target_api_ = nullptr;
  std::string problem_;
  base::Uri scim_url_;
  base::Secret admin_key_;
  base::Secret scim_token_;
  base::Secret okta_token_;
  base::Secret connect_key_;
  base::Secret vault_key_;
  /// The directory's application at Microsoft, the same in every tenant.
  struct {
    std::string id;
    base::Secret secret;
  } microsoft_app_;
  std::string office_app_;  ///< id of Microsoft 365 itself
  std::unique_ptr<base::HttpService> office_page_;
  std::unique_ptr<fakes::mail::MailRelay> mail_;
  std::unique_ptr<fakes::entra::Tenant> tenant_;
  fakes::entra::SignInLog entra_sign_in_log_;
  std::unique_ptr<fakes::entra::sign_in::SignInService> entra_sign_in_;
  std::map<std::string, std::string, std::less<>> registered_apps_;  ///< ids by the script's names
  fakes::entra::Application* provisioned_app_ = nullptr;
  std::map<std::string, fakes::entra::ObjectId, std::less<>> tenant_groups_;
  std::set<fakes::entra::ObjectId> groups_of_entra_;
  std::map<std::string, Administrator, std::less<>> administrators_;
  std::unique_ptr<fakes::entra::provisioning::Service> provisioning_;
  std::unique_ptr<fakes::graph::Service> graph_;
  std::unique_ptr<base::HttpService> graph_host_;
  std::unique_ptr<GraphProgram> graph_program_;
  std::unique_ptr<fakes::okta::Org> okta_;
  fakes::okta::AppId okta_app_;
  std::unique_ptr<fakes::okta::scim_client::Client> okta_client_;
  std::unique_ptr<probe::Names> scim_answers_;
  std::unique_ptr<fakes::okta::sign_in::SignInService> okta_sign_in_;
  std::map<std::string, fakes::okta::AppId, std::less<>> okta_sign_in_apps_;  ///< ids by the script's names
  std::unique_ptr<fakes::okta::api::TokenBook> okta_api_tokens_;
  std::unique_ptr<fakes::okta::sign_in::ApiCallers> okta_api_callers_;
  std::unique_ptr<fakes::okta::api::Service> okta_api_;
  std::unique_ptr<base::HttpService> okta_host_;
  base::Secret okta_api_token_;
  OktaProgram okta_program_;
  std::map<std::string, DeviceParty, std::less<>> devices_;
  std::map<std::string, Person, std::less<>> people_;
  DailyLife daily_life_;
  sim::Host* browsers_ = nullptr;
  sim::Host* inspector_ = nullptr;
  sim::Host* program_ = nullptr;
};

}  // namespace scenarios
