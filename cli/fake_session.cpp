#include "cli/fake_session.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "fakes/scim/provider.h"
#include "scenarios/script/nearest.h"

namespace cli {
namespace {

std::string unknown_quirk(const std::string& name) {
  std::vector<std::string_view> names;
  for (const auto& quirk : fakes::scim::all_quirks()) names.push_back(quirk.name);
  const auto near = scenarios::nearest_key(name, names);
  return fmt::format("--quirk: there is no quirk '{}'{}", name,
                     near ? fmt::format("; did you mean '{}'?", *near) : "; 'lockstep list quirks' lists them");
}

}  // namespace

std::expected<scenarios::probe::SessionResult, std::string> judge_fake(const scenarios::probe::Suite& suite,
                                                                       const scenarios::Catalog& catalog,
                                                                       const std::vector<std::string>& quirks,
                                                                       scenarios::probe::SessionOptions options) {
  fakes::scim::ProviderOptions settings;
  for (const auto& name : quirks) {
    const auto quirk = fakes::scim::find_quirk(name);
    if (!quirk) return std::unexpected(unknown_quirk(name));
    settings.quirks.add(*quirk);
  }
  if (suite.name == "jumpcloud") settings.contract = fakes::scim::Contract::articles;
  base::Rng rng(options.seed);
  auto keys = rng.fork("keys");
  settings.token = base::Secret(keys.hex(24));
  settings.reader_token = base::Secret(keys.hex(24));
  settings.base = {"https", std::string(scenarios::probe::product_host), 0, "/scim/v2", std::nullopt};
  options.target.base.path = settings.base.path;
  options.target.authorization.credential = settings.token;
  options.target.second = scenarios::probe::Authorization{scenarios::probe::Authorization::Scheme::bearer, settings.reader_token};
  options.target.circumstances.second_credential = true;
  return scenarios::probe::judge_service(suite, catalog, std::move(options), [&](base::Clock& clock, base::Rng random) {
    return std::make_unique<fakes::scim::Provider>(clock, random, settings);
  });
}

}  // namespace cli
