// The directory as one HTTP service: opens its store, takes up what a crash left behind, routes requests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/http_service.h"
#include "base/result.h"
#include "directory/core/core.h"
#include "directory/core/options.h"
#include "directory/integrations/integration.h"

namespace directory {

class DirectoryServer final : public base::HttpService {
 public:
  /// Opens or creates the store on the disk and starts sending mail that is queued. `keys` are stored when the
  /// store is new. An error says why the store cannot be opened.
  static base::Result<std::unique_ptr<DirectoryServer>> start(Ports ports, Options options, const InitialKeys& keys);
  ~DirectoryServer() override;

  /// Makes the keys in files what they open: one key for the first administrator and for the integration of that
  /// kind, which is created where there is none.
  base::Result<void> adopt(const FileKeys& keys, IntegrationKind kind);
  /// Long polls answer at once from now on.
  void end_waiting();
  /// Why the store gave up; empty while all is well.
  [[nodiscard]] const std::string& failure() const;

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;

  /// Everything that is answered, as "METHOD /pattern"; a `*` matches one segment.
  [[nodiscard]] std::vector<std::string> routes() const;

 private:
  struct Parts;
  explicit DirectoryServer(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace directory
