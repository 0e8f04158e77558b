// What a product has sent and what it got, as patterns and laws look at it: parsed once, the requests inside a batch beside those
// that came alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/http.h"
#include "base/http_transport.h"
#include "base/instant.h"
#include "scenarios/probe/probe.h"

namespace scenarios::client {

/// One exchange, raw, from whoever has watched.
struct Witnessed {
  std::uint64_t id = 0;
  std::string to{};
  base::HttpRequest request{};
  base::Instant sent{};
  std::optional<base::Instant> answered{};
  std::optional<base::HttpResult> result{};
  bool took_effect = true;   ///< whether the service processed it, whatever the product was told
  bool distorted = false;    ///< what the product was told is not what the service said
  std::string fault{};       ///< what a script did to it; empty: nothing
  std::size_t phase = 0;
};

struct Seen {
  std::uint64_t exchange = 0;  ///< of a request inside a batch that of the batch
  std::string party{};
  std::string method{};
  std::string target{};        ///< path and query as they came
  std::string path{};          ///< decoded
  std::vector<std::pair<std::string, std::string>> query{};  ///< decoded
  base::Headers headers{};
  std::string body_text{};
  probe::Value body{};         ///< null where there is none, or no JSON
  std::vector<std::pair<std::string, std::string>> form{};   ///< of a body that is one
  base::Instant sent{};
  std::optional<base::Instant> answered{};
  int status = 0;              ///< 0: no answer
  base::Headers answer_headers{};
  probe::Value answer{};       ///< null where there is none, or no JSON
  bool took_effect = true;
  bool distorted = false;
  std::string fault{};
  bool in_batch = false;
  std::size_t phase = 0;

  /// Whether the service did what was asked, as far as can be told: a lost answer may have been a good one.
  [[nodiscard]] bool succeeded() const { return took_effect && (distorted || status == 0 || (status >= 200 && status < 300)); }
  /// `POST /v1.0/users`.
  [[nodiscard]] std::string line() const;
};

using History = std::vector<Seen>;

/// In order of sending; what a batch holds follows it.
[[nodiscard]] History history_of(const std::vector<Witnessed>& exchanges);

/// Host-free form of a link: path and query, also where it is absolute; empty where it is no reference.
[[nodiscard]] std::string target_of_link(std::string_view link);
/// Whether two targets ask for the same: equal, or equal once decoded.
[[nodiscard]] bool same_target(std::string_view left, std::string_view right);
/// Whether one request is the other sent again. Bodies that name the same person or group are the same, whatever else they hold: a
/// retry may come with another password.
[[nodiscard]] bool asks_the_same(const Seen& left, const Seen& right);

}  // namespace scenarios::client
