// Looks at what an observation names and says, in words, what was expected and what is there.
#pragma once

#include <optional>
#include <string>

#include "scenarios/engine/cast.h"
#include "scenarios/run_record.h"
#include "scenarios/script/observations.h"

namespace scenarios {

struct Observed {
  bool holds = false;
  std::string expected;
  std::string found;
  std::optional<ScreenRecord> screen{};  ///< what was looked at, where that is a device's screen
};

/// Observations of the directory go over its interfaces, from the bench's inspector; those of fakes look at
/// the fake.
[[nodiscard]] base::Task<Observed> observe(Cast& cast, const Observation& observation);

/// Looks until it holds or the time is up: fifty times, but not more often than each second and not less often than each minute.
[[nodiscard]] base::Task<Observed> observe_within(Cast& cast, const Observation& observation, base::Duration within);

// Those that stand in files of their own; observe() above chooses.
base::Task<Observed> observe(Cast& cast, MicrosoftAccount wanted);
base::Task<Observed> observe(Cast& cast, MicrosoftPassword wanted);
base::Task<Observed> observe(Cast& cast, MicrosoftSession wanted);
base::Task<Observed> observe(Cast& cast, DirectoryConnection wanted);
base::Task<Observed> observe(Cast& cast, DirectoryMicrosoft wanted);
base::Task<Observed> observe(Cast& cast, MicrosoftGroup wanted);
base::Task<Observed> observe(Cast& cast, DirectoryGroupConnection wanted);
base::Task<Observed> observe(Cast& cast, DirectoryGroupEvents wanted);
base::Task<Observed> observe(Cast& cast, DirectoryImportable wanted);
base::Task<Observed> observe(Cast& cast, DirectoryImport wanted);
base::Task<Observed> observe(Cast& cast, MailImportComplete wanted);
base::Task<Observed> observe(Cast& cast, MicrosoftAudit wanted);
base::Task<Observed> observe(Cast& cast, PopulationLife wanted);
base::Task<Observed> observe(Cast& cast, NetworkFaults wanted);
base::Task<Observed> observe(Cast& cast, LawHolds wanted);
base::Task<Observed> observe(Cast& cast, MicrosoftWrites wanted);
base::Task<Observed> observe(Cast& cast, OktaUser wanted);
base::Task<Observed> observe(Cast& cast, OktaAssignment wanted);
base::Task<Observed> observe(Cast& cast, OktaGroup wanted);
base::Task<Observed> observe(Cast& cast, OktaPush wanted);
base::Task<Observed> observe(Cast& cast, OktaLog wanted);
base::Task<Observed> observe(Cast& cast, OktaImport wanted);
base::Task<Observed> observe(Cast& cast, OktaTasks wanted);
base::Task<Observed> observe(Cast& cast, DeviceAccount wanted);
base::Task<Observed> observe(Cast& cast, DeviceSession wanted);
base::Task<Observed> observe(Cast& cast, DeviceScreen wanted);
base::Task<Observed> observe(Cast& cast, DevicePopups wanted);
base::Task<Observed> observe(Cast& cast, DeviceKeychain wanted);
base::Task<Observed> observe(Cast& cast, DevicePasswords wanted);
base::Task<Observed> observe(Cast& cast, DeviceSecrets wanted);

}  // namespace scenarios
