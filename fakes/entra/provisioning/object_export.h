// What the service does about one object: skip it, find and link it, create, update, disable or delete its resource.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/json.h"
#include "base/rng.h"
#include "base/task.h"
#include "fakes/entra/provisioning/job.h"
#include "fakes/entra/provisioning/memory.h"
#include "fakes/entra/provisioning/provisioning_log.h"
#include "fakes/entra/provisioning/source_object.h"
#include "fakes/entra/provisioning/target.h"

namespace fakes::entra::provisioning {

enum class Trigger : std::uint8_t { cycle, on_demand };

struct Exported {
  LogRecord record;
  std::optional<base::Json> resource{};       ///< as the target showed it last
  std::optional<QuarantineError> endpoint{};  ///< not the object but the endpoint failed
};

class ObjectExport {
 public:
  ObjectExport(base::Clock& clock, base::Rng rng, const Settings& settings, Target& target, Memory& memory)
      : clock_(&clock), rng_(rng), settings_(&settings), target_(&target), memory_(&memory) {}

  /// `source` outlives the run.
  base::Task<Exported> run(const SourceObject* source, Trigger trigger);
  /// For an object that is gone for good and has a link.
  base::Task<Exported> remove(ObjectId id);

  /// Whether the run would take a resource away: disable it, or delete it. [Entra provisioning-clients 2.15-01]
  [[nodiscard]] bool would_remove(const SourceObject& source) const;
  /// With id, time and the identity of the object.
  [[nodiscard]] LogRecord begin_record(const SourceObject& source, std::string action);

 private:
  /// A record at work.
  struct Draft {
    const SourceObject* source;
    PatchStyle style;
    LogRecord record;
    Trigger trigger = Trigger::cycle;
  };

  base::Task<Exported> create_or_match(Draft draft);
  base::Task<Exported> create(Draft draft);
  /// Reads the resource first where the caller does not have it. [Entra provisioning-clients 2.4-11]
  base::Task<Exported> update(Draft draft, std::string anchor, std::optional<base::Json> resource);
  base::Task<Exported> withdraw(Draft draft, std::string anchor);
  /// The one hit of the matching attributes, in order of their precedence. [Entra provisioning-clients 2.5-01]
  base::Task<Answered<std::optional<base::Json>>> match(const SourceObject* source);
  [[nodiscard]] EvaluationSettings evaluation();
  [[nodiscard]] std::vector<const MappingRow*> rows_to_match(const ObjectMapping& mapping) const;
  [[nodiscard]] Exported skipped(Draft draft, std::string code, std::string reason) const;
  [[nodiscard]] Exported not_entitled(Draft draft) const;
  [[nodiscard]] Exported failed(Draft draft, const TargetFailure& failure) const;
  [[nodiscard]] Exported succeeded(Draft draft, std::optional<base::Json> resource) const;

  base::Clock* clock_;
  base::Rng rng_;
  const Settings* settings_;
  Target* target_;
  Memory* memory_;
};

}  // namespace fakes::entra::provisioning
