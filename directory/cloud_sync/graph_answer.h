// What Graph answered, whether to a request of its own or to one of a batch, reduced to what a client must tell apart. Texts of
// errors drift and are only shown. [Graph E1] [Graph B2]
#pragma once

#include <optional>
#include <string>

#include "base/http_transport.h"
#include "base/instant.h"
#include "base/json.h"

namespace directory {

struct GraphAnswer {
  enum class Kind : std::uint8_t {
    done,
    missing,      ///< 404
    refused,      ///< another 4xx: the same request will not do
    postponed,    ///< 429, or 503 with a Retry-After
    unauthorized, ///< 401: nothing was done
    not_sent,     ///< it never left: nothing was done
    unknown       ///< 5xx, 424 of a whole batch, or no answer: it may have been done
  };

  Kind kind = Kind::unknown;
  int status = 0;  ///< 0: no answer
  base::Json body{};
  std::optional<base::Duration> wait{};  ///< what Retry-After asks for
  std::string code{};                    ///< of an error; in our words where there was no answer
  std::string message{};
  std::optional<base::Instant> date{};   ///< by the clock of whoever answers
  std::string location{};                ///< where to begin again, of a 410 [Graph DL17]

  [[nodiscard]] bool done() const { return kind == Kind::done; }
  /// Whether it is to be sent again, through no fault of the request.
  [[nodiscard]] bool is_put_off() const { return kind == Kind::postponed || kind == Kind::unauthorized || kind == Kind::not_sent; }
  /// Though it was not answered as done. A gateway may say 503, and when to come back, though what is behind it has done as it was asked; a 429
  /// comes before anything is done.
  [[nodiscard]] bool may_have_been_done() const { return kind == Kind::unknown || status == 503; }
};

/// How long Retry-After asks to wait: seconds, also with a fraction, or a date, which is by the clock of whoever answers.
/// [Graph E40] [RFC9110 10.2.3]
[[nodiscard]] std::optional<base::Duration> graph_wait(std::optional<std::string_view> retry_after, base::Instant now);

/// `now` serves where the answer does not say what time it is there.
[[nodiscard]] GraphAnswer read_graph_answer(const base::HttpResult& result, base::Instant now);
/// One of a batch: `{id, status, headers, body}`.
[[nodiscard]] GraphAnswer read_batch_item(const base::Json& item, base::Instant now);

}  // namespace directory
