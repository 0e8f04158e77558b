// Fault points of the core: places where it now and then does what is unusual and yet right. Each stands in the code once.
#pragma once

#include <cstdint>
#include <span>

#include "base/fault_points.h"

namespace directory {

enum class FaultPoint : std::uint8_t {
  tenant_worker_yields,
  tenant_worker_wakes_early,
  batch_is_one_request,
  members_come_one_by_one,
  batch_leaves_late,
  token_is_renewed_early,
  comparison_comes_sooner,
  comparison_forgets_its_link,
  retry_comes_early,
  poll_is_answered_early,
  mail_leaves_late,
  agenda_wakes_early,
  answer_is_slow,
  rule_is_evaluated_sooner,
};

using FaultPoints = base::FaultPoints<FaultPoint>;
using FaultPointRow = base::FaultPointRow<FaultPoint>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const FaultPointRow> fault_point_rows();

}  // namespace directory
