// Faults of single exchanges, of clocks and of whole hosts, beside those of world_verbs.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/ratio.h"
#include "scenarios/script/values.h"

namespace scenarios {

/// In the order of sim::NetworkFault; a test holds the two together.
inline constexpr std::array<std::string_view, 11> exchange_faults{
    "lose_request", "lose_response", "delay_request", "delay_response", "duplicate", "refuse",
    "reset_before", "reset_after",   "answer_instead", "answer_after",  "truncate"};
inline constexpr std::array<std::string_view, 2> retry_after_forms{"seconds", "date"};

struct NetworkInject {
  static constexpr std::string_view name = "network.inject";
  static constexpr std::string_view help =
      "Something befalls requests that are sent from now on: lose_request, lose_response, delay_request, delay_response; duplicate "
      "(it arrives twice); refuse (no connection); reset_before and reset_after it is processed; answer_instead and answer_after "
      "(something in between answers with a status); truncate (half of the answer's body arrives). The first that is injected and "
      "fits a request befalls it.";

  std::string fault = "lose_request";
  std::optional<HostRef> from{};
  std::optional<HostRef> to{};
  std::optional<std::string> match{};
  std::optional<std::int64_t> skip{};
  std::optional<std::int64_t> count{};
  base::Ratio ratio{.part = 1, .whole = 1};
  std::optional<base::Duration> window{};
  std::optional<DurationRange> delay{};
  std::optional<std::int64_t> status{};
  std::optional<base::Duration> retry_after{};
  std::string retry_after_form = "seconds";
  std::optional<std::string> body{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.choice("fault", self.fault, exchange_faults, "what befalls them");
    visit.optional("from", self.from, "the host that sends them; by default any");
    visit.optional("to", self.to, "the host that they are sent to; by default any");
    visit.optional("match", self.match,
                   "METHOD, /PATH or METHOD /PATH, where * in a path, which is without query, stands for anything; by default any");
    visit.optional("skip", self.skip, "how many that fit are left alone first");
    visit.optional("count", self.count, "how many it befalls; by default all");
    visit.optional("ratio", self.ratio, "how often it befalls one that fits; by default always");
    visit.optional("window", self.window, "for how long; by default until network.mend");
    visit.optional("delay", self.delay, "of delays: how long, drawn from the range; by default 30s");
    visit.optional("status", self.status, "of answers: the status; by default 503");
    visit.optional("retry_after", self.retry_after, "of answers: when to come again; by default nothing is said");
    visit.choice("retry_after_form", self.retry_after_form, retry_after_forms, "a number of seconds, also with a fraction, or a date");
    visit.optional("body", self.body, "of answers: the body; by default a gateway's page");
  }
  bool operator==(const NetworkInject&) const = default;
};

struct NetworkMend {
  static constexpr std::string_view name = "network.mend";
  static constexpr std::string_view help = "Nothing that was injected befalls requests any longer.";

  template <class Self, class Visitor>
  static void describe(Self&, Visitor&) {}
  bool operator==(const NetworkMend&) const = default;
};

struct NetworkSwizzle {
  static constexpr std::string_view name = "network.swizzle";
  static constexpr std::string_view help =
      "Hosts are cut off from all others one after the other, in the first half of a time, and come back in another order in the "
      "second. The script goes on meanwhile.";

  std::vector<HostRef> hosts{};
  base::Duration window{std::chrono::minutes{10}};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("hosts", self.hosts, "the hosts; by default directory, entra, graph, okta, mail and all devices");
    visit.optional("window", self.window, "how long it takes until all are back; by default 10m");
  }
  bool operator==(const NetworkSwizzle&) const = default;
};

struct HostPause {
  static constexpr std::string_view name = "host.pause";
  static constexpr std::string_view help =
      "A host stands still, like a virtual machine that is moved: nothing on it goes on, and what reaches it waits.";

  HostRef host;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("host", self.host, "the host");
  }
  bool operator==(const HostPause&) const = default;
};

struct HostResume {
  static constexpr std::string_view name = "host.resume";
  static constexpr std::string_view help = "A host that stands still goes on where it was.";

  HostRef host;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("host", self.host, "the host");
  }
  bool operator==(const HostResume&) const = default;
};

struct HostSetClock {
  static constexpr std::string_view name = "host.set_clock";
  static constexpr std::string_view help = "A host's clock is set, and from now on gains or loses time.";

  HostRef host;
  std::optional<base::Duration> ahead{};
  std::optional<base::Duration> behind{};
  std::optional<base::Duration> gains{};
  std::optional<base::Duration> loses{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("host", self.host, "the host");
    visit.optional("ahead", self.ahead, "how far it is ahead of the world's time; by default it is right");
    visit.optional("behind", self.behind, "how far it is behind");
    visit.optional("gains", self.gains, "how much it gains in a day, less than a day; by default nothing");
    visit.optional("loses", self.loses, "how much it loses in a day, less than a day");
  }
  bool operator==(const HostSetClock&) const = default;
};

}  // namespace scenarios
