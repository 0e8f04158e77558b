// An event of Directory Insights as a value: what happened, to what, who caused it, and over which request.
// The shapes are those of JumpCloud's published table. What the directory cannot know is left out: geoip (it has no such
// database), second factors (mfa is false, mfa_meta and auth_context are not there), and which administrator is a user
// too (user_id and administrator). No organisation here belongs to a provider, so that provider is null. Administrators
// come with keys and never log in: nothing writes admin_login_attempt or admin_password_change.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/json.h"

namespace directory {

/// Who caused a change. [rule DI22]
struct Actor {
  enum class Kind { admin, user, integration, system, device };
  Kind kind = Kind::system;
  std::string id;        ///< of the admin, user or device; for an integration, of the admin who owns its key
  std::string name;      ///< an admin's e-mail address, a user's username, a device's hostname
  std::string source{};  ///< the integration's name [rule D31]
};

/// What a change was made to. [rule DI21]
struct EventSubject {
  std::string type;  ///< systemuser, admin, system, user_group, system_group, …
  std::string id;
  std::string name;
  std::string recipient_email{};  ///< of a mail
  std::string email_type{};       ///< `company` or `alternate`: which address that is
};

/// A changed field; both ends are left out for passwords. [rule DI24]
struct FieldChange {
  std::string field;
  std::optional<std::string> from;
  std::optional<std::string> to;
};

/// One end of an association. [rule DI23]
struct AssociationEnd {
  std::string type;  ///< `user`, `user_group`, `system`, `system_group`, `office_365`, …
  std::string id;
  std::string name;
};

/// What an association_change did to a connection. [rule DI23]
struct AssociationChange {
  std::string op;  ///< add, update, remove
  AssociationEnd from;
  AssociationEnd to;
};

/// The background job that an event belongs to. [rule DI26]
struct Correlation {
  std::string id;
  std::string type;  ///< `user_import`, …
};

/// A device on which something happened. [rule DI26] [rule DI27]
struct EventSystem {
  std::string id;
  std::string hostname;
  std::string display_name;
};

/// [rule DI54]
struct EventApplication {
  std::string id;
  std::string name;
};

enum class EventService { directory, sso, systems };

struct Event {
  std::string type;
  Actor actor;
  EventSubject subject;
  std::vector<FieldChange> changes{};
  bool success = true;
  EventService service = EventService::directory;
  std::optional<AssociationChange> association{};
  std::optional<EventSystem> system{};
  std::optional<EventApplication> application{};
  std::string error_message{};  ///< empty: none
  /// Further top-level fields of the published table: message, process_name, windows_meta, … [rule DI27]
  base::JsonObject details{};
};

/// What the request says of whoever sent it.
struct RequestOrigin {
  std::string client_ip;  ///< empty: not known
  std::string user_agent;
};

[[nodiscard]] std::string_view service_name(EventService service);

/// The document that the log keeps. [rule DI20]
[[nodiscard]] base::JsonObject to_json(const Event& event, std::string_view id, base::Instant at,
                                       std::string_view organization, const RequestOrigin& origin,
                                       const std::optional<Correlation>& correlation);

}  // namespace directory
