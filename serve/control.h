// The control port: time, steps, faults, state, history and snapshots of a served world as JSON over HTTP, apart from every
// API that is imitated. It is for whoever sits at this machine: it listens on loopback alone, and pages of the web are kept out.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "live/http_host.h"
#include "serve/clockwork.h"
#include "serve/served_world.h"
#include "serve/settings.h"

namespace serve {

/// One operation; `{}` of a path is any one segment.
struct ControlOperation {
  std::string_view method;
  std::string_view path;
};

class Control {
 public:
  using RequestId = live::HttpHost::RequestId;
  using Respond = std::function<void(RequestId, const base::HttpResponse&)>;

  /// `settings` says where everything is; all of it outlives the control.
  Control(ServedWorld& world, Clockwork& clockwork, std::function<Settings()> settings, std::string version, Respond respond);
  ~Control();
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

  /// Answers at once, or once the clock has moved or the step has come to something.
  void take(RequestId id, const base::HttpRequest& request);
  /// After each turn: what has been concluded is answered.
  void settle();

  [[nodiscard]] static std::vector<ControlOperation> operations();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Why a request is refused that a page of the web may have sent, or that was led here under another name; empty: it is not.
[[nodiscard]] std::string objection_to(const base::HttpRequest& request);

}  // namespace serve
