#include "serve/gates.h"

#include <fmt/format.h>
#include <boost/asio/ip/address.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "live/listen_problem.h"

namespace serve {
namespace {

AdmissionOptions admission_options(const GateOptions& options) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(options.listen, error);
  AdmissionOptions out;
  out.served = options.parties;
  out.more_names = options.more_names;
  out.any_address = !error && !address.is_loopback();
  return out;
}

/// A host as it stands in a URL, at which clients on this machine reach a listener.
std::string reachable_host(const std::string& listen) {
  if (listen == "127.0.0.1" || listen == "0.0.0.0" || listen == "::" || listen == "::1") return "localhost";
  return listen.find(':') == std::string::npos ? listen : "[" + listen + "]";
}

std::vector<std::string> names_in_certificate(const GateOptions& options) {
  std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
  const auto add = [&](std::string name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  };
  if (options.listen != "0.0.0.0" && options.listen != "::") add(options.listen);
  for (const auto party : all_parties) {
    add(std::string(info_of(party).own_name));
    for (const auto name : info_of(party).real_names) add(std::string(name));
  }
  for (const auto& name : options.more_names) add(name);
  return names;
}

}  // namespace

Gates::Gates(boost::asio::io_context& context, GateOptions options, OnRequest on_request)
    : context_(&context), options_(std::move(options)), on_request_(std::move(on_request)), admission_(admission_options(options_)) {}

base::Result<std::unique_ptr<Gates>> Gates::open(boost::asio::io_context& context, const GateOptions& options, OnRequest on_request) {
  std::unique_ptr<Gates> gates(new Gates(context, options, std::move(on_request)));
  if (options.tls || options.proxy) {
    if (auto loaded = gates->load_certificates(); !loaded) return std::unexpected(loaded.error());
  }
  if (auto listening = gates->listen(); !listening) return std::unexpected(listening.error());
  return gates;
}

base::Result<void> Gates::load_certificates() {
  std::error_code ignored;
  const auto above = std::filesystem::path(options_.tls_folder).parent_path();
  if (!above.empty()) std::filesystem::create_directories(above, ignored);
  auto files = live::ensure_certificates(options_.tls_folder, names_in_certificate(options_));
  if (!files) return std::unexpected(files.error());
  files_ = *std::move(files);
  auto tls = live::TlsServer::load(files_);
  if (!tls) return std::unexpected(tls.error());
  tls_ = *std::move(tls);
  return {};
}

base::Result<void> Gates::listen() {
  auto port = options_.first_port;
  const auto next_port = [&] { return port == 0 ? port : port++; };
  std::uint16_t tried = 0;
  try {
    for (const auto party : options_.parties) {
      tried = next_port();
      add_gate(party, options_.tls ? Scheme::https : Scheme::http,
               {.address = options_.listen, .port = tried, .most_connections = options_.most_connections, .tls = options_.tls ? tls_.get() : nullptr});
      own_[party] = gates_.back()->host.get();
      if (options_.proxy && !options_.tls) add_gate(party, Scheme::https, {.listens = false, .most_connections = options_.most_connections, .tls = tls_.get()});
      if (options_.proxy) proxied_[party] = gates_.back()->host.get();
    }
    if (options_.proxy) {
      tried = next_port();
      proxy_ = std::make_unique<live::ConnectProxy>(*context_, live::ConnectProxyOptions{.address = options_.listen, .port = tried},
                                                    [this](std::string_view host, std::uint16_t to) { return behind_proxy(host, to); });
    }
  } catch (const boost::system::system_error& error) {
    return base::fail(live::listen_problem(options_.listen, tried, error.code()));
  }
  return {};
}

void Gates::add_gate(Party party, Scheme scheme, const live::HttpHostOptions& options) {
  auto gate = std::make_unique<Gate>(Gate{party, scheme, nullptr});
  auto* at = gate.get();
  gate->host = std::make_unique<live::HttpHost>(*context_, options, [this, at](live::HttpHost::RequestId id, base::HttpRequest request) {
    const Ticket ticket{at->host.get(), id};
    auto admitted = admission_.admit(at->party, at->scheme, at->host->peer(id), std::move(request));
    if (admitted) {
      on_request_(ticket, *std::move(admitted));
    } else {
      respond(ticket, admitted.error());
    }
  });
  gates_.push_back(std::move(gate));
}

live::HttpHost* Gates::behind_proxy(std::string_view host, std::uint16_t port) {
  constexpr std::uint16_t https_port = 443;
  const auto party = party_called(host);
  const auto found = party ? proxied_.find(*party) : proxied_.end();
  return port == https_port && found != proxied_.end() ? found->second : nullptr;
}

Places Gates::places() const {
  Places places;
  const auto host = reachable_host(options_.listen);
  for (const auto& [party, own] : own_) places.urls[party] = fmt::format("{}://{}:{}", options_.tls ? "https" : "http", host, own->port());
  if (proxy_) places.proxy = fmt::format("http://{}:{}", host, proxy_->port());
  if (!files_.authority.empty()) {
    std::error_code error;
    const auto path = std::filesystem::absolute(files_.authority, error);
    places.authority = error ? files_.authority : path.string();
  }
  places.tls = options_.tls;
  return places;
}

void Gates::close_stalled() {
  for (const auto& gate : gates_) gate->host->close_stalled();
  if (proxy_) proxy_->close_stalled();
}

void Gates::finish() {
  if (proxy_) proxy_->finish();
  for (const auto& gate : gates_) gate->host->finish();
}

bool Gates::busy() const {
  return std::ranges::any_of(gates_, [](const auto& gate) { return gate->host->busy(); });
}

}  // namespace serve
