// The organisation's settings, one row in the shape of the API.
#pragma once

namespace directory {

inline constexpr const char* organization_migration = R"sql(
CREATE TABLE organization_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  body TEXT NOT NULL
);
)sql";

}  // namespace directory
