#include "fakes/okta/org/defects.h"

#include <array>

namespace fakes::okta {
namespace {

constexpr std::array rows{
    DefectRow{Defect::creates_with_another_password, "creates_with_another_password",
              "a user is created in the application with another password than the own one", "R61 R63"},
    DefectRow{Defect::password_changes_stay, "password_changes_stay",
              "a password that is changed is not pushed", "R61 R67"},
    DefectRow{Defect::updates_stay, "updates_stay",
              "an attribute that is changed is not pushed", "R60 R64 D42"},
    DefectRow{Defect::lockouts_are_told, "lockouts_are_told",
              "who is locked out is deactivated in the application", "R71"},
    DefectRow{Defect::suspensions_are_told, "suspensions_are_told",
              "who is suspended is deactivated in the application", "R71"},
    DefectRow{Defect::deletions_stay, "deletions_stay",
              "a deactivation is not pushed", "R71 R72"},
    DefectRow{Defect::expired_password_lets_in, "expired_password_lets_in",
              "an expired password signs its owner in", "R60"}};

static_assert(base::is_defect_table(rows));

}  // namespace

std::span<const DefectRow> defect_rows() { return rows; }

}  // namespace fakes::okta
