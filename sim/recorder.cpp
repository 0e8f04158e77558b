#include "sim/recorder.h"

#include <fmt/format.h>

namespace sim {
namespace {

void mix_headers(base::Scheduler& scheduler, const base::Headers& headers) {
  scheduler.mix(headers.size());
  for (const auto& field : headers) {
    scheduler.mix(field.name);
    scheduler.mix(field.value);
  }
}

std::size_t recorded_bytes(const base::Headers& headers) {
  std::size_t bytes = 0;
  for (const auto& field : headers) bytes += field.name.size() + field.value.size();
  return bytes;
}

std::size_t recorded_bytes(const base::HttpResult& result) { return result ? recorded_bytes(result->headers) + result->body.size() : 0; }

std::size_t recorded_bytes(const Exchange& exchange) {
  const auto& request = exchange.request;
  return request.target.size() + recorded_bytes(request.headers) + request.body.size() + (exchange.result ? recorded_bytes(*exchange.result) : 0);
}

/// Distinguishes what is mixed, so that a note cannot look like a message.
enum Kind : std::uint64_t { note_kind = 1, sent_kind, delivered_kind, concluded_kind };

}  // namespace

Recorder::Recorder(base::Scheduler& scheduler, RecorderOptions options)
    : scheduler_(&scheduler), options_(options) {
  if (options_.dispatches_logged > 0) scheduler_->observe(this);
}

Recorder::~Recorder() {
  scheduler_->observe(nullptr);
}

void Recorder::note(std::string_view party, std::string_view what) {
  ++noted_;
  scheduler_->mix(note_kind);
  scheduler_->mix(party);
  scheduler_->mix(what);
  notes_.push_back(
      {scheduler_->current_dispatch(), scheduler_->now(), std::string(party), std::string(what)});
  if (notes_.size() > options_.notes_kept) notes_.pop_front();
}

void Recorder::witness(const base::Secret& secret) {
  if (!secret.empty()) secrets_.insert(secret.reveal());
}

void Recorder::dispatched(const base::Dispatch& dispatch) {
  if (dispatch_log_.size() >= options_.dispatches_logged) return;
  dispatch_log_.push_back({dispatch.id, dispatch.parent, dispatch.at, dispatch.digest,
                           fmt::format("{}: {}", dispatch.task->scope->name(), dispatch.task->name)});
}

std::uint64_t Recorder::request_sent(std::string_view from, std::string_view to,
                                     const base::HttpRequest& request) {
  const auto id = ++next_exchange_;
  scheduler_->mix(sent_kind);
  scheduler_->mix(from);
  scheduler_->mix(to);
  scheduler_->mix(request.method);
  scheduler_->mix(request.target);
  mix_headers(*scheduler_, request.headers);
  scheduler_->mix(request.body);
  Exchange exchange;
  exchange.id = id;
  exchange.from = from;
  exchange.to = to;
  exchange.request = request;
  exchange.sent = scheduler_->now();
  bytes_ += recorded_bytes(exchange);
  exchanges_.push_back(std::move(exchange));
  forget_beyond_limits();
  return id;
}

void Recorder::request_delivered(std::uint64_t id) {
  scheduler_->mix(delivered_kind);
  scheduler_->mix(id);
  if (auto* exchange = find(id)) exchange->delivered = scheduler_->now();
}

void Recorder::distorted(std::uint64_t exchange) {
  if (auto* found = find(exchange)) found->distorted = true;
}

void Recorder::befell(std::uint64_t exchange, std::string_view fault) {
  auto* found = find(exchange);
  if (found != nullptr && found->fault.empty()) found->fault = fault;
}

void Recorder::concluded(std::uint64_t id, const base::HttpResult& result) {
  scheduler_->mix(concluded_kind);
  scheduler_->mix(id);
  last_concluded_ = id;
  ++concluded_;
  if (result) {
    scheduler_->mix(static_cast<std::uint64_t>(result->status));
    mix_headers(*scheduler_, result->headers);
    scheduler_->mix(result->body);
  } else {
    scheduler_->mix(static_cast<std::uint64_t>(result.error().kind));
  }
  if (auto* exchange = find(id)) {
    exchange->concluded = scheduler_->now();
    exchange->result = result;
    bytes_ += recorded_bytes(result);
    forget_beyond_limits();
  }
}

void Recorder::forget_beyond_limits() {
  while (exchanges_.size() > options_.exchanges_kept || (bytes_ > options_.bytes_kept && exchanges_.size() > 1)) {
    bytes_ -= recorded_bytes(exchanges_.front());
    exchanges_.pop_front();
  }
}

const Exchange* Recorder::at_id(std::uint64_t id) const {
  if (exchanges_.empty() || id < exchanges_.front().id) return nullptr;
  const auto offset = id - exchanges_.front().id;
  return offset < exchanges_.size() ? &exchanges_[offset] : nullptr;
}

Exchange* Recorder::find(std::uint64_t id) {
  const auto* found = at_id(id);
  return found == nullptr ? nullptr : &exchanges_[found->id - exchanges_.front().id];
}

}  // namespace sim
