// `$search`: clauses of `"property:text"` joined by AND and OR. [Graph Q11]
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fakes/entra/directory_object.h"
#include "fakes/graph/graph_error.h"

namespace fakes::graph {

struct Search {
  struct Clause {
    const entra::Property* property = nullptr;
    std::string text{};  ///< as sent where the property is read word by word, else lower case
  };
  /// One of them must hold; of each all clauses. AND binds closer than OR.
  std::vector<std::vector<Clause>> alternatives{};
};

[[nodiscard]] Outcome<Search> parse_search(std::string_view text, entra::ObjectKind kind);
[[nodiscard]] bool matches(const Search& search, const entra::DirectoryObject& object);

/// Lower-case words, which end at spaces, where small letters become capitals, and between letters, digits and symbols.
/// [Graph Q12]
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

}  // namespace fakes::graph
