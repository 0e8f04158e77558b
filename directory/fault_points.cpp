#include "directory/fault_points.h"

#include <array>

namespace directory {
namespace {

constexpr std::array fault_point_table{
    FaultPointRow{FaultPoint::tenant_worker_yields, "tenant_worker_yields", "cloud_sync/cloud_sync.cpp",
                  "somebody else goes first, between signing in to a tenant and planning what is sent there"},
    FaultPointRow{FaultPoint::tenant_worker_wakes_early, "tenant_worker_wakes_early", "cloud_sync/cloud_sync.cpp",
                  "whoever waits for an account to become due looks again before it is"},
    FaultPointRow{FaultPoint::batch_is_one_request, "batch_is_one_request", "cloud_sync/cloud_sync.cpp",
                  "a batch for Microsoft has one request, whatever else is due"},
    FaultPointRow{FaultPoint::members_come_one_by_one, "members_come_one_by_one", "cloud_sync/cloud_sync.cpp",
                  "the members of a group at Microsoft are read in pages of one"},
    FaultPointRow{FaultPoint::batch_leaves_late, "batch_leaves_late", "cloud_sync/cloud_sync.cpp",
                  "a batch that was planned leaves a moment later"},
    FaultPointRow{FaultPoint::token_is_renewed_early, "token_is_renewed_early", "cloud_sync/tenant_session.cpp",
                  "an access token that is good is renewed all the same"},
    FaultPointRow{FaultPoint::comparison_comes_sooner, "comparison_comes_sooner", "cloud_sync/tenant_comparison.cpp",
                  "the next comparison with a tenant comes within a minute"},
    FaultPointRow{FaultPoint::comparison_forgets_its_link, "comparison_forgets_its_link", "cloud_sync/tenant_comparison.cpp",
                  "a comparison with a tenant compares everything, though it has a link to go on from"},
    FaultPointRow{FaultPoint::retry_comes_early, "retry_comes_early", "cloud_sync/account_sync.cpp",
                  "what has failed is tried again after half of its pause"},
    FaultPointRow{FaultPoint::poll_is_answered_early, "poll_is_answered_early", "devices/agent_api.cpp",
                  "a poll that a device holds is answered before its time, with nothing new"},
    FaultPointRow{FaultPoint::mail_leaves_late, "mail_leaves_late", "mail/outbox.cpp",
                  "a mail that could leave waits some seconds more"},
    FaultPointRow{FaultPoint::agenda_wakes_early, "agenda_wakes_early", "server/due_work.cpp",
                  "whoever waits for what is due looks again before it is"},
    FaultPointRow{FaultPoint::answer_is_slow, "answer_is_slow", "server/directory_server.cpp",
                  "an answer whose changes are committed leaves two seconds later"},
    FaultPointRow{FaultPoint::rule_is_evaluated_sooner, "rule_is_evaluated_sooner", "groups/dynamic_membership.cpp",
                  "a group's rule is evaluated again within an hour, and not at night"}};

static_assert(base::is_fault_point_table(fault_point_table));

}  // namespace

std::span<const FaultPointRow> fault_point_rows() { return fault_point_table; }

}  // namespace directory
