#include "reports/schema_check.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using Findings = std::vector<std::string>;

class Checker {
 public:
  explicit Checker(const Json& root) : root_(root) {}

  void check(const Json& schema, const Json& value, const std::string& place, Findings& findings) const {
    for (const auto& item : schema.items()) keyword(item.key(), item.value(), schema, value, place, findings);
  }

 private:
  static bool has_type(const Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "boolean") return value.is_boolean();
    if (type == "null") return value.is_null();
    return false;
  }

  void members(const Json& schema, const Json& value, const std::string& place, Findings& findings) const {
    const auto& properties = schema.at("properties");
    for (const auto& item : value.items()) {
      if (properties.contains(item.key())) {
        check(properties.at(item.key()), item.value(), place + "/" + item.key(), findings);
      } else if (schema.contains("additionalProperties")) {
        findings.push_back(place + ": member " + item.key());
      }
    }
  }

  [[nodiscard]] std::ptrdiff_t fitting(const Json& schemas, const Json& value,
                                       const std::string& place) const {
    return std::ranges::count_if(schemas, [&](const Json& schema) {
      Findings findings;
      check(schema, value, place, findings);
      return findings.empty();
    });
  }

  void keyword(const std::string& word, const Json& wanted, const Json& schema, const Json& value,
               const std::string& place, Findings& findings) const {
    static const std::set<std::string> silent{
        "$schema", "$id", "$defs", "title", "description", "additionalProperties", "contentEncoding"};
    if (silent.contains(word)) return;
    const auto expect = [&](bool holds) {
      if (!holds) findings.push_back(place + ": " + word + " " + wanted.dump());
    };
    if (word == "type") return expect(has_type(value, wanted));
    if (word == "const") return expect(value == wanted);
    if (word == "enum") return expect(std::ranges::find(wanted, value) != wanted.end());
    if (word == "$ref")
      return check(root_.at(Json::json_pointer(wanted.get<std::string>().substr(1))), value, place, findings);
    if (word == "anyOf") return expect(fitting(wanted, value, place) > 0);
    if (word == "oneOf") return expect(fitting(wanted, value, place) == 1);
    if (word == "minimum") return expect(!value.is_number() || value >= wanted);
    if (word == "maximum") return expect(!value.is_number() || value <= wanted);
    if (word == "minLength")
      return expect(!value.is_string() || value.get<std::string>().size() >= wanted.get<std::size_t>());
    if (word == "pattern") {
      return expect(!value.is_string() ||
                    std::regex_search(value.get<std::string>(), std::regex(wanted.get<std::string>())));
    }
    if (word == "required") {
      if (!value.is_object()) return;
      for (const auto& name : wanted) {
        if (!value.contains(name.get<std::string>()))
          findings.push_back(place + ": lacks " + name.get<std::string>());
      }
      return;
    }
    if (word == "properties") {
      if (value.is_object()) members(schema, value, place, findings);
      return;
    }
    if (word == "items") {
      if (!value.is_array()) return;
      for (std::size_t i = 0; i < value.size(); ++i)
        check(wanted, value[i], place + "/" + std::to_string(i), findings);
      return;
    }
    findings.push_back("the schema has " + word + ", which is not checked");
  }

  const Json& root_;
};

}  // namespace

Findings schema_findings(const Json& schema, const Json& value) {
  Findings findings;
  Checker(schema).check(schema, value, "", findings);
  return findings;
}

}  // namespace reports
