// The ports of a served world: one for each party, and a proxy under whose real names they answer. They know nothing of the
// world: what is admitted goes to a callback, answers come back by ticket.
#pragma once

#include <boost/asio/io_context.hpp>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "live/connect_proxy.h"
#include "live/http_host.h"
#include "live/tls.h"
#include "serve/admission.h"
#include "serve/settings.h"

namespace serve {

struct GateOptions {
  std::set<Party> parties{};
  std::string listen = "127.0.0.1";      ///< numeric
  std::uint16_t first_port = 0;          ///< of the parties in their order, then of the proxy; 0: free ones
  bool tls = false;                      ///< on the parties' own ports
  bool proxy = false;
  std::vector<std::string> more_names{};  ///< hosts that are ours too
  std::string tls_folder{};               ///< of the authority and the certificates
  std::size_t most_connections = 1'000;   ///< of each port
};

class Gates {
 public:
  /// A request that awaits its answer.
  struct Ticket {
    live::HttpHost* host = nullptr;
    live::HttpHost::RequestId id = 0;
  };
  using OnRequest = std::function<void(Ticket, Admitted)>;

  /// Listens on all ports. An error names the port that cannot be had.
  [[nodiscard]] static base::Result<std::unique_ptr<Gates>> open(boost::asio::io_context& context, const GateOptions& options, OnRequest on_request);

  void respond(Ticket ticket, const base::HttpResponse& response) { ticket.host->respond(ticket.id, response); }
  /// The connection ends without an answer.
  void abandon(Ticket ticket) { ticket.host->abandon(ticket.id); }

  /// Everything but the control port.
  [[nodiscard]] Places places() const;
  void close_stalled();
  void finish();
  [[nodiscard]] bool busy() const;

 private:
  struct Gate {
    Party party;
    Scheme scheme;
    std::unique_ptr<live::HttpHost> host;
  };

  Gates(boost::asio::io_context& context, GateOptions options, OnRequest on_request);
  base::Result<void> load_certificates();
  base::Result<void> listen();
  void add_gate(Party party, Scheme scheme, const live::HttpHostOptions& options);
  [[nodiscard]] live::HttpHost* behind_proxy(std::string_view host, std::uint16_t port);

  boost::asio::io_context* context_;
  GateOptions options_;
  OnRequest on_request_;
  Admission admission_;
  live::TlsFiles files_;
  std::unique_ptr<live::TlsServer> tls_;
  std::vector<std::unique_ptr<Gate>> gates_;
  std::map<Party, live::HttpHost*> own_;      ///< with a port
  std::map<Party, live::HttpHost*> proxied_;  ///< with TLS
  std::unique_ptr<live::ConnectProxy> proxy_;
};

}  // namespace serve
