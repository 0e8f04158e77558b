// What the steps of a case have named: answers, resources, and the values of `each`. Texts of a case name them as `${…}`.
//
//   ${amy}               the body of the answer                ${amy.emails[0].value}   a place in it
//   ${amy.id} ${amy.path}    id, and the path below the base URL
//   ${amy.etag}          the ETag header, or meta.version      ${amy.header.Location} ${amy.status}
//   ${amy.sent.title}    a place in what was sent              ${amy.elsewhere.meta.created} the same time with another offset
//   ${run}               a text that no other case of any run uses; ${unknown} an id that no resource has; ${long:1000} so many letters
//   ${repeat:1000:(}     a text without } so many times          ${copies:3:amy.sent} a list of so many of the value
//   ${encoded:amy.id}    percent-encoded, for a path            ${upper:amy.userName} in capitals; both: ${encoded:upper:…}
//   Of long and copies the number may be a name, and more: ${copies:config.bulk.maxOperations+1:amy.sent}
//   ${base}              the base URL                          ${domain} of e-mail addresses that the product accepts
//   ${login}             a userName of the kind that the product takes: an address of ${run}, or ${run} where it takes none
//   ${attribute.path} ${attribute.name} ${attribute.type} ${attribute.value} ${attribute.other} ${value}
//   ${resource_type.name} ${resource_type.id} ${resource_type.endpoint} ${resource_type.schema} ${schema}     of `each`
//   ${resource_type.schemas}     with those of its extensions      ${resource_type.members}   what its resources may hold
//   ${extension.schema} ${extension.required}     and ${resource_type…} of the type that is extended
//
// A text that is nothing but one name becomes the value itself, of whatever type.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/result.h"
#include "scenarios/probe/probe.h"

namespace scenarios::probe {

/// What a request came to.
struct Answer {
  std::string method;
  std::string path;        ///< below the base URL, with query
  Value sent;              ///< null where the body was no JSON
  int status = 0;          ///< 0: no answer
  std::string failure;     ///< why there is none
  base::Headers headers;
  std::string text;        ///< the body as it came
  Value body;              ///< parsed; discarded where it is no JSON
  bool is_json = false;
  base::Duration took{0};
  std::uint64_t exchange = 0;

  /// Of a resource: `/Users/<id>`. Empty where the body has no id.
  [[nodiscard]] std::string resource_path() const;
  /// The resource's id, or empty.
  [[nodiscard]] std::string id() const;
};

class Names {
 public:
  explicit Names(std::string run, std::string unknown_id, std::string base_url);

  const Answer& set(const std::string& name, Answer answer);
  void set_group(const std::string& name, std::vector<std::string> members);
  void set_value(const std::string& name, Value value);

  [[nodiscard]] const Answer* answer(std::string_view name) const;
  /// The ids of a resource, or of all that a create with a count named.
  [[nodiscard]] base::Result<std::vector<std::string>> ids(std::string_view name) const;
  [[nodiscard]] const std::string& run() const { return run_; }

  /// With every `${…}` replaced, in keys too. An error names what cannot be told.
  [[nodiscard]] base::Result<Value> fill(const Value& value) const;
  [[nodiscard]] base::Result<std::string> fill_text(std::string_view text) const;

 private:
  [[nodiscard]] base::Result<Value> look_up(std::string_view name) const;
  /// `1000`, `amy.count` or `amy.count+1`; an error beyond `most`.
  [[nodiscard]] base::Result<std::size_t> count(std::string_view text, std::size_t most) const;
  [[nodiscard]] base::Result<Value> filler(std::string_view rest) const;
  [[nodiscard]] base::Result<Value> copies(std::string_view rest) const;

  std::string run_;
  std::string unknown_;
  std::string base_;
  std::map<std::string, Answer, std::less<>> answers_;
  std::map<std::string, std::vector<std::string>, std::less<>> groups_;
  std::map<std::string, Value, std::less<>> values_;
};

}  // namespace scenarios::probe
