#include "cli/outside_target.h"

#include <fmt/format.h>

#include <cstdio>

namespace cli {
namespace {

/// What a script cannot do with a configuration; empty: nothing. The parties in it present one bearer token, and nothing may wait
/// while virtual time stands still.
std::string unfit_for_scripts(const TargetConfig& config) {
  if (config.oauth) return "auth: oauth is for conform; a script takes a token_file";
  if (!config.auth) return "auth: {token_file: PATH} is missing";
  if (config.auth->scheme != scenarios::probe::Authorization::Scheme::bearer)
    return "auth: basic_file is for conform; a script takes a token_file";
  if (config.rate > 0) return "rate is for conform; a script's times are virtual";
  return {};
}

}  // namespace

bool read_outside_config(const std::string& path, std::string& target, std::optional<TargetConfig>& config) {
  if (!path.empty()) {
    auto read = read_target_config(path);
    if (!read) {
      fmt::print(stderr, "lockstep: {}\n", read.error().message);
      return false;
    }
    config = std::move(*read);
    if (target.empty()) target = config->target;
    if (target == "fake") {
      fmt::print(stderr, "lockstep: {}: target: fake is for conform\n", path);
      return false;
    }
  }
  if (target.empty()) target = "core";
  if (target == "core" || config) return true;
  if (const auto url = parse_target_url(target); !url) {
    fmt::print(stderr, "lockstep: --target: {}\n", url.error().message);
    return false;
  }
  fmt::print(stderr, "lockstep: a target outside needs --config FILE with its credentials\n");
  return false;
}

std::optional<OutsideTarget> prepare_outside_target(const std::string& target, const std::string& path, const TargetConfig& config) {
  OutsideTarget out;
  const auto url = parse_target_url(target);
  if (!url) {
    fmt::print(stderr, "lockstep: --target: {}\n", url.error().message);
    return std::nullopt;
  }
  if (const auto problem = unfit_for_scripts(config); !problem.empty()) {
    fmt::print(stderr, "lockstep: {}: {}\n", path, problem);
    return std::nullopt;
  }
  out.external.scim_url = *url;
  out.external.scim_token = config.auth->credential;
  out.external.api = config.api;
  out.service = std::make_unique<scenarios::LiveTarget>(*url, live::ExternalOptions{config.tls, config.timeout, config.headers});
  out.external.service = out.service.get();
  return out;
}

std::string reset_target(const OutsideTarget& target) {
  const auto& request = target.external.api.reset;
  if (!request) return {};
  base::HttpRequest message(request->method, target.external.scim_url);
  message.target = scenarios::target_path(target.external.scim_url, request->path);
  message.headers.add("Authorization", "Bearer " + target.external.scim_token.reveal());
  if (!request->body.empty()) message.headers.add("Content-Type", "application/json");
  message.body = request->body;
  const auto answer = target.service->answer(std::move(message));
  return answer.ok() ? std::string{} : fmt::format("the target's reset, {} {}, came to {}", request->method, request->path, answer.status);
}

}  // namespace cli
