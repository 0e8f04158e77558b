#include "properties/generators/story_table.h"


namespace properties {
namespace {

using namespace scenarios;
using namespace std::chrono_literals;

/// Another one than they have.
SecretName new_password(DrawnWorld& world, const PersonRef& person, const SecretName& present) {
  auto password = world.password();
  while (password == present) password = world.password();
  world.note_password(person, password);
  return password;
}

/// Lets somebody into the portal with a password that the story knows.
SecretName give_password(DrawnWorld& world, const PersonRef& person) {
  const auto password = world.password();
  world.note_password(person, password);
  AdminActivateUser activate;
  activate.user = person;
  world.add(activate);
  world.add(AdminSetPassword{person, password});
  return password;
}

/// Somebody works on a device, and changes the password there.
void own_change_on_device(DrawnWorld& world) {
  const auto who = world.person();
  const auto where = world.device();
  const auto before = give_password(world, who);
  world.add(AdminBindDevice{who, where, false});
  world.add(DeviceSignIn{where, who.name, before}, 6min);
  world.add(DeviceChangePassword{where, who.name, before, new_password(world, who, before)}, 1min);
}

/// Somebody may use a device for two reasons, of which one is taken away.
void bound_twice(DrawnWorld& world) {
  const auto who = world.person();
  const auto where = world.device();
  const auto group = world.group();
  static_cast<void>(give_password(world, who));
  AdminAddToGroup member;
  member.user = who;
  member.group = group;
  world.add(member);
  world.add(AdminBindDevice{who, where, false});
  world.add(AdminBindGroup{group, where});
  world.add(AdminUnbindDevice{who, where}, world.pause());
}

/// Somebody whose account at Microsoft is there logs in for the first time, while Microsoft is in trouble.
void login_in_trouble(DrawnWorld& world) {
  const auto who = world.person();
  const auto password = give_password(world, who);
  AdminConnectUser connect;
  connect.user = who;
  connect.directory = cloud_directory;
  world.add(connect);
  NetworkInject trouble;
  trouble.fault = world.rng().chance({1, 2}) ? "answer_instead" : "refuse";
  trouble.from = HostRef{"directory"};
  trouble.to = HostRef{"graph"};
  trouble.count = static_cast<std::int64_t>(1 + world.rng().below(3));
  world.add(trouble, 3min);
  world.add(UserLogIn{who, password});
}

constexpr std::array story_table{
    StoryRow{"own_change_on_device", {Needs::devices, Needs::nothing}, own_change_on_device},
    StoryRow{"bound_twice", {Needs::groups, Needs::devices}, bound_twice},
    StoryRow{"login_in_trouble", {Needs::cloud, Needs::nothing}, login_in_trouble},
};

}  // namespace

std::span<const StoryRow> story_rows() { return story_table; }

}  // namespace properties
