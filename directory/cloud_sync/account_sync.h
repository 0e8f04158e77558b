// An account and its answers: how it ought to be, by the user, the graph and the instance's settings; and what Graph's answer to
// one step changes, with the event that tells of it, in one transaction. [rule R116] to [rule R119]
#pragma once

#include "directory/cloud_sync/account_plan.h"
#include "directory/cloud_sync/cloud_attributes.h"
#include "directory/cloud_sync/graph_answer.h"
#include "directory/cloud_sync/upn.h"
#include "directory/core/core.h"

namespace directory {

/// What decisions about the accounts of one instance need of it, read once for many of them.
struct TenantContext {
  CloudDirectory directory;
  UpnRules upn_rules;
  AttributeChoices choices;
};

[[nodiscard]] TenantContext tenant_context(Core& core, CloudDirectory directory);

[[nodiscard]] WantedAccount wanted_account(Core& core, const TenantContext& tenant, const CloudAccount& account);

/// Nothing is left to send: the revision that the row has is synced, or the obstacle is written down.
void conclude_account(Core& core, CloudAccount account, const WantedAccount& wanted);
/// Before a request to create is sent, so that after a lost answer or a crash nobody creates once more without looking.
void note_create_sent(Core& core, CloudAccount account, const WantedAccount& wanted);

/// Writes down what the answer to a step means. Throttling of the whole tenant is the caller's to heed.
void apply_answer(Core& core, const TenantContext& tenant, CloudAccountId id, const PlannedStep& step, const GraphAnswer& answer);

/// How long until the next attempt after so many failures in a row: from 5 seconds, doubling, to an hour.
[[nodiscard]] base::Duration cloud_pause(int failures);

}  // namespace directory
