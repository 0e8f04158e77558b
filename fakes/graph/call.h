// A request on its way to an answer: what it can use, who sent it, and which keys its path names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "fakes/entra/access_token.h"
#include "fakes/entra/sign_in_log.h"
#include "fakes/entra/tenant.h"
#include "fakes/graph/answer.h"
#include "fakes/graph/options.h"
#include "fakes/graph/reading.h"
#include "fakes/graph/request.h"

namespace fakes::graph {

class Subscriptions;

struct Context {
  const GraphOptions& options;
  entra::Tenant& tenant;
  const Reading& reading;
  const Reading& index_reading;        ///< of advanced queries [Graph C7]
  const entra::SignInLog* sign_ins;    ///< null: this tenant keeps none
  base::Rng& rng;                      ///< for what shows now and then
  base::Instant now;
  std::uint64_t delta_generation;      ///< delta tokens of a former one are void
  Subscriptions* subscriptions;

  [[nodiscard]] bool has(Quirk quirk) const { return options.quirks.has(quirk); }
  [[nodiscard]] bool has_now(Quirk quirk) const { return has(quirk) && rng.chance(options.now_and_then); }
};

struct Call {
  const Context& context;
  const Request& request;
  const entra::AccessToken& token;
  std::vector<std::string> keys{};  ///< of the path, in its order

  /// Who the audit log names: the app, or the user on whose behalf it acts. [Graph O10]
  [[nodiscard]] entra::Actor actor() const;
  [[nodiscard]] bool is_app() const { return token.kind == entra::AccessToken::Kind::app; }
  [[nodiscard]] const Quirks& quirks() const { return context.options.quirks; }
};

/// By id or, for users, user principal name. [Graph G5]
[[nodiscard]] Outcome<const DirectoryObject*> find_object(const Call& call, ObjectKind kind, const std::string& key);

}  // namespace fakes::graph
