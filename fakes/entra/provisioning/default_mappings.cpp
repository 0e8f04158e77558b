#include "fakes/entra/provisioning/default_mappings.h"

#include <fmt/format.h>

namespace fakes::entra::provisioning {
namespace {

std::string enterprise(std::string_view attribute) { return fmt::format("{}:{}", enterprise_user, attribute); }

}  // namespace

ObjectMapping default_user_mapping() {
  ObjectMapping mapping;
  mapping.rows = {
      direct("userName", "userPrincipalName", 1),                                             // 2.18-02, 2.5-04
      formula("active", soft_delete_switch),                                                  // 2.18-01
      direct("displayName", "displayName"),                                                   // 2.18-03
      direct("title", "jobTitle"),                                                            // 2.18-04
      direct(R"(emails[type eq "work"].value)", "mail"),                                      // 2.18-05
      direct(R"(emails[type eq "other"].Value)", "proxyAddresses"),                           // 2.18-11
      direct("preferredLanguage", "preferredLanguage"),                                       // 2.18-13
      direct("name.givenName", "givenName"),                                                  // 2.18-06
      direct("name.familyName", "surname"),                                                   // 2.18-06
      formula("name.formatted", R"(Join(" ", [givenName], [surname]))"),                      // 2.18-13
      direct(R"(addresses[type eq "other"].Formatted)", "physicalDeliveryOfficeName"),        // 2.18-08
      direct(R"(addresses[type eq "work"].streetAddress)", "streetAddress"),                  // 2.18-07
      direct(R"(addresses[type eq "work"].locality)", "city"),                                // 2.18-13
      direct(R"(addresses[type eq "work"].region)", "state"),                                 // 2.18-13
      direct(R"(addresses[type eq "work"].postalCode)", "postalCode"),                        // 2.18-07
      direct(R"(addresses[type eq "work"].country)", "country"),                              // 2.18-13
      direct(R"(phoneNumbers[type eq "work"].value)", "telephoneNumber"),                     // 2.18-09
      direct(R"(phoneNumbers[type eq "mobile"].value)", "mobile"),                            // 2.18-09
      direct(R"(phoneNumbers[type eq "fax"].value)", "facsimileTelephoneNumber"),             // 2.18-09
      direct("externalId", "mailNickname"),                                                   // 2.18-10
      direct(enterprise("employeeNumber"), "employeeId"),                                     // 2.18-12
      direct(enterprise("department"), "department"),                                         // 2.18-12
      direct(enterprise("manager"), "manager"),                                               // 2.18-12
  };
  return mapping;
}

ObjectMapping default_group_mapping() {
  ObjectMapping mapping;
  mapping.rows = {direct("displayName", "displayName", 1), direct("externalId", "objectId"), direct("members", "members")};
  return mapping;
}

ObjectMapping article_mapping() {
  ObjectMapping mapping;
  mapping.rows = {
      direct("userName", "mailNickname", 1),                             // [rule R36] [rule R44]
      formula("active", soft_delete_switch),                             // [rule R49]
      direct("displayName", "displayName"),                              // [rule R48]
      direct("title", "jobTitle"),                                       // [rule R51]
      direct(R"(emails[type eq "work"].value)", "userPrincipalName"),    // [rule R37] [rule R47]
      direct("name.givenName", "givenName"),                             // [rule R45]
      direct("name.familyName", "surname"),                              // [rule R46]
      direct("externalId", "objectId"),
      direct(enterprise("department"), "department"),                    // [rule R52]
      direct(enterprise("employeeNumber"), "employeeId"),                // [rule R57]
  };
  return mapping;
}

ObjectMapping no_groups() {
  auto mapping = default_group_mapping();
  mapping.enabled = false;
  return mapping;
}

}  // namespace fakes::entra::provisioning
