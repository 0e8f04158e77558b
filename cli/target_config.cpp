#include "cli/target_config.h"

#include <fmt/format.h>

#include <filesystem>

#include "cli/target_api_config.h"
#include "live/files.h"
#include "scenarios/probe/strict_reader.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using scenarios::YamlNode;
using scenarios::probe::Authorization;
using scenarios::probe::StrictReader;

constexpr std::size_t longest_secret = std::size_t{64} * 1024;
constexpr std::size_t longest_config = 1 << 20;

/// Reads one configuration; files that it names lie beside it.
class ConfigReader {
 public:
  explicit ConfigReader(const std::string& path) : folder_(fs::path(path).parent_path()) {}

  StrictReader in;
  TargetConfig config;

  void read(const YamlNode& root) {
    bool versioned = false;
    StrictReader::Fields fields{
                      {"lockstep_config", [&](const YamlNode& value) { versioned = in.number(value, 1, 1) == 1; }},
                      {"product", [&](const YamlNode& value) { config.product = in.text(value); }},
                      {"target", [&](const YamlNode& value) { read_target(value); }},
                      {"auth", [&](const YamlNode& value) { read_auth(value); }},
                      {"second_auth", [&](const YamlNode& value) { config.second_auth = read_plain_auth(value); }},
                      {"headers", [&](const YamlNode& value) { read_headers(value, false); }},
                      {"header_files", [&](const YamlNode& value) { read_headers(value, true); }},
                      {"tls", [&](const YamlNode& value) { read_tls(value); }},
                      {"timeout", [&](const YamlNode& value) { read_timeout(value); }},
                      {"rate", [&](const YamlNode& value) { config.rate = in.number(value, 1, 100'000); }},
                      {"data", [&](const YamlNode& value) { read_data(value); }},
                      {"known", [&](const YamlNode& value) { read_known(value); }}};
    fields.merge(target_api_fields(in, config.api));
    in.members(root, fields);
    check_target_api(in, root, config.api);
    if (!versioned) in.fail(root, "a config file begins with 'lockstep_config: 1'");
  }

 private:
  std::string beside(const YamlNode& node) { return (folder_ / in.text(node)).string(); }

  base::Secret secret(const YamlNode& node) {
    auto read = read_secret(beside(node));
    if (read) return *read;
    in.fail(node, read.error().message);
    return {};
  }

  void read_target(const YamlNode& node) {
    config.target = in.text(node);
    if (config.target == "core" || config.target == "fake") return;
    if (const auto url = parse_target_url(config.target); !url) in.fail(node, url.error().message);
  }

  void read_timeout(const YamlNode& node) {
    config.timeout = in.duration(node);
    if (config.timeout < std::chrono::milliseconds{1} || config.timeout > std::chrono::minutes{5})
      in.fail(node, "a time-out lies between 1ms and 5m");
  }

  StrictReader::Fields plain_auth_fields(std::optional<Authorization>& out) {
    const auto set = [&](const YamlNode& value, Authorization::Scheme scheme) {
      if (out) in.fail(value, "one kind of credentials");
      out = Authorization{scheme, secret(value)};
      if (scheme == Authorization::Scheme::basic && out->credential.reveal().find(':') == std::string::npos)
        in.fail(value, "the file holds user:password");
    };
    return {{"token_file", [set](const YamlNode& value) { set(value, Authorization::Scheme::bearer); }},
            {"basic_file", [set](const YamlNode& value) { set(value, Authorization::Scheme::basic); }}};
  }

  std::optional<Authorization> read_plain_auth(const YamlNode& node) {
    std::optional<Authorization> out;
    in.members(node, plain_auth_fields(out));
    return out;
  }

  void read_auth(const YamlNode& node) {
    auto fields = plain_auth_fields(config.auth);
    fields["oauth"] = [&](const YamlNode& value) { read_oauth(value); };
    in.members(node, fields);
    if (config.auth && config.oauth) in.fail(node, "one kind of credentials");
  }

  void read_oauth(const YamlNode& node) {
    using Style = base::OauthClient::Style;
    base::OauthClient oauth;
    in.members(node, {{"token_url",
                       [&](const YamlNode& value) {
                         const auto url = base::parse_uri(in.text(value));
                         if (url) {
                           oauth.token_url = *url;
                         } else {
                           in.fail(value, url.error().message);
                         }
                       }},
                      {"client_id", [&](const YamlNode& value) { oauth.id = in.text(value); }},
                      {"client_secret_file", [&](const YamlNode& value) { oauth.secret = secret(value); }},
                      {"scope", [&](const YamlNode& value) { oauth.scope = in.text(value); }},
                      {"style",
                       [&](const YamlNode& value) { oauth.style = in.word<Style>(value, {{"basic", Style::basic}, {"post", Style::post}}); }}});
    if (oauth.token_url.host.empty() || oauth.id.empty() || oauth.secret.empty())
      in.fail(node, "oauth takes a token_url, a client_id and a client_secret_file");
    config.oauth = std::move(oauth);
  }

  void read_headers(const YamlNode& node, bool in_files) {
    if (node.kind != YamlNode::Kind::map) return in.fail(node, "a map of names and values is expected here");
    for (const auto& [name, value] : node.members)
      config.headers.emplace_back(name.scalar, in_files ? secret(value) : base::Secret(in.text(value)));
  }

  void read_tls(const YamlNode& node) {
    auto& tls = config.tls;
    in.members(node, {{"ca_file", [&](const YamlNode& value) { tls.authorities = beside(value); }},
                      {"certificate_file", [&](const YamlNode& value) { tls.certificate = beside(value); }},
                      {"key_file", [&](const YamlNode& value) { tls.key = beside(value); }},
                      {"insecure", [&](const YamlNode& value) { tls.insecure = in.boolean(value); }}});
    if (tls.certificate.empty() != tls.key.empty()) in.fail(node, "a certificate_file and its key_file go together");
  }

  void read_data(const YamlNode& node) {
    auto& data = config.data;
    in.members(node, {{"prefix",
                       [&](const YamlNode& value) {
                         data.prefix = in.text(value);
                         if (data.prefix.size() < 3) in.fail(value, "a prefix has three characters at least, so that nothing else begins with it");
                       }},
                      {"domain", [&](const YamlNode& value) { data.domain = in.text(value); }},
                      {"user_name",
                       [&](const YamlNode& value) {
                         data.user_name_is_mail = in.word<bool>(value, {{"mail", true}, {"plain", false}});
                       }},
                      {"user", [&](const YamlNode& value) { data.user = in.pairs(value); }},
                      {"group", [&](const YamlNode& value) { data.group = in.pairs(value); }}});
  }

  void read_known(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::sequence) return in.fail(node, "a list is expected here");
    for (const auto& item : node.items) {
      scenarios::probe::KnownDeviation known;
      in.members(item, {{"case", [&](const YamlNode& value) { known.case_id = in.text(value); }},
                        {"reason", [&](const YamlNode& value) { known.reason = in.text(value); }}});
      if (known.case_id.empty() || known.reason.empty()) in.fail(item, "a known finding names its case and the reason");
      config.known.push_back(std::move(known));
    }
  }

  fs::path folder_;
};

}  // namespace

base::Result<base::Secret> read_secret(const std::string& path) {
  auto text = live::read_file(path, longest_secret);
  if (!text) return base::fail(fmt::format("{}: {}", path, text.error().message));
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r' || text->back() == ' ')) text->pop_back();
  if (text->empty()) return base::fail(fmt::format("{} is empty", path));
  return base::Secret(std::move(*text));
}

base::Result<base::Uri> parse_target_url(const std::string& text) {
  auto url = base::parse_uri(text);
  if (!url) return url;
  if (url->query) return base::fail("the SCIM base URL carries no query [RFC7644 1.3]");
  while (url->path.ends_with('/')) url->path.pop_back();
  return url;
}

base::Result<TargetConfig> read_target_config(const std::string& path) {
  const auto text = live::read_file(path, longest_config);
  if (!text) return base::fail(fmt::format("{}: {}", path, text.error().message));
  const auto fail_at = [&](const scenarios::ScriptError& error) {
    return base::fail(fmt::format("{}:{}:{}: {}", path, error.place.line, error.place.column, error.message));
  };
  const auto root = scenarios::read_yaml(*text);
  if (!root) return fail_at(root.error());
  ConfigReader reader(path);
  reader.read(*root);
  if (reader.in.error) return fail_at(*reader.in.error);
  return std::move(reader.config);
}

}  // namespace cli
