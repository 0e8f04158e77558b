// Whether an application answers behind a connection that an admin is about to save. A port, since the API is asked to save it and
// the application's SCIM client tests it. [Okta provisioning-clients 4.2-01]
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "fakes/okta/org/app.h"

namespace fakes::okta {

class ConnectionTester {
 public:
  virtual ~ConnectionTester() = default;
  /// The error says why it does not, for the admin.
  virtual base::Task<base::Result<void>> test(AppId app, ProvisioningConnection connection) = 0;
};

}  // namespace fakes::okta
