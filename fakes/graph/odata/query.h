// The query options of a list, read and checked: what is asked for, and whether it needs the advanced ways.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "fakes/graph/graph_error.h"
#include "fakes/graph/odata/filter.h"
#include "fakes/graph/odata/order.h"
#include "fakes/graph/odata/search.h"
#include "fakes/graph/representation.h"
#include "fakes/graph/request.h"

namespace fakes::graph {

inline constexpr std::size_t default_page = 100;   ///< [Graph U32]
inline constexpr std::size_t longest_page = 999;   ///< [Graph E33]

struct Query {
  Selection selection{};
  std::optional<Filter> filter{};
  std::optional<Search> search{};
  Order order{};
  std::size_t top = default_page;
  bool counts = false;    ///< `$count=true` together with the header [Graph Q7]
  bool advanced = false;  ///< read from the index of advanced queries
};

/// Of a list of objects of `kind`; of mixed ones where `mixed`, whose filters are read as users'.
[[nodiscard]] Outcome<Query> read_query(const Request& request, ObjectKind kind, bool mixed = false);

}  // namespace fakes::graph
