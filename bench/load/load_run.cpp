#include "bench/load/load_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/patient_transport.h"
#include "base/wait.h"
#include "bench/load/pace.h"
#include "live/http_client.h"
#include "live/loop.h"

namespace bench::load {
namespace {

using base::Duration;
using base::Task;
using base::TransportFailure;

/// What one endpoint may ask one request to wait, all in all, and how often.
constexpr Duration longest_wait = std::chrono::seconds{60};
constexpr int most_waits = 10;
/// How often whoever may stop the run is asked.
constexpr Duration round = std::chrono::milliseconds{100};
/// A provider that is gone is not asked to remove a thousand users.
constexpr int most_failures_in_a_row = 5;

/// A resource that this run has made, or may have made.
struct Made {
  std::string_view collection;
  std::string name;
  std::string id;  ///< empty: the creation was not answered
};

/// What became of a request.
struct Exchange {
  enum class End : std::uint8_t { not_sent, answered, failed, throttled };
  End end = End::not_sent;
  base::HttpResponse response{};
  TransportFailure failure{};
  Timing timing{};
};

live::HttpClientOptions client_options(const LoadOptions& options) {
  live::HttpClientOptions out;
  if (options.endpoint.base.scheme == "http") out.plain.insert(options.endpoint.base.authority());
  out.authorities = options.tls.authorities;
  out.certificate = options.tls.certificate;
  out.key = options.tls.key;
  out.insecure = options.tls.insecure;
  out.connect_timeout = options.timeout;
  return out;
}

class Conductor {
 public:
  explicit Conductor(const LoadOptions& options)
      : options_(options),
        workload_(options.plan.profile, options.plan.users, options.plan.seed),
        pace_(options.plan.rate ? Pace::open(*options.plan.rate, {}) : Pace::closed()) {
    ids_.users.resize(workload_.users());
    ids_.groups.resize(workload_.groups());
    result_.plan = options.plan;
    result_.kept = options.keep;
  }

  std::expected<LoadResult, std::string> run() {
    // A pool of its own gives each client a connection of its own.
    for (std::size_t i = 0; i < options_.plan.clients; ++i) {
      auto client = live::HttpClient::make(loop_, client_options(options_));
      if (!client) return std::unexpected(client.error().message);
      transports_.push_back(std::move(*client));
    }
    result_.started = loop_.clock().now();
    base::spawn(scheduler(), scope_, "load.watches", watch(*this));
    base::spawn(scheduler(), scope_, "load.conducts", conduct(*this));
    loop_.run();
    scheduler().kill(*scope_);
    conclude();
    return std::move(result_);
  }

 private:
  using Visitor = Task<void> (*)(Conductor&, std::size_t client);

  base::Scheduler& scheduler() { return loop_.scheduler(); }
  [[nodiscard]] Duration now() const { return time_.steady(); }
  base::Instant instant_of(Duration at) { return scheduler().now() + (at - now()); }

  /// All clients at once, until each has returned.
  static Task<void> all_clients(Conductor& self, Visitor visitor) {
    self.busy_ = self.transports_.size();
    for (std::size_t i = 0; i < self.transports_.size(); ++i) {
      base::spawn(self.scheduler(), self.scope_, "load.client", one_client(self, visitor, i));
    }
    while (self.busy_ > 0 && !self.given_up_) co_await self.changed_.wait("the clients");
  }
  static Task<void> one_client(Conductor& self, Visitor visitor, std::size_t client) {
    co_await visitor(self, client);
    if (--self.busy_ == 0) self.changed_.notify_all();
  }

  static Task<void> watch(Conductor& self) {
    while (!self.finished_) {  // NOLINT(bugprone-infinite-loop): conduct() sets it
      if (!self.stopping_ && self.options_.stop && self.options_.stop()) {
        self.stopping_ = true;
        self.result_.interrupted = self.result_.interrupted || !self.cleaning_;
        self.changed_.notify_all();
      }
      if (!self.given_up_ && self.options_.give_up && self.options_.give_up()) {
        self.given_up_ = true;
        self.changed_.notify_all();
      }
      self.report();
      const auto next = self.scheduler().now() + round;
      co_await base::Sleep{self.scheduler(), next};
    }
  }

