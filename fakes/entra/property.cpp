#include "fakes/entra/property.h"

#include <algorithm>
#include <array>

namespace fakes::entra {
namespace {

using enum PropertyType;
using enum Writing;

// Columns of `filter`: eq ne not ge le in startsWith null endsWith. [Graph Q1] [Graph Q3]
constexpr std::string_view usual_text = "DAADDDDA-";
constexpr std::string_view address = "DAADDDDAA";
constexpr std::string_view name_of_sign_in = "DAADDDD-A";
constexpr std::string_view anchor = "DAADDDD--";
constexpr std::string_view advanced_text = "AAAAAAAA-";
constexpr std::string_view flag = "DAA--D---";

constexpr std::array user_table{
    Property{"businessPhones", texts, always, true, "A-AAA-A--"},
    Property{"displayName", text, always, true, usual_text, 256, false, true},
    Property{"givenName", text, always, true, usual_text, 64},
    Property{"jobTitle", text, always, true, usual_text, 128},
    Property{"mail", text, always, true, address, 0, true, true},
    Property{"mobilePhone", text, always, true, advanced_text, 64},
    Property{"officeLocation", text, always, true, advanced_text, 128},
    Property{"preferredLanguage", text, always, true, advanced_text},
    Property{"surname", text, always, true, usual_text, 64},
    Property{"userPrincipalName", text, always, true, name_of_sign_in, 113, false, true},
    Property{"id", text, never, true, flag, 0, false},
    Property{"deletedDateTime", time, never, false, "DAADDA---"},
    Property{"accountEnabled", boolean, always, false, flag, 0, false},
    Property{"ageGroup", text, always, false, "DAA--D---"},
    Property{"assignedLicenses", objects, never},
    Property{"assignedPlans", objects, never},
    Property{"city", text, always, false, usual_text, 128},
    Property{"companyName", text, always, false, advanced_text, 64},
    Property{"consentProvidedForMinor", text, always, false, "DAA--D---"},
    Property{"country", text, always, false, usual_text, 128},
    Property{"createdDateTime", time, never, false, "DAADDA-A-"},
    Property{"creationType", text, never, false, "DAA--D---"},
    Property{"department", text, always, false, usual_text, 64},
    Property{"employeeHireDate", time, always, false, "DAADDA---"},
    Property{"employeeId", text, always, false, usual_text, 0, true, true},
    Property{"employeeOrgData", object, always},
    Property{"employeeType", text, always, false, "AAAAAAA--"},
    Property{"externalUserState", text, never, false, "DAA--D---"},
    Property{"faxNumber", text, always, false, advanced_text},
    Property{"identities", objects, always},
    Property{"lastPasswordChangeDateTime", time, never},
    Property{"mailNickname", text, always, false, usual_text, 64, false, true},
    Property{"onPremisesDistinguishedName", text, never},
    Property{"onPremisesDomainName", text, never},
    Property{"onPremisesExtensionAttributes", object, always},
    Property{"onPremisesImmutableId", text, always, false, anchor, 0, true, true},
    Property{"onPremisesLastSyncDateTime", time, never, false, "DAADDA---"},
    Property{"onPremisesSamAccountName", text, never, false, "DAADDDD--"},
    Property{"onPremisesSecurityIdentifier", text, never, false, "DAA--D-A-"},
    Property{"onPremisesSyncEnabled", boolean, never, false, flag},
    Property{"onPremisesUserPrincipalName", text, never},
    Property{"otherMails", texts, always, false, "D-ADDDD--", 0, true, true},
    Property{"passwordPolicies", text, always, false, "-AA----A-"},
    Property{"postalCode", text, always, false, advanced_text, 40},
    Property{"provisionedPlans", objects, never},
    Property{"proxyAddresses", texts, never, false, "D-ADD-D--", 0, true, true},
    Property{"refreshTokensValidFromDateTime", time, never},
    Property{"showInAddressList", boolean, always},
    Property{"signInSessionsValidFromDateTime", time, never},
    Property{"state", text, always, false, usual_text, 128},
    Property{"streetAddress", text, always, false, advanced_text, 1024},
    Property{"usageLocation", text, always, false, usual_text, 0, false},
    Property{"userType", text, always, false, "DAA--D-A-"},
    Property{"aboutMe", text, delegated},
    Property{"birthday", time, delegated},
    Property{"hireDate", time, delegated},
    Property{"interests", texts, delegated},
    Property{"mySite", text, delegated},
    Property{"pastProjects", texts, delegated},
    Property{"preferredName", text, delegated},
    Property{"responsibilities", texts, delegated},
    Property{"schools", texts, delegated},
    Property{"skills", texts, delegated},
};

constexpr std::array group_table{
    Property{"id", text, never, true, flag, 0, false},
    Property{"deletedDateTime", time, never, true, "DAADDA---"},
    Property{"classification", text, always, true},
    Property{"createdDateTime", time, never, true, "DAADDA-A-"},
    Property{"creationOptions", texts, never, true},
    Property{"description", text, always, true, "AAAAA-AA-", 1024},
    Property{"displayName", text, always, true, usual_text, 256, false, true},
    Property{"expirationDateTime", time, never, true, "AAAAAA---"},
    Property{"groupTypes", texts, always, true, "D-A------"},
    Property{"isAssignableToRole", boolean, at_creation, true, "DAA------"},
    Property{"mail", text, never, true, "DAADDDDA-", 0, true, true},
    Property{"mailEnabled", boolean, always, true, "DAA------", 0, false},
    Property{"mailNickname", text, always, true, usual_text, 64, false, true},
    Property{"membershipRule", text, always, true},
    Property{"membershipRuleProcessingState", text, always, true},
    Property{"onPremisesDomainName", text, never, true},
    Property{"onPremisesLastSyncDateTime", time, never, true, "DAADDA---"},
    Property{"onPremisesNetBiosName", text, never, true},
    Property{"onPremisesSamAccountName", text, never, true},
    Property{"onPremisesSecurityIdentifier", text, never, true, "DAA--D-A-"},
    Property{"onPremisesSyncEnabled", boolean, never, true, flag},
    Property{"preferredDataLocation", text, always, true},
    Property{"preferredLanguage", text, always, true},
    Property{"proxyAddresses", texts, never, true, "D-ADD-D--", 0, true, true},
    Property{"renewedDateTime", time, never, true, "AAAAAA---"},
    Property{"resourceBehaviorOptions", texts, at_creation, true},
    Property{"resourceProvisioningOptions", texts, always, true, "D-A------"},
    Property{"securityEnabled", boolean, always, true, flag, 0, false},
    Property{"securityIdentifier", text, never, true},
    Property{"theme", text, always, true},
    Property{"visibility", text, always, true},
};

}  // namespace

FilterSupport Property::supports(FilterUse use) const {
  const auto column = static_cast<std::size_t>(use);
  if (column >= filter.size()) return FilterSupport::none;
  if (filter[column] == 'D') return FilterSupport::usual;
  return filter[column] == 'A' ? FilterSupport::advanced : FilterSupport::none;
}

std::span<const Property> properties_of(ObjectKind kind) {
  if (kind == ObjectKind::user) return user_table;
  return group_table;
}

const Property* find_property(ObjectKind kind, std::string_view name) {
  const auto table = properties_of(kind);
  const auto found = std::ranges::find(table, name, &Property::name);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace fakes::entra
