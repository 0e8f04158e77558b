// A SCIM service provider that announces everything and conforms, and that gets wrong just what its quirks
// say. It shares nothing with the directory, so that the two and the judge cannot have one mistake in common.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/http_service.h"
#include "base/rng.h"
#include "fakes/scim/provider_options.h"

namespace fakes::scim {

class Provider final : public base::HttpService {
 public:
  Provider(base::Clock& clock, base::Rng rng, ProviderOptions options);
  ~Provider() override;

  /// One request after the other, each in no time; only a provider with a quirk of races takes time between
  /// reading and writing. [RFC7644 3]
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;

  /// All that is stored, as a text that is the same exactly where nothing was changed.
  [[nodiscard]] std::string dump() const;

  /// Adds users and groups of various shapes.
  void populate(std::size_t users, std::size_t groups);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fakes::scim