  void report() const {
    if (!options_.progress) return;
    const auto& stage = workload_.stages()[std::min(stage_, workload_.stages().size() - 1)];
    const bool timed = stage.repeats && options_.plan.duration;
    const auto all = cleaning_ ? made_.size() : timed ? 0 : stage.visits;
    options_.progress({cleaning_ ? "cleaning up" : stage.name, done_, all, requests_, failed_});
  }

  static Task<void> conduct(Conductor& self) {
    const auto& stages = self.workload_.stages();
    bool begun = false;
    for (self.stage_ = 0; self.stage_ < stages.size() && !self.is_over(); ++self.stage_) {
      self.measuring_ = stages[self.stage_].measured;
      if (self.measuring_ && !std::exchange(begun, true)) self.begin_to_measure();
      self.pace_.begin_at(self.now());
      self.next_ = 0;
      self.done_ = 0;
      co_await all_clients(self, visits);
    }
    self.measuring_ = false;
    if (!self.given_up_) {
      self.cleaning_ = true;
      self.next_ = 0;
      self.done_ = 0;
      self.pace_.begin_at(self.now());
      if (!self.options_.keep) co_await all_clients(self, removals);
    }
    self.finished_ = true;
    self.loop_.stop();
  }

  void begin_to_measure() {
    measured_since_ = now();
    if (options_.plan.duration) ends_ = measured_since_ + *options_.plan.duration;
  }

  /// Nothing more of the workload is begun.
  [[nodiscard]] bool is_over() const { return stopping_ || given_up_ || (ends_ && now() >= *ends_); }

  // The workload
  // ------------------------------------------------------------------------------------------------

  static Task<void> visits(Conductor& self, std::size_t client) {
    const auto& stage = self.workload_.stages()[self.stage_];
    for (;;) {
      const bool repeats = stage.repeats && self.ends_;
      if (self.is_over() || (!repeats && self.next_ >= stage.visits)) co_return;
      co_await visit(self, client, self.workload_.visit(self.stage_, self.next_++));
      ++self.done_;
    }
  }

  static Task<void> visit(Conductor& self, std::size_t client, Visit steps) {
    base::JsonObject read;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const auto step = steps[i];
      if (!can_be_sent(step, self.ids_)) {
        ++self.result_.skipped;
        continue;
      }
      const auto exchange = co_await send(self, client, request_of(step, self.options_.endpoint, self.options_.names, self.ids_, read));
      if (exchange.end == Exchange::End::not_sent) co_return;
      auto reading = self.take_in(step, exchange);
      if (!reading && step.operation == Operation::add_member) continue;
      if (!reading) {
        // A client does not create whom it could not look up, nor replace whom it could not read.
        self.result_.skipped += steps.size() - i - 1;
        co_return;
      }
      if (auto next = next_page(step, reading->body)) steps.push_back(std::move(*next));
      if (step.operation == Operation::read_user && reading->body.is_object()) read = reading->body.as_object();
    }
  }

  /// Counts the exchange and keeps what it has taught; empty where it has failed.
  std::optional<Reading> take_in(const Step& step, const Exchange& exchange) {
    using End = Exchange::End;
    ++requests_;
    const bool creates = step.operation == Operation::create_user || step.operation == Operation::create_group;
    if (exchange.end == End::failed) {
      const bool late = exchange.failure.kind == TransportFailure::Kind::timed_out;
      if (creates && exchange.failure.may_be_applied()) remember(step, "");
      fail(step, late ? Trouble::timed_out : Trouble::connection, exchange, exchange.failure.message);
      return std::nullopt;
    }
    if (exchange.end == End::throttled) {
      fail(step, Trouble::throttled, exchange, fmt::format("{} for too long", exchange.response.status));
      return std::nullopt;
    }
    if (options_.plan.any_answer && exchange.response.ok()) {
      if (creates) assume(step);
      count(step, exchange, true);
      return Reading{};
    }
    auto reading = reading_of(step, exchange.response, ids_);
    // Who answers a creation wrongly may have created all the same.
    if (creates && reading.kind == Reading::Kind::right) remember(step, base::string_or(reading.body, "id", ""));
    const bool refused = exchange.response.status >= 400 && exchange.response.status < 500;
    if (creates && reading.kind != Reading::Kind::right && !refused) remember(step, "");
    if (reading.kind != Reading::Kind::right) {
      if (exchange.response.status == 401 || exchange.response.status == 403) ++result_.refused;
      fail(step, reading.kind == Reading::Kind::status ? Trouble::status : Trouble::wrong, exchange, reading.why);
      return std::nullopt;
    }
    count(step, exchange, true);
    return reading;
  }

