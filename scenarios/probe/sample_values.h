// Values that a conforming product accepts: by type, canonical values, and the formats that a schema cannot say (mail
// addresses, phone numbers, time zones). They depend on the seed and their number alone.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "scenarios/probe/product.h"

namespace scenarios::probe {

/// How this product wants its data; from the configuration file.
struct DataRules {
  std::string prefix = "lockstep-";   ///< begins everything that is created
  std::string domain = "example.com";  ///< of mail addresses
  bool user_name_is_mail = true;
  /// Attributes that the product requires beyond its schema: path and value, `${unique}` for a text of its own.
  std::vector<std::pair<std::string, Value>> user;
  std::vector<std::pair<std::string, Value>> group;
};

/// `unique` is a text that no other value holds; `other` gives a second value that differs from the first.
[[nodiscard]] Value sample_value(const Attribute& attribute, const std::string& unique, const DataRules& rules, bool other = false);

/// Adds the URN to the resource's `schemas`, once.
void name_schema(Value& resource, const std::string& urn);

/// The least that a resource of that type must have. `unique` names it.
[[nodiscard]] Value minimal_resource(const Product& product, std::string_view type, const std::string& unique,
                                     const DataRules& rules);

}  // namespace scenarios::probe
