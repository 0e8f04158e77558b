// Laws that a world can be held to, beside what a script expects of its own people and devices. Whoever plays scenarios lends the cast
// a book of them; what is in it is no business of the engine.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/task.h"

namespace scenarios {

class Cast;

class LawBook {
 public:
  virtual ~LawBook() = default;
  [[nodiscard]] virtual std::vector<std::string_view> laws() const = 0;
  /// How the world, as it is now, breaks the law; empty: it does not. The law is one of laws().
  [[nodiscard]] virtual base::Task<std::string> breach(Cast& cast, std::string law) const = 0;
};

}  // namespace scenarios
