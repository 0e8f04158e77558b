// A group and its answers: how it ought to be in a tenant, and what Graph's answer to one step changes, with the event that tells
// of it, in one transaction. [rule DI48]
#pragma once

#include "directory/cloud_sync/cloud_group.h"
#include "directory/cloud_sync/graph_answer.h"
#include "directory/cloud_sync/group_plan.h"
#include "directory/core/core.h"

namespace directory {

/// How long a tenant may hide what it has made: until then, what is not found may still be there. [Graph C4]
inline constexpr base::Duration longest_replication = std::chrono::minutes{2};

[[nodiscard]] WantedGroup wanted_group(Core& core, const CloudGroup& group);

/// Nothing is left to send: the revision that the row has is synced, or what it waits for is written down.
void conclude_group(Core& core, CloudGroup group, const WantedGroup& wanted);
/// Before a request to create is sent: names do not keep a tenant from making a second one.
void note_create_sent(Core& core, CloudGroup group);
/// Before a request to rename is sent: until it is answered, nobody can say what the group's name is there.
void note_rename_sent(Core& core, CloudGroup group);

/// Writes down what the answer to a step means. Throttling of the whole tenant is the caller's to heed.
void apply_answer(Core& core, const CloudDirectory& directory, CloudGroupId id, const PlannedGroupStep& step, const GraphAnswer& answer);

}  // namespace directory
