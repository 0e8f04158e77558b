// Worlds for a product that is judged as a client: ports that stay while each case brings a world of its own, and whoever makes
// the product do what a case asks for. Time is real while the product works, so that its waiting is judged by the clock it waits by; what a
// case waits for by itself has passed beforehand, so that no token is issued in the product's future.
#pragma once

#include <boost/asio/io_context.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "live/wall_clock.h"
#include "scenarios/client/client_suite.h"
#include "scenarios/client/stage.h"
#include "serve/clockwork.h"
#include "serve/gates.h"
#include "serve/served_world.h"
#include "serve/settings.h"

namespace serve {

/// Makes the product do something, and says when it has.
class Operator {
 public:
  virtual ~Operator() = default;
  /// A case begins: what the product has kept is to be forgotten.
  [[nodiscard]] virtual base::Result<void> begin_case(const std::string& id) = 0;
  /// The task is told in full. An error says why nothing can be begun.
  [[nodiscard]] virtual base::Result<void> begin(const scenarios::client::Task& told, const Settings& settings) = 0;
  /// Empty while the product is at it.
  [[nodiscard]] virtual std::optional<scenarios::client::TaskEnd> poll() = 0;
  /// It has taken too long.
  virtual void give_up() = 0;
  /// Why nobody can be asked for anything any more; empty: somebody can.
  [[nodiscard]] virtual std::string gone() const { return {}; }
};

struct ClientEdgeOptions {
  const scenarios::client::SuiteInfo* suite = nullptr;
  GateOptions gates{};          ///< their parties are the suite's
  std::uint64_t seed = 1;       ///< of every world, so that tenant and credentials stay the same
  std::optional<base::Duration> patience{};  ///< of real time, for each task; empty: as long as it takes
  std::vector<std::string> redirect_uris{};  ///< of a relying party, beside those of everybody's app (serve/accounts.h)
  Operator* product = nullptr;  ///< outlives the edge
  std::function<bool()> stop = [] { return false; };
};

class ClientEdge {
 public:
  /// Listens. An error says what is in the way.
  [[nodiscard]] static base::Result<std::unique_ptr<ClientEdge>> open(ClientEdgeOptions options);
  ~ClientEdge();
  ClientEdge(const ClientEdge&) = delete;
  ClientEdge& operator=(const ClientEdge&) = delete;

  /// Addresses and credentials, which are those of every case.
  [[nodiscard]] base::Result<Settings> settings();
  /// One at a time; the edge outlives them.
  [[nodiscard]] scenarios::client::StageMaker stages();

 private:
  friend class ClientStage;

  explicit ClientEdge(ClientEdgeOptions options);
  void arrived(Gates::Ticket ticket, Admitted admitted);
  /// It begins so long ago.
  [[nodiscard]] base::Result<std::unique_ptr<ServedWorld>> make_world(scenarios::Scenario scenario, base::Duration ago) const;

  /// The world that is being served.
  struct Served {
    ServedWorld* world = nullptr;
    Clockwork* clockwork = nullptr;
    std::map<std::uint64_t, Gates::Ticket> asking{};
    std::uint64_t arrived = 0;
  };

  ClientEdgeOptions options_;
  live::TimeSources time_ = live::system_time();
  boost::asio::io_context context_{1};
  std::unique_ptr<Gates> gates_;
  Served served_;
};

/// Whom the suite's products ask.
[[nodiscard]] std::set<Party> parties_of_suite(const scenarios::client::SuiteInfo& suite);

}  // namespace serve
