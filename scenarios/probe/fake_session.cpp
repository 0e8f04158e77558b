#include "scenarios/probe/fake_session.h"

#include <memory>
#include <utility>

#include "fakes/scim/provider.h"

namespace scenarios::probe {
namespace {

/// A provider that leaves its dump behind when its world ends.
class Witnessed final : public base::HttpService {
 public:
  Witnessed(std::unique_ptr<fakes::scim::Provider> provider, std::string& last)
      : provider_(std::move(provider)), last_(&last) {}
  ~Witnessed() override { *last_ = provider_->dump(); }

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    auto response = co_await provider_->handle(std::move(request));
    co_return response;
  }

 private:
  std::unique_ptr<fakes::scim::Provider> provider_;
  std::string* last_;
};

}  // namespace

FakeSession judge_fake(const Suite& suite, const Catalog& catalog, const FakeProduct& product, SessionOptions options) {
  fakes::scim::ProviderOptions settings;
  settings.quirks = product.quirks;
  if (suite.name == "jumpcloud") settings.contract = fakes::scim::Contract::articles;
  base::Rng rng(options.seed);
  auto keys = rng.fork("keys");
  settings.token = base::Secret(keys.hex(24));
  settings.reader_token = base::Secret(keys.hex(24));
  settings.base = {"https", std::string(product_host), 0, "/scim/v2", std::nullopt};
  options.target.base.path = settings.base.path;
  options.target.authorization.credential = settings.token;
  options.target.second = Authorization{Authorization::Scheme::bearer, settings.reader_token};
  options.target.circumstances.second_credential = true;
  FakeSession session;
  session.result = judge_service(suite, catalog, std::move(options), [&](base::Clock& clock, base::Rng random) {
    auto provider = std::make_unique<fakes::scim::Provider>(clock, random, settings);
    provider->populate(product.users, product.groups);
    session.before = provider->dump();
    return std::make_unique<Witnessed>(std::move(provider), session.after);
  });
  return session;
}

}  // namespace scenarios::probe
