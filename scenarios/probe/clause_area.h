// Under which heading a report files a clause: "Create", "Query: filters". The section of the text decides, since a
// section is about one thing that a product does; the headings are the words of people who write such a product.
#pragma once

#include <string>

#include "scenarios/catalog.h"

namespace scenarios::probe {

/// The heading of the longest section that the clause stands in; a rule of another area than `scim` is filed under its own.
[[nodiscard]] std::string area_of_clause(const Rule& rule);

}  // namespace scenarios::probe
