// The provisioning job: what an admin sets in the portal, and the state that the portal shows of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/uri.h"
#include "fakes/entra/defects.h"
#include "fakes/entra/provisioning/attribute_mapping.h"
#include "fakes/entra/provisioning/client_quirks.h"
#include "fakes/entra/provisioning/default_mappings.h"
#include "fakes/entra/provisioning/patch_body.h"
#include "fakes/entra/provisioning/quarantine.h"
#include "fakes/probes.h"

namespace fakes::entra::provisioning {

enum class Scope : std::uint8_t {
  assigned,  ///< assigned users and groups only
  all
};

struct Settings {
  std::string app_id;    ///< the app whose assignments decide who is provisioned
  base::Uri tenant_url;  ///< the SCIM base, with a flag at will [rule R30] [Entra provisioning-clients 2.8-01]
  base::Secret token;    ///< blank: Entra sends one of its own [rule R31] [Entra provisioning-clients 2.1-16]
  base::Duration interval = std::chrono::minutes{40};  ///< [rule R40] [Entra provisioning-clients 2.4-01]
  Scope scope = Scope::assigned;                       ///< [rule R38]
  ObjectMapping users = article_mapping();
  ObjectMapping groups = no_groups();
  PatchDialect dialect = PatchDialect::classic;  ///< where the tenant URL has no flag
  ClientQuirks quirks{};
  Defects defects{};
  Probing probing{};
  int probes = 1;  ///< look-ups of random values for each kind of objects as a cycle begins [Entra provisioning-clients 2.2-04]
  std::int64_t requests_per_second = 25;  ///< at most; 0: no limit [Entra provisioning-clients 2.1-14]
  std::size_t members_per_patch = 1;      ///< [Entra provisioning-clients 9-02]
  /// Members in the answer to a query that excludes them: more are refused. Assumed, as the source names no number.
  std::size_t members_tolerated = 1'000;  // [Entra provisioning-clients 7.1-22]
  bool skip_out_of_scope_deletions = false;            ///< [Entra provisioning-clients 2.9-08]
  std::optional<std::size_t> deletion_threshold{};     ///< of one cycle [Entra provisioning-clients 2.15-01]
  QuarantineThresholds quarantine{};
  std::string notification_email{};  ///< empty: nobody is told [rule R38] [Entra provisioning-clients 2.14-09]
  base::Uri mail_relay{};            ///< where such mails go

  [[nodiscard]] PatchStyle style() const { return {flag_of(tenant_url).value_or(dialect), quirks}; }
  /// Whether the target action Delete is on.
  [[nodiscard]] bool deletes(ObjectKind kind) const { return mapping(kind).remove || defects.contains(Defect::deletes_though_switched_off); }
  [[nodiscard]] const ObjectMapping& mapping(ObjectKind kind) const { return kind == ObjectKind::user ? users : groups; }
};

/// As Entra sets up a new app: all that it maps by default, groups too. [rule R25] [rule R36]
[[nodiscard]] Settings new_app_settings();

/// What a restart forgets. [Entra provisioning-clients 2.14-16]
enum class Reset : std::uint8_t { connector_data_store, escrows, watermark, quarantine_state, full, force_deletes };
using ResetScope = std::set<Reset>;
/// Of `"Watermark, Escrows, QuarantineState"`; an empty text is that of the portal's button, `None` forgets nothing.
/// [Entra provisioning-clients 2.14-15]
[[nodiscard]] std::expected<ResetScope, std::string> parse_reset_scope(std::string_view text);
/// Quarantine, watermark and escrows.
[[nodiscard]] ResetScope default_reset_scope();

/// [Entra provisioning-clients 2.14-12]
enum class StatusCode : std::uint8_t { not_configured, not_run, active, paused, quarantine };
[[nodiscard]] std::string_view name_of(StatusCode code);

/// Whether the job's cycles are scheduled.
enum class Schedule : std::uint8_t {
  active,
  paused,   ///< by the admin
  disabled  ///< after too long a quarantine
};

struct Execution {
  std::string cycle_id;
  base::Instant began{};
  base::Instant ended{};
  bool succeeded = true;
  std::size_t exported = 0;
};

struct JobStatus {
  StatusCode code = StatusCode::not_run;
  Schedule schedule = Schedule::active;
  int successive_complete_failures = 0;
  bool escrows_pruned = false;  ///< [Entra provisioning-clients 2.14-10]
  std::optional<Execution> last_execution{};
  std::optional<Execution> last_successful_execution{};
  std::optional<Execution> last_successful_execution_with_exports{};
  std::optional<base::Instant> steady_state_first_achieved{};
  std::optional<base::Instant> steady_state_last_achieved{};
  std::optional<Quarantine> quarantine{};
};

/// A `synchronizationJob` of Graph. [Entra provisioning-clients 2.14-13]
[[nodiscard]] base::JsonObject to_json(const JobStatus& status, std::string_view job_id, const Settings& settings,
                                       const std::map<std::string, std::size_t>& entries_by_type);

}  // namespace fakes::entra::provisioning
