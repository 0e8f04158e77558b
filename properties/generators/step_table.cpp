#include "properties/generators/step_table.h"

#include <fmt/format.h>

#include "properties/generators/pools.h"

namespace properties {
namespace {

using namespace scenarios;

template <class OnPersonVerb, PersonRef (DrawnWorld::*draw)()>
Verb of_person(DrawnWorld& world) {
  OnPersonVerb out;
  out.user = (world.*draw)();
  return out;
}

template <class V>
constexpr auto anybody = &of_person<V, &DrawnWorld::person>;
template <class V>
constexpr auto at_entra = &of_person<V, &DrawnWorld::person_of_entra>;
template <class V>
constexpr auto at_okta = &of_person<V, &DrawnWorld::person_of_okta>;

/// Of verbs that name a person and a password to be set, in this order.
template <class V, PersonRef (DrawnWorld::*draw)() = &DrawnWorld::person>
Verb with_new_password(DrawnWorld& world) {
  auto who = (world.*draw)();
  auto password = world.password();
  world.note_password(who, password);
  return V{who, password};
}

/// Of verbs that name a person and the password that they type.
template <class V>
Verb with_password(DrawnWorld& world) {
  auto who = world.person();
  return V{who, world.password_of(who)};
}

template <class InGroup>
Verb person_in_group(DrawnWorld& world) {
  InGroup out;
  out.user = world.person();
  out.group = world.group();
  return out;
}

template <class InMicrosoft>
Verb person_in_microsoft(DrawnWorld& world) {
  InMicrosoft out;
  out.user = world.person();
  out.directory = cloud_directory;
  return out;
}

template <class InMicrosoft>
Verb group_in_microsoft(DrawnWorld& world) {
  InMicrosoft out;
  out.group = world.group();
  out.directory = cloud_directory;
  return out;
}

template <class OnDevice>
Verb on_device(DrawnWorld& world) {
  OnDevice out;
  out.device = world.device();
  return out;
}

Verb update_at_entra(DrawnWorld& world) {
  EntraUpdateUser out;
  out.user = world.person_of_entra();
  switch (world.rng().below(4)) {
    case 0:
      out.given_name = world.text();
      break;
    case 1:
      out.surname = world.text();
      break;
    case 2:
      out.job_title = world.text();
      break;
    default:
      out.department = world.department();
  }
  return out;
}

Verb update_at_okta(DrawnWorld& world) {
  OktaUpdateUser out;
  out.user = world.person_of_okta();
  if (world.rng().chance({1, 2})) {
    out.given_name = world.text();
  } else {
    out.department = world.department();
  }
  return out;
}

Verb update_here(DrawnWorld& world) {
  AdminUpdateUser out;
  out.user = world.person();
  switch (world.rng().below(4)) {
    case 0:
      out.job_title = world.text();
      break;
    case 1:
      out.surname = world.text();
      break;
    case 2:
      out.display_name = world.text();
      break;
    default:
      out.department = world.department();
  }
  return out;
}

Verb change_password(DrawnWorld& world) {
  auto who = world.person();
  auto before = world.password_of(who);
  auto after = world.password();
  world.note_password(who, after);
  return UserChangePassword{who, before, after};
}

Verb bind_device(DrawnWorld& world) {
  auto who = world.person();
  auto where = world.device();
  return AdminBindDevice{who, where, world.rng().chance({1, 4})};
}

Verb unbind_device(DrawnWorld& world) {
  auto who = world.person();
  return AdminUnbindDevice{who, world.device()};
}

Verb bind_group(DrawnWorld& world) {
  auto group = world.group();
  return AdminBindGroup{group, world.device()};
}

Verb unbind_group(DrawnWorld& world) {
  auto group = world.group();
  return AdminUnbindGroup{group, world.device()};
}

Verb device_sign_in(DrawnWorld& world) {
  auto where = world.device();
  auto who = world.person();
  return DeviceSignIn{where, who.name, world.password_of(who)};
}

Verb device_password(DrawnWorld& world) {
  auto where = world.device();
  auto who = world.person();
  auto before = world.password_of(who);
  auto after = world.password();
  world.note_password(who, after);
  return DeviceChangePassword{where, who.name, before, after};
}

Verb switch_takeover(DrawnWorld& world) {
  return AdminSetPasswordTakeover{world.rng().chance({1, 2})};
}

/// Somebody without a key, or with one that nobody has issued, tries what others may do.
Verb stranger_knocks(DrawnWorld& world) {
  HttpSend out;
  static constexpr std::array<std::array<const char*, 2>, 4> doors{
      {{"GET", "/api/systemusers"}, {"GET", "/scim/v2/Users"}, {"GET", "/scim/v2/Groups"}, {"POST", "/scim/v2/Users"}}};
  const auto& door = doors[world.rng().below(doors.size())];
  out.method = door[0];
  out.path = door[1];
  out.credentials = world.rng().chance({1, 2}) ? "stranger" : "none";
  if (out.method == "POST") out.body = R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "mallory@example.test"})";
  return out;
}

