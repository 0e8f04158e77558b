// Verbs and observations of a directory that somebody else has made, by the requests that its configuration names.
#pragma once

#include "scenarios/engine/observe.h"
#include "scenarios/engine/perform.h"
#include "scenarios/target_api.h"

namespace scenarios {

/// What the observation is mapped to at the target of this cast; null where it is observed as it is at the core.
[[nodiscard]] const MappedObservation* mapping_of(const Cast& cast, const Observation& observation);
[[nodiscard]] const MappedRequest* mapping_of(const Cast& cast, const Verb& verb);

base::Task<Observed> observe_mapped(Cast& cast, const MappedObservation& mapping, const Observation& observation);
base::Task<Performed> perform_mapped(Cast& cast, const MappedRequest& mapping, const Verb& verb);

/// As it is sent: names replaced by their values, percent-encoded in the path, as JSON in the body.
[[nodiscard]] base::Result<base::HttpRequest> request_of(const Cast& cast, const MappedRequest& mapping,
                                                         const std::map<std::string, base::Json, std::less<>>& values);

}  // namespace scenarios
