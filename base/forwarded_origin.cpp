#include "base/forwarded_origin.h"

namespace base {

std::optional<std::string> forwarded_origin(const HttpRequest& request) {
  const auto scheme = request.headers.find(forwarded_scheme_field);
  const auto host = request.host();
  if (!scheme || (*scheme != "http" && *scheme != "https") || host.empty()) return std::nullopt;
  return std::string(*scheme) + "://" + host;
}

}  // namespace base