constexpr StepRow step_table[] = {
    {"provisioning", 6, true, Needs::nothing, at_entra<EntraProvisionOnDemand>},
    {"provisioning", 4, false, Needs::nothing, update_at_entra},
    {"provisioning", 3, false, Needs::nothing, at_entra<EntraUnassignUser>},
    {"provisioning", 2, false, Needs::nothing, at_entra<EntraAssignUser>},
    {"provisioning", 2, false, Needs::nothing, at_entra<EntraDisableUser>},
    {"provisioning", 2, false, Needs::nothing, at_entra<EntraEnableUser>},
    {"provisioning", 2, false, Needs::nothing, at_entra<EntraDeleteUser>},
    {"provisioning", 2, false, Needs::nothing, at_entra<EntraRestoreUser>},
    {"okta", 3, false, Needs::okta, update_at_okta},
    {"okta", 3, false, Needs::okta, with_new_password<OktaSetPassword, &DrawnWorld::person_of_okta>},
    {"okta", 2, false, Needs::okta, at_okta<OktaDeactivateUser>},
    {"okta", 2, false, Needs::okta, at_okta<OktaActivateUser>},
    {"okta", 1, false, Needs::okta, at_okta<OktaSuspendUser>},
    {"okta", 1, false, Needs::okta, at_okta<OktaUnsuspendUser>},
    {"okta", 1, false, Needs::okta, at_okta<OktaUnassignUser>},
    {"okta", 1, false, Needs::okta, at_okta<OktaAssignUser>},
    {"okta", 1, false, Needs::okta, at_okta<OktaRetryTasks>},
    {"admin", 5, true, Needs::nothing, anybody<AdminSuspendUser>},
    {"admin", 4, false, Needs::nothing, anybody<AdminActivateUser>},
    {"admin", 2, false, Needs::nothing, anybody<AdminSendActivationMail>},
    {"admin", 2, false, Needs::nothing, anybody<AdminUnlockUser>},
    {"admin", 1, false, Needs::nothing, anybody<AdminExpirePassword>},
    {"admin", 1, false, Needs::nothing, anybody<AdminDeleteUser>},
    {"admin", 3, false, Needs::nothing, update_here},
    {"admin", 2, false, Needs::nothing, with_new_password<AdminSetPassword>},
    {"admin", 6, true, Needs::devices, bind_device},
    {"admin", 3, false, Needs::devices, unbind_device},
    {"groups", 4, false, Needs::groups, person_in_group<AdminAddToGroup>},
    {"groups", 2, false, Needs::groups, person_in_group<AdminRemoveFromGroup>},
    {"groups", 2, false, Needs::groups, bind_group},
    {"groups", 1, false, Needs::groups, unbind_group},
    {"strangers", 1, false, Needs::nothing, stranger_knocks},
    {"cloud", 6, true, Needs::cloud, person_in_microsoft<AdminConnectUser>},
    {"cloud", 2, false, Needs::cloud, person_in_microsoft<AdminDisconnectUser>},
    {"cloud", 2, false, Needs::cloud_groups, group_in_microsoft<AdminConnectGroup>},
    {"cloud", 1, false, Needs::cloud_groups, group_in_microsoft<AdminDisconnectGroup>},
    {"cloud", 2, false, Needs::cloud, with_password<UserSignInToMicrosoft>},
    {"cloud", 1, false, Needs::cloud, switch_takeover},
    {"people", 5, true, Needs::nothing, anybody<UserOpenActivationMail>},
    {"people", 5, true, Needs::nothing, with_new_password<UserSetPassword>},
    {"people", 6, true, Needs::nothing, with_password<UserLogIn>},
    {"people", 3, false, Needs::nothing, change_password},
    {"people", 2, false, Needs::nothing, anybody<UserLogOut>},
    {"devices", 6, true, Needs::devices, device_sign_in},
    {"devices", 2, false, Needs::devices, on_device<DeviceSignOut>},
    {"devices", 2, false, Needs::devices, on_device<DeviceLock>},
    {"devices", 3, false, Needs::devices, device_password},
    {"devices", 1, false, Needs::devices, on_device<DeviceRestart>},
};

}  // namespace

std::span<const StepRow> step_rows() {
  return step_table;
}

void introduce(DrawnWorld& world, base::Duration after) {
  const auto name = world.new_name();
  const NewPerson person(name);
  const auto place = world.rng().below(world.has_okta() || world.rng().chance({1, 2}) ? 4 : 3);
  const bool odd = world.rng().chance({1, 5});
  if (place < 2) {
    EntraCreateUser out;
    out.user = person;
    if (odd) out.surname = world.text();
    if (world.rng().chance({1, 2})) out.department = world.department();
    out.assigned = world.rng().chance({9, 10});
    world.add(out, after);
  } else if (place == 2) {
    AdminCreateUser out;
    out.user = person;
    // The name that somebody has, but for its letter case.
    if (name != "ann" && world.rng().chance({1, 8})) {
      out.username = "ANN";
      out.email = "Ann@example.test";
    }
    if (odd) out.given_name = world.text();
    if (world.rng().chance({1, 4})) out.state = world.rng().chance({1, 2}) ? "STAGED" : "ACTIVATED";
    world.add(out, after);
  } else {
    OktaCreateUser out;
    out.user = person;
    if (odd) out.surname = world.text();
    if (world.rng().chance({1, 2})) out.password = world.password();
    world.add(out, after);
  }
  world.know_person(name, place < 2, place == 3);
}

}  // namespace properties
