// What the JSON reports share: times, bodies and exchanges have one shape in all of them.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/instant.h"
#include "scenarios/run_record.h"

namespace reports {

/// Canonical text and nanoseconds.
[[nodiscard]] nlohmann::ordered_json duration_json(base::Duration duration);
/// RFC 3339 with milliseconds; null where there is none.
[[nodiscard]] nlohmann::ordered_json instant_json(const std::optional<base::Instant>& instant);

/// A body that is no UTF-8 stands as `body_base64` instead of `body`; `response` is null where there is none.
[[nodiscard]] nlohmann::ordered_json exchange_object(const scenarios::ExchangeRecord& exchange);

template <class Records, class ToJson>
[[nodiscard]] nlohmann::ordered_json array_json(const Records& records, ToJson to_json_value) {
  auto out = nlohmann::ordered_json::array();
  for (const auto& record : records) out.push_back(to_json_value(record));
  return out;
}

/// Text is UTF-8 but for what came broken from the network, which is replaced. `indentation` below 0: one
/// line.
[[nodiscard]] std::string dump(const nlohmann::ordered_json& json, int indentation);

}  // namespace reports
