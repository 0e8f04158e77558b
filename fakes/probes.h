// Probes of the fakes: what random worlds ought to make of them. Each stands in the code once.
#pragma once

#include <span>

#include "base/probe_log.h"

namespace fakes {

enum class Probe : std::uint8_t {
  graph_throttles,
  graph_is_in_trouble,
  graph_refuses_a_good_token,
  graph_reads_lag,
  graph_voids_a_delta_token,
  cycle_meets_a_dead_endpoint,
  object_cannot_be_provisioned,
  object_is_provisioned_at_last,
  cycle_waits_for_a_run_on_demand,
  job_is_quarantined,
  quarantine_ends,
  resource_is_matched,
  okta_links_a_user,
  okta_push_fails,
  okta_push_is_tried_again,
  okta_is_throttled,
  agent_loses_contact,
  agent_is_back,
  agent_is_uninstalled,
  agent_registers_in_vain,
  agent_report_is_lost,
  password_is_captured,
  handoff_cannot_be_opened,
  account_is_claimed,
  account_is_let_go,
  account_is_disabled,
  account_cannot_be_had,
  keychain_asks_for_the_old_password,
};

using Probes = base::ProbeLog<Probe>;
using Probing = base::Probing<Probe>;
using ProbeRow = base::ProbeRow<Probe>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const ProbeRow> probe_rows();

}  // namespace fakes
