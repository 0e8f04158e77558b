// Mail that is owed, and the event log.
#pragma once

namespace directory {

inline constexpr const char* mail_and_events_migration = R"sql(
CREATE TABLE mail_outbox (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  recipient TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL
);

CREATE TABLE events (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  service TEXT NOT NULL DEFAULT 'directory',
  at INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX events_by_time ON events(at);
CREATE INDEX events_by_type ON events(type, at);
)sql";

}  // namespace directory
