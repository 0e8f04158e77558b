// A directory core served from a folder: its files, its keys, its edge, and the loop that all of it runs on.
#pragma once

#include <boost/asio/signal_set.hpp>

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "cli/commands.h"
#include "directory/server/directory_server.h"
#include "live/file_disk.h"
#include "live/http_client.h"
#include "live/http_server.h"
#include "live/loop.h"
#include "live/mail_folder.h"
#include "live/system_entropy.h"
#include "live/tls.h"

namespace cli {

/// What a `serve directory --data` needs of the outside, checked.
struct ServeSettings {
  directory::IntegrationKind integration = directory::IntegrationKind::generic;
  std::optional<base::Uri> public_url;
  std::optional<base::Uri> mail_relay;
  base::Secret key;
};

/// Notes of the core, for the operator.
class ErrorStreamTrace final : public base::Trace {
 public:
  void note(std::string_view party, std::string_view what) override;
};

class ServedDirectory {
 public:
  /// Opens the store and listens. An error says what is in the way.
  static base::Result<std::unique_ptr<ServedDirectory>> start(const ServeCommand& command, const ServeSettings& settings,
                                                              std::unique_ptr<live::FileDisk> disk);
  ~ServedDirectory();

  /// Answers until SIGTERM or SIGINT; what is in flight then has five seconds. An exit code.
  int run();

  [[nodiscard]] const base::Uri& url() const { return url_; }
  /// ca.pem; empty without TLS.
  [[nodiscard]] const std::string& authority() const { return authority_; }

 private:
  ServedDirectory(const ServeCommand& command, std::unique_ptr<live::FileDisk> disk);
  base::Result<void> listen();
  base::Result<void> open(const ServeSettings& settings);
  base::Result<base::Rng> generator();
  base::Result<void> connect_outwards(const ServeSettings& settings, directory::Options& options);
  void on_signal();
  void begin_to_end(int exit_code);
  static base::Task<void> end(ServedDirectory& self);

  ServeCommand command_;
  std::unique_ptr<live::FileDisk> disk_;
  live::SystemEntropy entropy_;
  live::Loop loop_;
  std::unique_ptr<live::TlsServer> tls_;
  std::unique_ptr<live::HttpClient> client_;
  live::MailFolder mail_;
  base::ForgetfulWitness witness_;
  ErrorStreamTrace trace_;
  base::Uri url_;
  std::string authority_;
  std::unique_ptr<live::HttpServer> edge_;
  std::shared_ptr<base::Scope> scope_;
  std::shared_ptr<base::Scope> ending_scope_;
  std::unique_ptr<directory::DirectoryServer> server_;
  boost::asio::signal_set signals_;
  bool ending_ = false;
  int exit_code_ = 0;
};

}  // namespace cli
