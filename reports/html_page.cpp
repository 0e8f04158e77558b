#include "reports/html_page.h"

#include <string>

#include "base/crypto.h"
#include "base/encoding.h"

namespace reports {
namespace {

std::string hashes(const std::vector<std::string_view>& assets) {
  std::string out;
  for (const auto asset : assets) out += " 'sha256-" + base::to_base64(base::sha256(asset)) + "'";
  return out;
}

/// Names the page's own styles and scripts; whatever else gets in is refused.
std::string content_policy(const PageAssets& assets) {
  return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src" +
         hashes(assets.styles) + "; script-src" + hashes(assets.scripts);
}

}  // namespace

void begin_page(Html& page, std::string_view title, const PageAssets& assets) {
  page.add("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
  page.add("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", content_policy(assets));
  page.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  page.add(
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n");
  page.add("<title>Lockstep: {}</title>\n<link rel=\"icon\" href=\"data:,\">\n", title);
  for (const auto style : assets.styles) page.add("<style>").add_asset(style).add("</style>\n");
  page.add("</head>\n<body>\n");
}

void end_page(Html& page, const PageAssets& assets) {
  for (const auto script : assets.scripts) page.add("<script>").add_asset(script).add("</script>\n");
  page.add("</body>\n</html>\n");
}

}  // namespace reports
