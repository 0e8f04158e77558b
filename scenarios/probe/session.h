// Judges one product by one suite: discovery first, then the cases in an order in which what others build on comes first,
// cleaning up behind each. It never changes or deletes a resource that it did not create.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/http_service.h"
#include "base/http_transport.h"
#include "base/oauth_tokens.h"
#include "base/rng.h"
#include "base/scheduler.h"
#include "base/secret.h"
#include "base/task.h"
#include "base/uri.h"
#include "scenarios/catalog.h"
#include "scenarios/conformance_record.h"
#include "scenarios/probe/product.h"
#include "scenarios/probe/sample_values.h"
#include "scenarios/probe/suite.h"

namespace scenarios::probe {

/// How a client says who it is.
struct Authorization {
  enum class Scheme { bearer, basic };
  Scheme scheme = Scheme::bearer;
  base::Secret credential;  ///< the token, or `user:password`

  /// The value of the Authorization field.
  [[nodiscard]] std::string header() const;
};

/// A finding that is expected, with the reason.
struct KnownDeviation {
  std::string case_id;  ///< or a clause's id, for all of its cases
  std::string reason;
};

struct Target {
  std::string name;                    ///< of the product, for reports
  std::string text;                    ///< "core", or the base URL
  base::Uri base;                      ///< without a slash at its end
  base::HttpTransport* transport = nullptr;
  base::Scheduler* scheduler = nullptr;  ///< of the transport
  Authorization authorization;
  base::OauthTokens* tokens = nullptr;   ///< where given, each request carries the one in use instead
  std::optional<Authorization> second;   ///< one with fewer rights
  std::vector<std::pair<std::string, base::Secret>> headers;  ///< sent with every request
  Circumstances circumstances;
  base::Duration timeout = std::chrono::seconds{10};  ///< of one request
};

struct SessionOptions {
  Target target;
  DataRules data;
  std::uint64_t seed = 1;
  std::string run_mark;  ///< part of every name that is created, such as "k3f9"; no two runs have the same
  std::vector<KnownDeviation> known;
  bool plan = false;     ///< what would be written is collected in `planned`, and only reads are sent
  std::string version;
  std::string replay;    ///< of the whole run; a case's adds --only
  base::Instant started{};
  std::function<bool()> stop = [] { return false; };                        ///< asked between requests
  std::function<void(const CaseRecord&, std::size_t done, std::size_t all)> progress =
      [](const CaseRecord&, std::size_t, std::size_t) {};
};

struct SessionResult {
  ConformanceRecord record;
  std::vector<PlannedWrite> planned;
};

/// Plays all cases of the suite. `suite`, `catalog` and what the options point to outlive the task.
[[nodiscard]] base::Task<SessionResult> judge_product(const Suite& suite, const Catalog& catalog, const SessionOptions& options);

/// Which of the core's integrations is spoken to.
enum class Integration { generic, entra, okta };

/// The core, in a world of its own: what `conform` judges when no target is named. The suite chooses the integration, and
/// with it whether a userName is an address. Deterministic.
[[nodiscard]] SessionResult judge_core(const Suite& suite, const Catalog& catalog, SessionOptions options);

/// The same through an integration of choice, with the data rules as the options have them.
[[nodiscard]] SessionResult judge_core(const Suite& suite, const Catalog& catalog, SessionOptions options,
                                       Integration integration);

/// The name of the judged host in such a world.
inline constexpr std::string_view product_host = "product.example.test";

/// A service in a world of its own, reached as `base`; for fakes. `options.target` needs neither transport nor scheduler.
[[nodiscard]] SessionResult judge_service(const Suite& suite, const Catalog& catalog, SessionOptions options,
                                          const std::function<std::unique_ptr<base::HttpService>(base::Clock&, base::Rng)>& make);

}  // namespace scenarios::probe
