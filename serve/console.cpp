#include "serve/console.h"

#include <fmt/format.h>

#include "base/json.h"
#include "reports/screen_picture.h"
#include "scenarios/engine/screen_record.h"
#include "serve/embedded.h"

namespace serve {
namespace {

/// Scripts and styles of its own alone, and no frame around it.
constexpr std::string_view content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string_view media_type_of(std::string_view name) {
  if (name == "style") return "text/css; charset=utf-8";
  return name == "script" ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8";
}

}  // namespace

base::HttpResponse console_file(std::string_view name) {
  std::string text(embedded_text(fmt::format("console_{}", name)));
  if (name == "style") text += reports::screen_style();
  base::HttpResponse response(200, std::string(media_type_of(name)), std::move(text));
  response.headers.add("Content-Security-Policy", std::string(content_policy));
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.headers.add("Referrer-Policy", "no-referrer");
  response.headers.add("Cache-Control", "no-cache");
  return response;
}

std::string screens_json(ServedWorld& world) {
  base::JsonArray screens;
  for (const auto& [name, party] : world.cast().devices()) {
    const auto screen = scenarios::screen_record(party.device->screen(), world.now());
    screens.push_back(base::JsonObject{{"device", base::json_text(name)},
                                       {"platform", base::json_text(screen.platform)},
                                       {"text", base::json_text(screen.text)},
                                       {"picture", base::json_text(reports::screen_picture(screen).text())}});
  }
  return base::to_text(base::Json(base::JsonObject{{"screens", std::move(screens)}}));
}

}  // namespace serve
