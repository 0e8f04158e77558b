// What several judges read out of the exchanges of a run. A naive account of its own: nothing here is shared with the directory.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "properties/final_view.h"
#include "sim/recorder.h"

namespace properties {

/// Whether the sender has the receiver's own answer, of that range: 200 to 299.
[[nodiscard]] bool is_acknowledged(const sim::Exchange& exchange);
/// Whether it is the bench that asks, to see what there is.
[[nodiscard]] inline bool is_own_look(const sim::Exchange& exchange) { return exchange.from == "inspector"; }
/// Whether nobody can say what became of it: no answer, or not the receiver's own.
[[nodiscard]] bool is_doubtful(const sim::Exchange& exchange);
/// The id in `/prefix/{id}`, `/prefix/{id}/…` or `/prefix/{id}?…`; nothing where the target begins otherwise.
[[nodiscard]] std::optional<std::string> id_after(std::string_view target, std::string_view prefix);
/// The user that a request of SCIM or of the admin API is about, by its address.
[[nodiscard]] std::optional<std::string> user_addressed(std::string_view target);

/// When whoever asked for the user of that id was told of the creation; the last instant of all where nobody was.
[[nodiscard]] base::Instant created_at(const sim::Recorder& recorder, std::string_view user);

/// Attributes by the names that the admin API has for them; nothing: removed.
using AttributeValues = std::map<std::string, std::optional<std::string>, std::less<>>;

/// Those of a SCIM user resource that this reads: names, title, display name, and the enterprise attributes.
[[nodiscard]] AttributeValues values_of_scim_user(const base::Json& resource);

/// Whether a SCIM request, PUT or PATCH, wants a user not to be active.
[[nodiscard]] bool asks_for_suspension(const base::Json& request);

/// A change of a user's attributes as somebody asked for it.
struct AttributeWrite {
  std::string user;  ///< id
  const sim::Exchange* exchange = nullptr;
  AttributeValues values;
};

/// Every creation and change that was sent to the directory, by SCIM or the admin API, whether or not it was answered; a creation
/// without an acknowledgement has no id, and is left out.
[[nodiscard]] std::vector<AttributeWrite> attribute_writes(const sim::Recorder& recorder);

/// Whether the script has a step of that verb whose text contains `about`.
[[nodiscard]] bool script_did(const FinalView& view, std::string_view verb, std::string_view about = "");
/// When the script began such steps.
[[nodiscard]] std::vector<base::Instant> script_times(const FinalView& view, std::string_view verb, std::string_view about = "");
/// The directory's own host, paused or its clock set or its power cut.
inline constexpr std::string_view directory_host = "host: directory";
/// Whether Entra's admins have made the account of that address, which has two masters then.
[[nodiscard]] bool is_of_entra(const FinalView& view, std::string_view address);

/// One request to Graph, alone or out of a batch.
struct GraphRequest {
  std::string method;
  std::string path;       ///< without the version
  std::string body{};     ///< what it would write
  bool done = false;      ///< whether Graph has answered it 2xx
  std::optional<int> status{};  ///< of the answer to it as a part of a batch, where Graph gave one
};
[[nodiscard]] std::vector<GraphRequest> graph_requests(const sim::Exchange& exchange);

/// A password that somebody has set, as the directory was told of it.
struct PasswordSet {
  std::string username;   ///< empty where the request has an id
  std::string user;       ///< id
  std::string device;     ///< where its owner has changed it, in the app or the system's settings; empty elsewhere
  std::string password;
  bool acknowledged = false;
  bool changes = false;  ///< whether it is a change of one that was there, by an admin or its owner
  base::Instant sent{};
};
/// Over the portal, the admin API, SCIM and the agents, in order of sending; who is meant may be known by a token alone, and is empty
/// then.
[[nodiscard]] std::vector<PasswordSet> passwords_set(const FinalView& view);

}  // namespace properties
