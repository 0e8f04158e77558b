// What happens to hosts and the network, and requests from nobody in particular.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/ratio.h"
#include "scenarios/script/values.h"

namespace scenarios {

inline constexpr std::array<std::string_view, 4> request_credentials{"none", "admin", "scim", "stranger"};

struct HostCrash {
  static constexpr std::string_view name = "host.crash";
  static constexpr std::string_view help =
      "A host loses power: what it had not synced to its disk may be gone.";

  HostRef host;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("host", self.host, "the host");
  }
  bool operator==(const HostCrash&) const = default;
};

struct HostRestart {
  static constexpr std::string_view name = "host.restart";
  static constexpr std::string_view help = "A crashed host starts again.";

  HostRef host;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("host", self.host, "the host");
  }
  bool operator==(const HostRestart&) const = default;
};

struct HostSetDisk {
  static constexpr std::string_view name = "host.set_disk";
  static constexpr std::string_view help = "A host's disk fails in some way from now on, or no longer.";

  HostRef host;
  std::optional<bool> full{};
  std::optional<bool> syncs_fail{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("host", self.host, "the host");
    visit.optional("full", self.full, "whether there is no room for anything more");
    visit.optional("syncs_fail", self.syncs_fail,
                   "whether what is to be synced is given up with an error, for good");
  }
  bool operator==(const HostSetDisk&) const = default;
};

struct HostDamageDisk {
  static constexpr std::string_view name = "host.damage_disk";
  static constexpr std::string_view help =
      "One bit in every 4 KiB of what is stored on a host's disk is turned over.";

  HostRef host;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("host", self.host, "the host");
  }
  bool operator==(const HostDamageDisk&) const = default;
};

struct NetworkPartition {
  static constexpr std::string_view name = "network.partition";
  static constexpr std::string_view help = "Messages between two hosts are lost from now on.";

  HostRef left;
  HostRef right;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("from", self.left, "a host");
    visit.required("to", self.right, "another host");
  }
  bool operator==(const NetworkPartition&) const = default;
};

struct NetworkHeal {
  static constexpr std::string_view name = "network.heal";
  static constexpr std::string_view help = "Messages between two hosts arrive again.";

  HostRef left;
  HostRef right;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("from", self.left, "a host");
    visit.required("to", self.right, "another host");
  }
  bool operator==(const NetworkHeal&) const = default;
};

struct NetworkSet {
  static constexpr std::string_view name = "network.set";
  static constexpr std::string_view help = "The network behaves in another way from now on.";

  std::optional<DurationRange> latency{};
  std::optional<base::Ratio> loss{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("latency", self.latency, "time a message takes, drawn from the range");
    visit.optional("loss", self.loss, "how often a message is lost");
  }
  bool operator==(const NetworkSet&) const = default;
};

struct HttpSend {
  static constexpr std::string_view name = "http.send";
  static constexpr std::string_view help = "Somebody sends a request to the directory.";

  std::string method;
  std::string path;
  std::string credentials = "none";
  std::optional<std::string> body{};
  std::optional<std::string> content_type{};
  std::optional<std::int64_t> status{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("method", self.method, "GET, POST, PUT, PATCH or DELETE");
    visit.required("path", self.path, "path and query");
    visit.choice("as", self.credentials, request_credentials, "whose credentials go with it; a stranger has a key that nobody has issued");
    visit.optional("body", self.body, "the body");
    visit.optional("content_type", self.content_type,
                   "Content-Type; by default that of the credentials' API");
    visit.optional("status", self.status, "the status that counts as ok; by default any below 400");
  }
  bool operator==(const HttpSend&) const = default;
};

struct Wait {
  static constexpr std::string_view name = "wait";
  static constexpr std::string_view help = "Nothing happens for a while.";

  base::Duration span{0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("for", self.span, "how long");
  }
  bool operator==(const Wait&) const = default;
};

}  // namespace scenarios