  /// Who is not asked what was made is taken to have made it, under some id.
  void assume(const Step& step) {
    const bool group = step.operation == Operation::create_group;
    learn(step, std::to_string(1 + (group ? step.group : step.user)));
  }

  /// Creations may go on beyond the users that there were to begin with.
  void learn(const Step& step, const std::string& id) {
    const bool group = step.operation == Operation::create_group;
    auto& known = group ? ids_.groups : ids_.users;
    const auto number = group ? step.group : step.user;
    if (number >= known.size()) known.resize(number + 1);
    known[number] = id;
  }

  void remember(const Step& step, std::string id) {
    const bool group = step.operation == Operation::create_group;
    if (!id.empty()) learn(step, id);
    made_.push_back({group ? "/Groups" : "/Users", group ? options_.names.group(step.group) : options_.names.user(step.user), std::move(id)});
  }

  void fail(const Step& step, Trouble trouble, const Exchange& exchange, const std::string& why) {
    ++failed_;
    if (measuring_) {
      auto& figures = result_.figures[static_cast<std::size_t>(step.operation)];
      ++figures.errors[static_cast<std::size_t>(trouble)];
      if (figures.example.empty()) figures.example = why;
    } else {
      if (result_.prepared_example.empty()) result_.prepared_example = fmt::format("{}: {}", to_text(step.operation), why);
      ++result_.prepared_failed;
    }
    count(step, exchange, false, trouble != Trouble::connection);
  }

  /// A connection that is refused at once says nothing of how fast the provider is: `timed` is false.
  void count(const Step& step, const Exchange& exchange, bool right, bool timed = true) {
    if (!measuring_) {
      ++result_.prepared;
      return;
    }
    auto& figures = result_.figures[static_cast<std::size_t>(step.operation)];
    if (timed) {
      figures.latency.record(exchange.timing.latency);
      figures.service.record(exchange.timing.service);
    }
    const auto at = now();
    const auto second = static_cast<std::size_t>(std::chrono::floor<std::chrono::seconds>(at - measured_since_).count());
    if (second >= result_.seconds.size()) result_.seconds.resize(second + 1);
    ++(right ? result_.seconds[second].right : result_.seconds[second].failed);
    result_.measured = at - measured_since_;
    if (!right) return;
    ++figures.right;
    if (!first_right_) first_right_ = at;
    last_right_ = at;
  }

  // Requests
  // ------------------------------------------------------------------------------------------------

  /// Sent when it is due, and again when the provider has asked to wait. All clients wait then, since a provider throttles a tenant and
  /// not a connection, and what the pause costs is in the latency of each request that it puts off.
  static Task<Exchange> send(Conductor& self, std::size_t client, base::HttpRequest request) {
    Exchange out;
    const auto due = self.pace_.next();
    Duration waited{0};
    for (int waits = 0;; ++waits) {
      const auto first = std::max(due.value_or(self.now()), self.resumes_);
      while (self.may_send() && std::max(first, self.resumes_) > self.now()) {
        const auto turn = self.instant_of(std::max(first, self.resumes_));
        co_await self.changed_.wait_until(turn, "its turn");
      }
      if (!self.may_send()) {
        out.end = Exchange::End::not_sent;
        co_return out;
      }
      const auto sent = self.now();
      auto result = co_await self.transports_[client]->send(request, self.options_.timeout);
      out.timing = timing_of(due, sent, self.now());
      if (!result) {
        out.failure = result.error();
        out.end = Exchange::End::failed;
        co_return out;
      }
      out.response = std::move(*result);
      out.end = Exchange::End::answered;
      const bool puts_off = out.response.status == 429 || out.response.status == 503;
      const auto wait = puts_off ? base::retry_after(out.response, self.scheduler().now()) : std::nullopt;
      if (!wait) co_return out;
      ++self.result_.put_off;
      waited += *wait;
      out.end = Exchange::End::throttled;
      if (waits + 1 >= most_waits || waited > longest_wait) co_return out;
      self.pause(*wait);
    }
  }

