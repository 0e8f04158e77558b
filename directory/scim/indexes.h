// The statements that find users and groups for a filter by an index. Best first.
#pragma once

#include <array>
#include <string_view>

#include "directory/scim/indexed_lookup.h"

namespace directory::scim {

// Of users who never changed no index says when they were last modified: their ids do. 'g' stands behind every digit.
inline constexpr std::string_view modified_since =
    "SELECT id FROM users WHERE modified <> created AND modified >= ?1 UNION ALL SELECT id FROM users WHERE id >= ?2 AND modified >= ?1";
inline constexpr std::string_view modified_until =
    "SELECT id FROM users WHERE modified <> created AND modified < ?1 + 1000000 UNION ALL SELECT id FROM users WHERE id < ?2 || 'g' AND "
    "modified < ?1 + 1000000";

inline constexpr std::array user_indexes{
    Index{"id", "", Operator::eq, Index::Key::exact, "SELECT id FROM users WHERE id = ?1"},
    Index{"userName", "", Operator::eq, Index::Key::comparison_key,
          "SELECT id FROM users WHERE username_key = ?1 UNION ALL SELECT user_id FROM scim_users WHERE "
          "user_name_key = ?1"},
    Index{"emails", "value", Operator::eq, Index::Key::comparison_key,
          "SELECT id FROM users WHERE email_key = ?1 UNION ALL SELECT user_id FROM scim_emails WHERE "
          "value_key = ?1"},
    Index{"employeeNumber", "", Operator::eq, Index::Key::comparison_key,
          "SELECT id FROM users WHERE employee_identifier_key = ?1"},
    Index{"externalId", "", Operator::eq, Index::Key::exact, "SELECT id FROM users WHERE external_id = ?1"},
    Index{"meta", "lastModified", Operator::eq, Index::Key::instant,
          "SELECT id FROM users WHERE modified <> created AND modified >= ?1 AND modified < ?1 + 1000000 UNION ALL SELECT id FROM users "
          "WHERE id >= ?2 AND id < ?2 || 'g' AND modified >= ?1 AND modified < ?1 + 1000000"},
    Index{"meta", "lastModified", Operator::gt, Index::Key::instant, modified_since},
    Index{"meta", "lastModified", Operator::ge, Index::Key::instant, modified_since},
    Index{"meta", "lastModified", Operator::lt, Index::Key::instant, modified_until},
    Index{"meta", "lastModified", Operator::le, Index::Key::instant, modified_until},
};

inline constexpr std::array group_indexes{
    Index{"id", "", Operator::eq, Index::Key::exact, "SELECT id FROM groups WHERE id = ?1"},
    Index{"displayName", "", Operator::eq, Index::Key::comparison_key,
          "SELECT id FROM groups WHERE type = 'user_group' AND name_key = ?1"},
    Index{"externalId", "", Operator::eq, Index::Key::exact, "SELECT id FROM groups WHERE external_id = ?1"},
    Index{"members", "value", Operator::eq, Index::Key::comparison_key,
          "SELECT group_id FROM group_members WHERE member_id = ?1"},
};

}  // namespace directory::scim
