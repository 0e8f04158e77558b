// `serve directory` with --data: what the operator wrote is checked first, then the folder is locked, then the rest follows.
#include <fmt/format.h>
#include <boost/asio/ip/address.hpp>

#include <csignal>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/key_file.h"
#include "cli/listen_warning.h"
#include "cli/served_directory.h"

namespace cli {
namespace {

/// A base for links: it ends in a slash, so that paths can follow.
base::Result<std::optional<base::Uri>> read_url(std::string_view option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  auto url = base::parse_uri(text);
  if (!url) return base::fail(fmt::format("{}: {}", option, url.error().message));
  if (url->query) return base::fail(fmt::format("{}: '{}' has a query", option, text));
  return *url;
}

base::Result<ServeSettings> read_settings(const ServeCommand& command) {
  if (command.parties != std::vector<std::string>{"directory"})
    return base::fail("--data is of the directory alone: 'serve directory --data DIR --key-file FILE'");
  ServeSettings settings;
  settings.integration = directory::parse_integration_kind(command.integration)
                             .value_or(directory::IntegrationKind::generic);
  auto public_url = read_url("--public-url", command.public_url);
  if (!public_url) return std::unexpected(public_url.error());
  if (*public_url && !(*public_url)->path.ends_with('/')) (*public_url)->path += '/';
  settings.public_url = *public_url;
  auto mail_relay = read_url("--mail-relay", command.mail_relay);
  if (!mail_relay) return std::unexpected(mail_relay.error());
  settings.mail_relay = *mail_relay;
  boost::system::error_code error;
  boost::asio::ip::make_address(command.listen, error);
  if (error) {
    return base::fail(fmt::format("--listen: '{}' is not an address, such as 127.0.0.1 or ::1", command.listen));
  }
  if (!command.hosts.empty() && !command.tls) {
    return base::fail("--host names the server in its certificate, and needs --tls");
  }
  return settings;
}

void warn(const ServeCommand& command, const KeyFile& key) {
  if (key.created) fmt::print(stderr, "lockstep: a fresh key is in {}\n", command.key_file);
  if (key.exposed) {
    fmt::print(stderr, "lockstep: warning: others can read {}; 'chmod 600' it\n", command.key_file);
  }
  if (command.seed) {
    fmt::print(stderr, "lockstep: warning: with --seed every key, link and password hash can be computed; use it for "
                       "trials alone\n");
  }
  warn_of_listening(command.listen, command.tls ? "" : ", and without --tls keys and passwords cross the network in the clear");
}

void announce(const ServeCommand& command, const ServedDirectory& served) {
  if (command.mail_relay.empty()) {
    fmt::print(stderr, "lockstep: mail becomes files in {}/mail; --mail-relay sends it\n", command.data);
  }
  if (!served.authority().empty()) {
    fmt::print(stderr, "lockstep: clients are to trust {}\n", served.authority());
  }
  fmt::print(stderr, "lockstep: directory at {}scim/v2 (integration {}), data in {}\n", served.url().text(),
             command.integration, command.data);
}

}  // namespace

int serve_directory(const ServeCommand& command) {
  auto settings = read_settings(command);
  if (!settings) return complain(exit_usage, settings.error().message);
  if (const auto checked = check_key_file(command.key_file); !checked) {
    return complain(exit_usage, checked.error().message);
  }
  auto disk = live::FileDisk::in_folder(command.data);
  if (!disk) return complain(exit_unavailable, disk.error().message);
  const auto key = read_or_make_key(command.key_file);
  if (!key) return complain(key.error().unusable ? exit_usage : exit_unavailable, key.error().message);
  settings->key = key->key;
  warn(command, *key);
  std::signal(SIGPIPE, SIG_IGN);  // of whoever reads standard error and goes
  auto served = ServedDirectory::start(command, *settings, std::move(*disk));
  if (!served) return complain(exit_unavailable, served.error().message);
  announce(command, **served);
  return (*served)->run();
}

}  // namespace cli
