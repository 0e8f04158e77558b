// What has come to a world from outside, and when. A world is a function of its script, its seed and this: played again it
// is the same again, to the last bit of its digest. So a snapshot is a place in here, and no memory is copied.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/http.h"
#include "base/instant.h"
#include "scenarios/script/scenario.h"
#include "serve/party.h"

namespace serve {

/// A point between two events of a world.
struct Position {
  base::Instant at{};
  std::uint64_t events = 0;  ///< dispatches until then
  std::uint64_t digest = 0;  ///< of the world, there; compared when it is played again

  bool operator==(const Position&) const = default;
};

struct Asked {
  Party party = Party::entra;
  base::HttpRequest request{};
};
struct Played {
  scenarios::Step step;
};
/// Quirks of a part of a party: those that are named are on, its others are off.
struct Switched {
  std::string part;
  std::vector<std::string> quirks;
};

struct Input {
  Position at{};
  std::uint64_t id = 0;
  std::variant<Asked, Played, Switched> what;
};

class Journal {
 public:
  /// Bytes of messages, and inputs, that are kept.
  static constexpr std::size_t most_bytes = std::size_t{64} << 20;
  static constexpr std::size_t most_inputs = 100'000;

  void add(Input input);
  /// Whether something was left out: from then on the world cannot be played again.
  [[nodiscard]] bool overflowed() const { return overflowed_; }
  [[nodiscard]] const std::vector<std::shared_ptr<const Input>>& inputs() const { return inputs_; }

 private:
  std::vector<std::shared_ptr<const Input>> inputs_;  ///< shared by the copies that snapshots keep
  std::size_t bytes_ = 0;
  bool overflowed_ = false;
};

}  // namespace serve
