// A conformance case as a value: what one clause or behaviour asks of a product, as requests and what may come back. Cases
// are scripts below scenarios/conformance/, one a file; scenarios/conformance/README.md is their reference.
//
// Not a Scenario: a case has no world and no clock of its own. It must judge any product, so it speaks of what the product
// announces, names values instead of fixing them, and may say of an answer that the texts allow two readings.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/instant.h"
#include "scenarios/conformance_record.h"
#include "scenarios/script/values.h"

namespace scenarios::probe {

/// Values of cases: members keep their order, texts may hold `${…}`.
using Value = nlohmann::ordered_json;

/// Statuses that are allowed: "201", "2xx".
struct StatusSet {
  std::vector<std::string> allowed{};

  [[nodiscard]] bool contains(int status) const;
  [[nodiscard]] std::string text() const;
};

/// What an answer must be like; everything that is set must hold. Paths and operators: see check.h.
struct Pattern {
  StatusSet status{};
  std::optional<std::vector<std::string>> error{};  ///< a SCIM error; scimType is one of these; "any": or none
  std::vector<std::pair<std::string, Value>> headers{};
  std::vector<std::pair<std::string, Value>> body{};
  bool empty = false;                                    ///< no body at all
  std::optional<std::vector<std::string>> finds{};       ///< exactly these resources, by id, each once
  std::optional<std::vector<std::string>> includes{};
  std::optional<std::vector<std::string>> excludes{};
  std::optional<std::vector<std::string>> in_order{};    ///< these, in this order, whatever is between
  std::optional<std::string> same_as{};                  ///< name of an answer whose body it equals
  std::vector<std::string> but{"meta.lastModified", "meta.version"};  ///< paths that may differ there
  std::optional<base::Duration> within{};                ///< time until the answer
};

/// One reading of an answer.
struct Reading {
  Verdict verdict = Verdict::conforms;
  Pattern pattern{};
  std::string says{};                   ///< a sentence for the report
  std::vector<std::string> readings{};  ///< the two readings, where the verdict is `unclear`
};

/// The first reading that fits decides; where none fits, the case's level does.
struct Judged {
  std::vector<Reading> readings{};
  SourcePlace source{};
};

/// Whose credentials go with a request.
enum class Credentials { usual, none, wrong, empty, trailing, scheme, second };

/// One request.
struct Send {
  std::string method{};
  std::string path{};                                   ///< below the base URL, percent-encoded as it stands
  std::vector<std::pair<std::string, Value>> query{};   ///< encoded and appended
  std::vector<std::pair<std::string, std::string>> headers{};
  Value body{};                                         ///< null: none
  std::vector<std::pair<std::string, Value>> with{};    ///< attribute path and value, set in the body
  std::vector<std::string> without{};                   ///< paths that are taken out of the body
  std::optional<std::string> text{};                    ///< a body as it stands, in place of JSON
  Credentials credentials = Credentials::usual;
};

/// A minimal valid resource, made from what the product's schema requires.
struct Create {
  std::string type = "User";
  std::vector<std::pair<std::string, Value>> with{};  ///< attribute path and value
  std::vector<std::string> without{};
  std::int64_t count = 1;  ///< above 1: NAME1, NAME2 …, and NAME for all of them
};

/// The body of such a create, named and not sent: for messages that carry resources, as jobs do.
struct Compose {
  Create resource{};  ///< its count is 1
};

/// Declared here: `struct Step` inside a member would name scenarios::Step wherever that is known.
struct Step;

/// All pages of a list, as one answer: `Resources` of all pages, `totalResults` of the last, `pages` with their sizes.
struct Walk {
  std::string path{};
  std::vector<std::pair<std::string, Value>> query{};
  std::int64_t count = 0;   ///< 0: the product's own page size
  bool by_cursor = false;
  std::vector<Step> between;  ///< after the first page
};

/// Steps that are under way at the same time.
struct Parallel {
  std::vector<Step> steps;
  std::int64_t times = 1;  ///< each so many times
};

/// What parallel answers come to together.
struct Together {
  StatusSet status{};
  std::int64_t times = 0;
  StatusSet others{};
};

struct Pause {
  base::Duration span{0};
};

struct Step {
  std::variant<Send, Create, Compose, Walk, Parallel, Pause> action{};
  std::string name{};  ///< what later steps call the answer; of a create or compose: the resource
  std::optional<Judged> judged{};
  std::optional<Together> together{};  ///< of parallel steps
  std::string needs_clause{};          ///< which clause is to blame where it is not judged and fails; empty: by its kind
  SourcePlace source{};
};

/// Attributes of the product's schemas, one play of the steps each.
struct EachAttribute {
  std::string of = "User";
  std::vector<std::string> type{};
  std::optional<bool> multi_valued{};
  std::vector<std::string> mutability{};
  std::vector<std::string> returned{};
  std::vector<std::string> uniqueness{};
  std::optional<bool> required{};
  std::optional<bool> case_exact{};
  std::optional<bool> canonical{};  ///< whether canonicalValues are listed
  std::optional<bool> extension{};  ///< whether it belongs to a schema extension
  std::optional<bool> sub_attributes{};  ///< sub-attributes of single complex attributes are looked at too; by default yes
  std::vector<std::string> but{};   ///< paths that are left out
};
struct EachResourceType {
  std::vector<std::string> only{};  ///< names; empty: all
};
/// Schema extensions of the resource types, each with its type.
struct EachExtension {
  std::optional<bool> required{};
};
struct EachSchema {};
struct EachValue {
  std::vector<Value> values{};
};
using Each = std::variant<std::monostate, EachAttribute, EachResourceType, EachExtension, EachSchema, EachValue>;

/// Judges every answer of the whole run instead of playing steps of its own.
struct Watch {
  std::vector<std::string> methods{};
  StatusSet status{};
  bool resources_only = false;  ///< each resource in an answer by itself, wherever it stands
  std::string distinct{};       ///< a path whose value no two of the answers share
  Judged judged{};              ///< without readings where only `distinct` is asked
};

/// A case.
struct Probe {
  std::string id{};  ///< the file's place: "scim/create/duplicate_user_name"
  std::string title{};
  std::vector<std::string> covers{};
  Level level = Level::must;
  Severity severity = Severity::medium;
  std::string why{};
  std::string fix{};
  std::vector<std::string> tags{};
  std::vector<std::string> needs{};  ///< see product.h; `no X` where X must not be announced
  std::vector<std::string> after{};  ///< clauses without which it says nothing
  Each each{};
  std::vector<Step> steps{};
  std::optional<Watch> watch{};

  /// Whether it sends anything but GET and searches.
  [[nodiscard]] bool writes() const;
};

}  // namespace scenarios::probe
