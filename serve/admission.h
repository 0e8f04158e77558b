// What comes from a socket, made a request of the world: which party it is for, under which address its client knows that
// party, and nothing in it that only an edge may say.
#pragma once

#include <cstdint>
#include <expected>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "serve/party.h"

namespace serve {

enum class Scheme : std::uint8_t { http, https };

struct AdmissionOptions {
  std::set<Party> served{all_parties.begin(), all_parties.end()};
  std::vector<std::string> more_names{};  ///< hosts that every port answers to, beside loopback; lower case
  bool any_address = false;               ///< whether every numeric address is ours, as on a machine that is reached from others
  std::size_t most_names = 256;           ///< different authorities that may be used
};

struct Admitted {
  Party party = Party::entra;
  base::HttpRequest request;
};

class Admission {
 public:
  explicit Admission(AdmissionOptions options) : options_(std::move(options)) {}

  /// What arrived at the port of `at`, from `peer`. The Host field, or the authority of an absolute target, decides whom it
  /// is for where it is a name of a party's; a name of nobody's is refused with 421. The edge's fields are set, and what the
  /// client has said in their place is gone. [RFC9112 3.2] [RFC9110 7.4]
  [[nodiscard]] std::expected<Admitted, base::HttpResponse> admit(Party at, Scheme scheme, std::string_view peer, base::HttpRequest request);

 private:
  [[nodiscard]] bool is_ours(std::string_view host) const;

  AdmissionOptions options_;
  std::set<std::string, std::less<>> names_;  ///< authorities that have been used
};

/// `localhost`, a name below it, 127.0.0.0/8 or [::1].
[[nodiscard]] bool is_loopback(std::string_view host);

}  // namespace serve