  [[nodiscard]] bool may_send() const { return !given_up_ && (cleaning_ || !is_over()); }

  void pause(Duration wait) {
    const auto from = std::max(resumes_, now());
    resumes_ = std::max(resumes_, now() + wait);
    if (resumes_ > from) result_.waited += resumes_ - from;
  }

  // Cleaning up
  // ------------------------------------------------------------------------------------------------

  /// Groups before their members: last made, first removed.
  static Task<void> removals(Conductor& self, std::size_t client) {
    while (!self.given_up_ && self.next_ < self.made_.size()) {
      const auto place = self.made_.size() - 1 - self.next_++;
      const bool gone = co_await remove(self, client, place);
      self.failures_in_a_row_ = gone ? 0 : self.failures_in_a_row_ + 1;
      if (self.failures_in_a_row_ >= most_failures_in_a_row) self.given_up_ = true;
      if (gone) self.made_[place].name.clear();
      ++self.done_;
    }
    self.changed_.notify_all();
  }

  /// Whether it is there no more.
  static Task<bool> remove(Conductor& self, std::size_t client, std::size_t place) {
    const auto made = self.made_[place];
    std::vector<std::string> found;
    if (!made.id.empty()) {
      found.push_back(made.id);
    } else {
      const auto looked = co_await send(self, client, search_for(self.options_.endpoint, made.collection, made.name));
      if (looked.end != Exchange::End::answered || looked.response.status != 200) co_return false;
      const auto list = base::parse_json(looked.response.body);
      const auto* resources = list ? base::member(*list, "Resources") : nullptr;
      if (resources != nullptr && resources->is_array()) {
        for (const auto& each : resources->get_array()) found.push_back(base::string_or(each, "id", ""));
      }
    }
    for (const auto& id : found) {
      const auto answer = co_await send(self, client, removal_of(self.options_.endpoint, made.collection, id));
      const bool gone = answer.end == Exchange::End::answered && (answer.response.ok() || answer.response.status == 404);
      if (!gone) co_return false;
      ++self.result_.removed;
    }
    co_return true;
  }

  void conclude() {
    const auto right = result_.total().right;
    if (right > 1 && last_right_ > *first_right_) {
      result_.throughput = static_cast<double>(right - 1) / std::chrono::duration<double>(last_right_ - *first_right_).count();
    }
    if (options_.keep) return;
    for (const auto& made : made_) {
      if (!made.name.empty()) result_.left.push_back(made.id.empty() ? fmt::format("{} {} (perhaps)", made.collection, made.name) : fmt::format("{}/{} {}", made.collection, made.id, made.name));
    }
  }

  const LoadOptions& options_;
  Workload workload_;
  live::TimeSources time_ = live::system_time();
  live::Loop loop_;
  std::shared_ptr<base::Scope> scope_ = loop_.scheduler().make_scope("load");
  base::Event changed_{loop_.scheduler()};
  std::vector<std::unique_ptr<live::HttpClient>> transports_;
  Pace pace_;
  Ids ids_;
  std::vector<Made> made_;
  LoadResult result_;

  std::size_t stage_ = 0;
  std::size_t next_ = 0;  ///< visit, or resource to be removed
  std::size_t done_ = 0;
  std::size_t busy_ = 0;
  std::uint64_t requests_ = 0;
  std::uint64_t failed_ = 0;
  int failures_in_a_row_ = 0;
  bool measuring_ = false;
  bool cleaning_ = false;
  bool stopping_ = false;
  bool given_up_ = false;
  bool finished_ = false;
  Duration measured_since_{};
  std::optional<Duration> ends_;
  Duration resumes_{};  ///< nothing is sent before
  std::optional<Duration> first_right_;
  Duration last_right_{};
};

}  // namespace

std::expected<LoadResult, std::string> run_load(const LoadOptions& options) { return Conductor(options).run(); }

}  // namespace bench::load
