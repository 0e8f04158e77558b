// How a small client sends: it waits where it is told to, backs off where it is not, and asks again for what may be asked again.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/http_transport.h"
#include "fakes/clients/quirks.h"

namespace fakes::clients {

/// What came of something that a client was asked to do.
struct Outcome {
  bool done = true;
  std::string why{};                  ///< where it is not
  bool knows_users = false;
  std::vector<std::string> users{};   ///< names, in order
};

[[nodiscard]] Outcome failed(std::string why);

/// Whether a request that was not answered may be sent once more as it is.
enum class Repeat { freely, never };

class Caller {
 public:
  Caller(base::HttpTransport& transport, base::Clock& clock, Quirks quirks) : transport_(&transport), clock_(&clock), quirks_(std::move(quirks)) {}

  [[nodiscard]] base::Task<base::HttpResult> send(base::HttpRequest request, Repeat repeat);
  /// Of an answer that asks to come again, or of one that did not come; `attempt` counts from 0.
  [[nodiscard]] base::Duration pause_before(int attempt, const base::Headers* answer) const;
  /// The same for a part of an answer, such as one response of a batch.
  [[nodiscard]] base::Task<void> wait(int attempt, base::Headers answer);
  [[nodiscard]] bool has(Quirk quirk) const { return quirks_.has(quirk); }
  [[nodiscard]] base::Clock& clock() const { return *clock_; }

  static constexpr int most_attempts = 8;

 private:
  base::HttpTransport* transport_;
  base::Clock* clock_;
  Quirks quirks_;
};

/// 429, 503 and 504: it may be asked again later.
[[nodiscard]] bool asks_to_come_again(int status);

}  // namespace fakes::clients
