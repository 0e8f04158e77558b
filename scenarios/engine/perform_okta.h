// What the verbs of the Okta org share.
#pragma once

#include "scenarios/engine/perform.h"

namespace scenarios {

/// What the org refuses, the admin reads.
template <class T>
Performed from_okta(const fakes::okta::Outcome<T>& outcome) {
  return outcome ? Performed{} : refused(fakes::okta::sentence_of(outcome.error()));
}

}  // namespace scenarios
