// Which value of a tenant object goes to which SCIM attribute: the rows of the portal's attribute mapping.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "fakes/entra/expression/evaluation.h"
#include "fakes/entra/expression/parser.h"
#include "fakes/entra/provisioning/scim_path.h"
#include "fakes/entra/provisioning/scoping_filter.h"
#include "fakes/entra/provisioning/source_object.h"

namespace fakes::entra::provisioning {

// The kinds of mappings. [Entra provisioning-clients 2.18-15]
struct Direct {
  std::string attribute;
  bool operator==(const Direct&) const = default;
};
struct Constant {
  std::string value;
  bool operator==(const Constant&) const = default;
};
struct Formula {
  std::string text;
  expression::Expression tree;
  bool operator==(const Formula& other) const { return text == other.text; }
};
/// No source: the default value alone.
struct Unmapped {
  bool operator==(const Unmapped&) const = default;
};
using MappingSource = std::variant<Unmapped, Direct, Constant, Formula>;

enum class Apply : std::uint8_t { always, on_creation };

struct MappingRow {
  ScimPath target;
  MappingSource source;
  int matching = 0;  ///< precedence among the matching attributes, from 1; 0: it is none [Entra provisioning-clients 2.5-01]
  Apply apply = Apply::always;
  std::string default_value{};  ///< for a null source, on creation [Entra provisioning-clients 2.6-08]

  bool operator==(const MappingRow&) const = default;
};

/// The mapping of one kind of objects, with what the portal shows around it.
struct ObjectMapping {
  bool enabled = true;
  std::vector<MappingRow> rows;
  std::vector<ScopingFilter> filters{};  ///< one must pass; none: all do
  // Target object actions. [rule R34] [Entra provisioning-clients 2.9-07]
  bool create = true;
  bool update = true;
  bool remove = true;

  bool operator==(const ObjectMapping&) const = default;
};

/// `target` is a path that can be read.
[[nodiscard]] MappingRow direct(std::string_view target, std::string_view attribute, int matching = 0);
[[nodiscard]] MappingRow constant(std::string_view target, std::string_view value);
/// `text` is an expression that can be read.
[[nodiscard]] MappingRow formula(std::string_view target, std::string_view text);
/// Or why the portal would not save it.
[[nodiscard]] std::expected<Formula, expression::ParseError> read_formula(std::string_view text);

/// Manager and members: other objects, written by requests of their own, after all objects.
/// [Entra provisioning-clients 2.3-06]
[[nodiscard]] bool is_reference(const MappingRow& row);
[[nodiscard]] const MappingRow* reference_row(const ObjectMapping& mapping, std::string_view attribute);
/// Without `active` among the targets the service deletes where it would disable. [Entra provisioning-clients 2.9-04]
[[nodiscard]] bool can_disable(const ObjectMapping& mapping);
/// In the order in which they are tried.
[[nodiscard]] std::vector<const MappingRow*> matching_rows(const ObjectMapping& mapping);

/// What one row gives for one object.
struct MappedValue {
  const MappingRow* row = nullptr;
  base::Json value;  ///< null where nothing flows, but for `nulled`
  bool nulled = false;  ///< by the fault of Switch [Entra provisioning-clients 2.19-26]
  expression::Outcome outcome{};

  [[nodiscard]] std::string log_text() const;
};

struct MappingFailure {
  const MappingRow* row = nullptr;
  std::string text;
};

enum class Occasion : std::uint8_t { creation, update };

struct EvaluationSettings {
  base::Instant now{};
  base::Rng* rng = nullptr;
  bool switch_forgets_unchanged = false;
};

[[nodiscard]] std::expected<MappedValue, MappingFailure> mapped_value(const MappingRow& row, const SourceObject& source,
                                                                      Occasion occasion, const EvaluationSettings& settings);
/// Of every row that applies, but for references; what is null is among them without a value.
[[nodiscard]] std::expected<std::vector<MappedValue>, MappingFailure> mapped_values(const ObjectMapping& mapping,
                                                                                    const SourceObject& source, Occasion occasion,
                                                                                    const EvaluationSettings& settings);

}  // namespace fakes::entra::provisioning
