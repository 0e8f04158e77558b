// The console: a page over the control port, for people. It needs nothing from elsewhere and nothing but the operations that programs have.
#pragma once

#include <string>
#include <string_view>

#include "base/http.h"
#include "serve/served_world.h"

namespace serve {

/// `page`, `style` or `script`.
[[nodiscard]] base::HttpResponse console_file(std::string_view name);

/// What each device shows, as JSON: words, and a picture as SVG.
[[nodiscard]] std::string screens_json(ServedWorld& world);

}  // namespace serve
