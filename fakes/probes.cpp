#include "fakes/probes.h"

#include <array>

namespace fakes {
namespace {

using enum base::ProbeKind;
using enum base::ProbeReach;

constexpr std::array probe_table{
    ProbeRow{Probe::graph_throttles, "graph_throttles", reachable, rare, "graph/router.cpp",
             "Graph refuses a request by its limits"},
    ProbeRow{Probe::graph_is_in_trouble, "graph_is_in_trouble", sometimes, common, "graph/router.cpp",
             "Graph answers 429 below its limits, or 503"},
    ProbeRow{Probe::graph_refuses_a_good_token, "graph_refuses_a_good_token", reachable, common, "graph/router.cpp",
             "Graph refuses a token that is good"},
    ProbeRow{Probe::graph_reads_lag, "graph_reads_lag", sometimes, common, "graph/service.cpp",
             "Graph reads from a replica that lags"},
    ProbeRow{Probe::graph_voids_a_delta_token, "graph_voids_a_delta_token", reachable, common, "graph/delta.cpp",
             "Graph does not know a delta token any more"},
    ProbeRow{Probe::cycle_meets_a_dead_endpoint, "cycle_meets_a_dead_endpoint", sometimes, rare, "entra/provisioning/service.cpp",
             "a provisioning cycle ends since the endpoint takes its credentials or queries no more"},
    ProbeRow{Probe::object_cannot_be_provisioned, "object_cannot_be_provisioned", sometimes, common, "entra/provisioning/service.cpp",
             "the provisioning service cannot export an object, and tries later"},
    ProbeRow{Probe::object_is_provisioned_at_last, "object_is_provisioned_at_last", sometimes, common, "entra/provisioning/service.cpp",
             "the provisioning service exports an object that it could not export before"},
    ProbeRow{Probe::cycle_waits_for_a_run_on_demand, "cycle_waits_for_a_run_on_demand", reachable, common, "entra/provisioning/service.cpp",
             "a cycle comes to an object that a run on demand is at work on"},
    ProbeRow{Probe::job_is_quarantined, "job_is_quarantined", reachable, rare, "entra/provisioning/service_control.cpp",
             "the provisioning job is put into quarantine"},
    ProbeRow{Probe::quarantine_ends, "quarantine_ends", reachable, rare, "entra/provisioning/service_control.cpp",
             "a cycle succeeds and ends a quarantine"},
    ProbeRow{Probe::resource_is_matched, "resource_is_matched", reachable, common, "entra/provisioning/object_export.cpp",
             "the provisioning service finds that a user is there already"},
    ProbeRow{Probe::okta_links_a_user, "okta_links_a_user", reachable, rare, "okta/scim_client/user_push.cpp",
             "Okta finds that a user is there already, and links them"},
    ProbeRow{Probe::okta_push_fails, "okta_push_fails", reachable, common, "okta/scim_client/client_log.cpp",
             "a push of Okta fails, and waits for an admin"},
    ProbeRow{Probe::okta_push_is_tried_again, "okta_push_is_tried_again", sometimes, common, "okta/scim_client/client.cpp",
             "an admin has Okta try a failed push again"},
    ProbeRow{Probe::okta_is_throttled, "okta_is_throttled", reachable, rare, "okta/scim_client/caller.cpp",
             "Okta is answered 429, and waits"},
    ProbeRow{Probe::agent_loses_contact, "agent_loses_contact", reachable, common, "devices/agent.cpp",
             "the poll of a device fails"},
    ProbeRow{Probe::agent_is_back, "agent_is_back", sometimes, common, "devices/agent.cpp",
             "a device whose polls failed hears from the directory again"},
    ProbeRow{Probe::agent_is_uninstalled, "agent_is_uninstalled", reachable, rare, "devices/agent.cpp",
             "the directory does not know a device any more, and its agent goes"},
    ProbeRow{Probe::agent_registers_in_vain, "agent_registers_in_vain", sometimes, common, "devices/agent.cpp",
             "a device asks to be registered and hears nothing of it"},
    ProbeRow{Probe::agent_report_is_lost, "agent_report_is_lost", sometimes, common, "devices/agent_reports.cpp",
             "a report of a device is not answered, and is sent again"},
    ProbeRow{Probe::password_is_captured, "password_is_captured", reachable, rare, "devices/agent_capture.cpp",
             "a person changes the password in the operating system, past the agent"},
    ProbeRow{Probe::handoff_cannot_be_opened, "handoff_cannot_be_opened", reachable, rare, "devices/agent_accounts.cpp",
             "a device cannot open the password that is handed to it"},
    ProbeRow{Probe::account_is_claimed, "account_is_claimed", sometimes, common, "devices/agent_accounts.cpp",
             "an account that was on a device becomes a user's"},
    ProbeRow{Probe::account_is_let_go, "account_is_let_go", sometimes, common, "devices/agent_accounts.cpp",
             "an account on a device is nobody's any more"},
    ProbeRow{Probe::account_is_disabled, "account_is_disabled", sometimes, common, "devices/agent_accounts.cpp",
             "an account on a device is disabled"},
    ProbeRow{Probe::account_cannot_be_had, "account_cannot_be_had", sometimes, rare, "devices/agent_accounts.cpp",
             "a user cannot have an account on a device, such as one that is the domain's"},
    ProbeRow{Probe::keychain_asks_for_the_old_password, "keychain_asks_for_the_old_password", sometimes, rare, "devices/macos.cpp",
             "a keychain on a Mac keeps an older password, and asks for it"}};

static_assert(base::is_probe_table(probe_table));

}  // namespace

std::span<const ProbeRow> probe_rows() { return probe_table; }

}  // namespace fakes
