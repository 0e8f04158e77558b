#include "cli/product_operator.h"

#include <fmt/format.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>
#include <variant>

#include "live/child_process.h"
#include "live/files.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using scenarios::client::Task;
using scenarios::client::TaskEnd;
using scenarios::client::Value;

/// Exit codes of a command.
constexpr int has_done_it = 0;
constexpr int has_no_such_task = 3;
/// Of a shell: it cannot be started; from 128 on a signal has ended it.
constexpr int cannot_be_started = 126;
constexpr int is_not_found = 127;
constexpr int ended_by_a_signal = 128;
constexpr std::size_t largest_result = std::size_t{16} << 20;

/// A folder of this run's own; gone with it.
class OwnFolder {
 public:
  OwnFolder() {
    std::error_code error;
    auto pattern = (fs::temp_directory_path(error) / "lockstep-XXXXXX").string();
    if (!error && ::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~OwnFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class CommandOperator final : public serve::Operator {
 public:
  explicit CommandOperator(std::string command) : command_(std::move(command)) {}

  base::Result<void> begin_case(const std::string& id) override {
    if (folder_.path().empty()) return base::fail("there is no room for what the product keeps: no folder can be made below the system's for such");
    case_ = id;
    std::error_code error;
    fs::remove_all(state(), error);
    fs::create_directory(state(), error);
    if (error) return base::fail(fmt::format("{}: {}", state(), error.message()));
    return {};
  }

  base::Result<void> begin(const Task& told, const serve::Settings& settings) override {
    std::error_code ignored;
    fs::remove(result(), ignored);
    auto variables = settings.environment;
    variables.emplace_back("LOCKSTEP_TASK", told.name);
    variables.emplace_back("LOCKSTEP_TASK_DATA", told.data.dump());
    variables.emplace_back("LOCKSTEP_CASE", case_);
    variables.emplace_back("LOCKSTEP_STATE", state());
    variables.emplace_back("LOCKSTEP_RESULT", result());
    auto started = live::ChildProcess::start(command_, variables);
    if (!started) return std::unexpected(started.error());
    process_.emplace(*std::move(started));
    return {};
  }

  std::optional<TaskEnd> poll() override {
    const auto ending = process_->poll();
    if (!ending) return std::nullopt;
    auto end = std::visit([&](const auto& how) { return end_of(how); }, *ending);
    if (end.kind != TaskEnd::Kind::not_run) end.result = what_it_says();
    return end;
  }

  void give_up() override {
    if (process_) process_->end();
  }

 private:
  [[nodiscard]] TaskEnd end_of(const live::Exited& how) const {
    if (how.code == has_done_it) return {};
    if (how.code == has_no_such_task) return {TaskEnd::Kind::cannot, {}, nullptr};
    const bool is_shells = how.code == cannot_be_started || how.code == is_not_found || how.code >= ended_by_a_signal;
    return {is_shells ? TaskEnd::Kind::not_run : TaskEnd::Kind::refused, fmt::format("'{}' ended with {}", command_, how.code), nullptr};
  }
  [[nodiscard]] TaskEnd end_of(const live::Signalled& how) const {
    return {TaskEnd::Kind::not_run, fmt::format("'{}' was ended by signal {}", command_, how.signal), nullptr};
  }
  [[nodiscard]] std::string state() const { return folder_.path() + "/state"; }
  [[nodiscard]] std::string result() const { return folder_.path() + "/result.json"; }

  [[nodiscard]] Value what_it_says() const {
    const auto text = live::read_file(result(), largest_result);
    if (!text) return nullptr;
    auto parsed = Value::parse(*text, nullptr, false);
    return parsed.is_object() ? parsed : Value(nullptr);
  }

  std::string command_;
  OwnFolder folder_;
  std::string case_;
  std::optional<live::ChildProcess> process_;
};

class HandOperator final : public serve::Operator {
 public:
  explicit HandOperator(const scenarios::client::SuiteInfo& suite) : suite_(&suite) {}

  base::Result<void> begin_case(const std::string& id) override {
    fmt::print(stderr, "\n{}: the product begins anew, and has forgotten what it has stored\n", id);
    return {};
  }

  base::Result<void> begin(const Task& told, const serve::Settings&) override {
    const auto found = std::ranges::find(suite_->tasks, told.name, &scenarios::client::TaskInfo::name);
    const auto says = found == suite_->tasks.end() ? std::string_view(told.name) : found->says;
    // An Enter too many was not for this.
    if (::isatty(STDIN_FILENO) != 0) {
      ::tcflush(STDIN_FILENO, TCIFLUSH);
      typed_.clear();
    }
    fmt::print(stderr, "  {}: {}\n", told.name, says);
    if (!told.data.empty()) fmt::print(stderr, "    {}\n", told.data.dump());
    fmt::print(stderr, "  Enter: done   n: failed or refused   s: there is no such thing > ");
    return {};
  }

  std::optional<TaskEnd> poll() override {
    auto end = typed_.find('\n');
    if (end == std::string::npos && read_more()) end = typed_.find('\n');
    if (!gone_.empty()) return TaskEnd{TaskEnd::Kind::silent, gone_, nullptr};
    if (end == std::string::npos) return std::nullopt;
    const auto word = typed_.substr(0, end);
    typed_.erase(0, end + 1);
    if (word == "s") return TaskEnd{TaskEnd::Kind::cannot, {}, nullptr};
    if (word == "n") return TaskEnd{TaskEnd::Kind::refused, "as the person at the terminal says", nullptr};
    return TaskEnd{};
  }

  void give_up() override { fmt::print(stderr, "\n"); }

  std::string gone() const override { return gone_; }

 private:
  /// Whether there was something to read.
  bool read_more() {
    pollfd ready{STDIN_FILENO, POLLIN, 0};
    if (::poll(&ready, 1, 0) <= 0) return false;
    std::array<char, 256> buffer{};
    const auto size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (size <= 0) {
      gone_ = "standard input has ended";
      return false;
    }
    typed_.append(buffer.data(), static_cast<std::size_t>(size));
    return true;
  }

  const scenarios::client::SuiteInfo* suite_;
  std::string typed_;
  std::string gone_;
};

}  // namespace

std::unique_ptr<serve::Operator> operator_by_command(std::string command) { return std::make_unique<CommandOperator>(std::move(command)); }

std::unique_ptr<serve::Operator> operator_by_hand(const scenarios::client::SuiteInfo& suite) { return std::make_unique<HandOperator>(suite); }

}  // namespace cli
