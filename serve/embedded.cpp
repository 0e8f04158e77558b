#include "serve/embedded.h"

namespace serve {

std::string_view embedded_text(std::string_view name) {
  for (const auto& text : scenarios::embedded_serve()) {
    if (text.name == name) return text.text;
  }
  return {};
}

}  // namespace serve
