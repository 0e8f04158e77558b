// A directory that is asked without a network, so that requests can begin at one instant, over a disk that notes
// when it is synced and can refuse to.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "base/json.h"
#include "directory/server/directory_server.h"
#include "sim/disk.h"
#include "sim/host.h"

namespace directory {

class NotedDisk final : public base::Disk {
 public:
  explicit NotedDisk(std::vector<std::string>& notes) : notes_(&notes) {}

  std::unique_ptr<base::DiskFile> open(std::string_view name) override {
    return std::make_unique<File>(*this, disk_.open(name));
  }
  [[nodiscard]] bool exists(std::string_view name) const override { return disk_.exists(name); }
  base::DiskStatus remove(std::string_view name) override { return disk_.remove(name); }
  base::Duration take_cost() override { return base::Duration{0}; }

  bool refuses_to_sync = false;
  /// Where it is set, a sync that is begun ends with end_sync() and no earlier.
  bool syncs_beside = false;
  void end_sync(base::DiskStatus status = base::DiskStatus::ok) { std::exchange(under_way_, nullptr)(status); }

 private:
  class File final : public base::DiskFile {
   public:
    File(NotedDisk& disk, std::unique_ptr<base::DiskFile> file) : disk_(&disk), file_(std::move(file)) {}
    base::DiskStatus read(std::uint64_t offset, std::span<std::byte> into) override {
      return file_->read(offset, into);
    }
    base::DiskStatus write(std::uint64_t offset, std::span<const std::byte> bytes) override {
      return file_->write(offset, bytes);
    }
    base::DiskStatus truncate(std::uint64_t size) override { return file_->truncate(size); }
    base::DiskStatus sync() override {
      disk_->notes_->emplace_back("sync");
      return disk_->refuses_to_sync ? base::DiskStatus::io_error : file_->sync();
    }
    [[nodiscard]] bool begin_sync(std::function<void(base::DiskStatus)> done) override {
      if (!disk_->syncs_beside) return false;
      disk_->notes_->emplace_back("sync begins");
      disk_->under_way_ = [this, done = std::move(done)](base::DiskStatus status) {
        done(status == base::DiskStatus::ok ? file_->sync() : status);
      };
      return true;
    }
    [[nodiscard]] std::uint64_t size() const override { return file_->size(); }

   private:
    NotedDisk* disk_;
    std::unique_ptr<base::DiskFile> file_;
  };

  std::vector<std::string>* notes_;
  std::function<void(base::DiskStatus)> under_way_;
  sim::SimulatedDisk disk_{base::Rng{1}, sim::DiskProfile{}};
};

/// Takes what is sent.
class NotedTransport final : public base::HttpTransport {
 public:
  NotedTransport(std::vector<std::string>& notes, const int& status) : notes_(&notes), status_(&status) {}
  base::Task<base::HttpResult> send(base::HttpRequest request, base::Duration) override {
    notes_->push_back("sent to " + request.host());
    co_return base::HttpResponse(*status_);
  }

 private:
  std::vector<std::string>* notes_;
  const int* status_;
};

class InProcess {
 public:
  explicit InProcess(Options options = {}) : options_(std::move(options)) {
    options_.password_cost = base::PasswordCost::simulated();
    start();
  }
  ~InProcess() { stop(); }
  InProcess(const InProcess&) = delete;
  InProcess& operator=(const InProcess&) = delete;

  void start() {
    scope_ = scheduler.make_scope("directory");
    Ports ports;
    ports.scheduler = &scheduler;
    ports.scope = scope_;
    ports.clock = &clock_;
    ports.disk = &disk;
    ports.transport = &transport_;
    ports.trace = &trace_;
    ports.witness = &witness_;
    ports.rng = base::Rng{2}.fork("start", ++starts_);
    auto started = DirectoryServer::start(ports, options_, keys);
    if (!started) throw std::runtime_error(started.error().message);
    server = std::move(*started);
  }
  void stop() {
    scheduler.kill(*scope_);
    server.reset();
  }

  /// Begins a request; its answer is noted under its name.
  std::shared_ptr<base::HttpResponse> begin(std::string name, base::HttpRequest request) {
    auto answer = std::make_shared<base::HttpResponse>(0);
    base::spawn(scheduler, scope_, "asks", ask(*server, std::move(request), std::move(name), answer, notes));
    return answer;
  }
  /// All that is ready, and what it leads to at this instant.
  void run() { scheduler.run_until(scheduler.now()); }

  base::HttpResponse answer_to(base::HttpRequest request) {
    const auto answer = begin("request", std::move(request));
    run();
    return *answer;
  }

  static base::HttpRequest with(std::string_view header, std::string_view value, std::string method,
                                std::string target, std::string body = {}) {
    base::HttpRequest request(std::move(method), std::move(target));
    request.headers.add(std::string(header), std::string(value));
    request.body = std::move(body);
    return request;
  }
  [[nodiscard]] base::HttpRequest scim(std::string method, std::string target, std::string body = {}) const {
    return with("Authorization", "Bearer " + keys.scim_token.reveal(), std::move(method), "/scim/v2" + target,
                std::move(body));
  }
  [[nodiscard]] base::HttpRequest create(std::string_view username) const {
    return scim("POST", "/Users",
                fmt::format(R"({{"userName": "{0}", "emails": [{{"primary": true, "type": "work",
                                 "value": "{0}@example.test"}}], "active": true}})",
                            username));
  }

  InitialKeys keys{base::Secret("key-of-the-first-administrator"), base::Secret("token-of-the-entra-integration"),
                   base::Secret("connect-key-for-the-agents")};
  base::Scheduler scheduler{{.start = *base::parse_rfc3339("2026-01-05T08:00:00Z")}};
  std::vector<std::string> notes;
  NotedDisk disk{notes};
  std::unique_ptr<DirectoryServer> server;
  int relay_status = 202;  ///< what every outbound request is answered

 private:
  static base::Task<void> ask(base::HttpService& service, base::HttpRequest request, std::string name,
                              std::shared_ptr<base::HttpResponse> answer, std::vector<std::string>& notes) {
    auto response = co_await service.handle(std::move(request));
    notes.push_back(fmt::format("{} {}", name, response.status));
    *answer = std::move(response);
  }

  Options options_;
  sim::HostClock clock_{scheduler, base::Duration{0}};
  NotedTransport transport_{notes, relay_status};
  base::SilentTrace trace_;
  base::ForgetfulWitness witness_;
  std::shared_ptr<base::Scope> scope_;
  std::uint64_t starts_ = 0;
};

}  // namespace directory
