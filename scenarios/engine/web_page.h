// Pages that somebody works through in a browser, wherever that is: a person's own, or the web view in the login window of a
// device. What came of it is told as of a verb.
#pragma once

#include "base/http_transport.h"
#include "scenarios/engine/browser.h"
#include "scenarios/engine/perform.h"

namespace scenarios {

/// What the page in the browser means: a refusal where it says so or has such a status.
[[nodiscard]] Performed what_is_shown(const Browser& browser);

/// Goes to an address and wherever it leads. Both pointers outlive the call.
[[nodiscard]] base::Task<Performed> go_to(base::HttpTransport* transport, Browser* browser, base::HttpRequest request, base::Uri address);

/// Sends the form that is open.
[[nodiscard]] base::Task<Performed> submit(base::HttpTransport* transport, Browser* browser, Typed typed);

/// Goes to a provider's page. One that asks for the name first is filled in at once; one with a session of the provider's is passed
/// already.
[[nodiscard]] base::Task<Performed> open_sign_in(base::HttpTransport* transport, Browser* browser, base::Uri address, std::string user_name);

}  // namespace scenarios
