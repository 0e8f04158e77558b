#include "cli/served_directory.h"

#include <fmt/format.h>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/crypto.h"
#include "base/encoding.h"
#include "cli/exit_codes.h"
#include "cli/file_limit.h"
#include "cli/key_file.h"
#include "live/files.h"
#include "live/listen_problem.h"

namespace cli {
namespace {

/// As many agents poll at a time; the system may allow fewer.
constexpr std::size_t most_connections = 10'000;
constexpr std::size_t other_files = 64;
constexpr base::Duration last_moments = std::chrono::seconds{5};
constexpr std::uint16_t usual_port = 8080;
/// KiB: some ten thousand users with their events.
constexpr int page_cache = 64'000;
/// Mail for it becomes files.
constexpr auto mail_folder_host = "mail-folder.invalid";

base::Uri uri_of(std::string scheme, std::string host, std::uint16_t port) {
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return {.scheme = std::move(scheme), .host = std::move(host), .port = port, .path = "/", .query = {}};
}

/// Some files are for other things than connections.
std::size_t connections_allowed() {
  return std::max(raise_file_limit(most_connections + other_files), 2 * other_files) - other_files;
}

/// An address that clients on this machine reach a listener at.
std::string reachable(const std::string& listen) {
  if (listen == "0.0.0.0") return "127.0.0.1";
  if (listen == "::") return "::1";
  return listen;
}

/// Counts the starts of a folder: each draws from a stream of its own, or ids of the last would come again.
base::Result<std::uint64_t> count_start(const std::string& folder) {
  const auto path = folder + "/starts";
  std::uint64_t count = 0;
  if (const auto text = live::read_file(path, 64)) {
    std::from_chars(text->data(), text->data() + text->size(), count);
  }
  ++count;
  if (auto written = live::write_durably(path, fmt::format("{}\n", count)); !written) {
    return std::unexpected(written.error());
  }
  return count;
}

void print_access(const live::Answered& line) {
  fmt::print(stderr, "lockstep: {} {} {} {} {} {} bytes {:.1f} ms\n", base::to_rfc3339(line.at), line.peer,
             line.method, line.path, line.status, line.bytes,
             std::chrono::duration<double, std::milli>(line.took).count());
}

}  // namespace

void ErrorStreamTrace::note(std::string_view party, std::string_view what) {
  fmt::print(stderr, "lockstep: {}: {}\n", party, what);
}

ServedDirectory::ServedDirectory(const ServeCommand& command, std::unique_ptr<live::FileDisk> disk)
    : command_(command),
      disk_(std::move(disk)),
      mail_(command.data + "/mail", loop_.clock()),
      scope_(loop_.scheduler().make_scope("directory")),
      ending_scope_(loop_.scheduler().make_scope("end")),
      signals_(loop_.context(), SIGTERM, SIGINT) {}

ServedDirectory::~ServedDirectory() {
  // What the disk has to tell has no loop to go to any more.
  disk_->sync_beside_no_more();
  // Suspended requests before the core that they refer to.
  loop_.scheduler().kill(*ending_scope_);
  loop_.scheduler().kill(*scope_);
}

base::Result<std::unique_ptr<ServedDirectory>> ServedDirectory::start(const ServeCommand& command,
                                                                      const ServeSettings& settings,
                                                                      std::unique_ptr<live::FileDisk> disk) {
  std::unique_ptr<ServedDirectory> served(new ServedDirectory(command, std::move(disk)));
  if (auto listening = served->listen(); !listening) return std::unexpected(listening.error());
  if (auto opened = served->open(settings); !opened) return std::unexpected(opened.error());
  return served;
}

base::Result<void> ServedDirectory::listen() {
  live::HttpHostOptions options{.address = command_.listen, .port = command_.port.value_or(usual_port),
                                .most_connections = connections_allowed()};
  if (command_.tls) {
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
    const auto address = reachable(command_.listen);
    if (std::ranges::find(names, address) == names.end()) names.push_back(address);
    names.insert(names.end(), command_.hosts.begin(), command_.hosts.end());
    const auto files = live::ensure_certificates(command_.data + "/tls", names);
    if (!files) return std::unexpected(files.error());
    auto tls = live::TlsServer::load(*files);
    if (!tls) return std::unexpected(tls.error());
    tls_ = std::move(*tls);
    authority_ = files->authority;
    options.tls = tls_.get();
  }
  try {
    edge_ = std::make_unique<live::HttpServer>(loop_, options);
  } catch (const boost::system::system_error& error) {
    return base::fail(live::listen_problem(command_.listen, command_.port.value_or(usual_port), error.code()));
  }
  url_ = uri_of(command_.tls ? "https" : "http", reachable(command_.listen), edge_->port());
  return {};
}

base::Result<base::Rng> ServedDirectory::generator() {
  if (!command_.seed) return base::Rng{entropy_};
  const auto start = count_start(command_.data);
  if (!start) return std::unexpected(start.error());
  return base::Rng{*command_.seed}.fork("start", *start);
}

base::Result<void> ServedDirectory::connect_outwards(const ServeSettings& settings, directory::Options& options) {
  live::HttpClientOptions client{.plain = {command_.plain_hosts.begin(), command_.plain_hosts.end()},
                                 .authorities = command_.trust};
  options.mail_relay = settings.mail_relay.value_or(uri_of("https", mail_folder_host, 0));
  if (options.mail_relay.scheme == "http") client.plain.insert(options.mail_relay.authority());
  auto made = live::HttpClient::make(loop_, std::move(client));
  if (!made) return std::unexpected(made.error());
  client_ = std::move(*made);
  client_->keep_here(mail_folder_host, mail_);
  return {};
}

base::Result<void> ServedDirectory::open(const ServeSettings& settings) {
  directory::Options options;
  options.public_url = settings.public_url.value_or(url_);
  options.commits = command_.single_commits ? directory::Commits::each : directory::Commits::grouped;
  options.page_cache = page_cache;
  options.client_address_header = live::client_address_field;
  if (command_.mail_on_request) options.settings.activation_mail = directory::ActivationMail::on_request;
  if (auto connected = connect_outwards(settings, options); !connected) return connected;
  auto rng = generator();
  if (!rng) return std::unexpected(rng.error());
  const auto connect_key = read_or_make_key(command_.data + "/connect.key");
  if (!connect_key) return base::fail(connect_key.error().message);
  const auto vault_key = read_or_make_key(command_.data + "/vault.key");
  if (!vault_key) return base::fail(vault_key.error().message);

  disk_->sync_beside([this](std::function<void()> told) { boost::asio::post(loop_.context(), std::move(told)); });

  directory::Ports ports;
  ports.scheduler = &loop_.scheduler();
  ports.scope = scope_;
  ports.clock = &loop_.clock();
  ports.disk = disk_.get();
  ports.transport = client_.get();
  ports.trace = &trace_;
  ports.witness = &witness_;
  ports.vault_key = base::Secret(base::sha256(vault_key->key.reveal()));
  ports.rng = *rng;
  auto server = directory::DirectoryServer::start(std::move(ports), std::move(options), {});
  if (!server) return base::fail(fmt::format("the data in {} cannot be used: {}", command_.data, server.error().message));
  server_ = std::move(*server);
  if (auto adopted = server_->adopt({settings.key, connect_key->key}, settings.integration); !adopted) return adopted;
  edge_->serve(*server_, scope_, [this](const live::Answered& line) {
    if (command_.verbose) print_access(line);
    // A store that failed stays failed; whoever watches over this program starts it anew.
    if (!server_->failure().empty()) begin_to_end(exit_unavailable);
  });
  return {};
}

int ServedDirectory::run() {
  signals_.async_wait([this](const boost::system::error_code& error, int) {
    if (!error) on_signal();
  });
  loop_.run();
  if (exit_code_ != exit_pass) {
    fmt::print(stderr, "lockstep: stopped, since the store failed: {}\n", server_->failure());
  }
  return exit_code_;
}

void ServedDirectory::on_signal() {
  // From now on the system's own way: a second signal ends the program at once.
  boost::system::error_code ignored;
  signals_.clear(ignored);
  begin_to_end(exit_pass);
}

void ServedDirectory::begin_to_end(int exit_code) {
  if (std::exchange(ending_, true)) return;
  exit_code_ = exit_code;
  // What an answer has led to, such as a mail, is done by the end of the turn where no sync is waited for elsewhere.
  disk_->sync_beside_no_more();
  server_->end_waiting();
  base::spawn(loop_.scheduler(), ending_scope_, "ends", end(*this));
}

base::Task<void> ServedDirectory::end(ServedDirectory& self) {
  co_await self.edge_->finish(last_moments);
  self.loop_.stop();
}

}  // namespace cli
