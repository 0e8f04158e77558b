#include "fakes/oidc/response_mode.h"

#include "fakes/oidc/html.h"

namespace fakes::oidc {

base::HttpResponse send_back(ResponseMode mode, const std::string& redirect_uri, const Parameters& parameters) {
  if (mode == ResponseMode::form_post) return form_post_page(redirect_uri, parameters);
  const auto text = form_text(parameters);
  if (mode == ResponseMode::fragment) return redirect(redirect_uri + "#" + text);
  return redirect(redirect_uri + (redirect_uri.contains('?') ? "&" : "?") + text);
}

}  // namespace fakes::oidc
