// What somebody does at a Windows computer.
#include "fakes/devices/windows.h"
#include "scenarios/engine/perform_device.h"

namespace scenarios {
namespace {

namespace devices = fakes::devices;
namespace windows = fakes::devices::windows;

/// Does it at the device, where that is a Windows computer.
template <class Do>
Performed at_windows(Cast& cast, const DeviceRef& device, Do&& act) {
  auto* computer = dynamic_cast<devices::Windows*>(cast.device(device).device.get());
  if (computer == nullptr) return refused("the device has no Windows");
  return from_device(act(*computer));
}

}  // namespace

base::Task<Performed> perform(Cast& cast, DeviceElevate verb) {
  const auto password = cast.secrets().value(verb.password);
  co_return at_windows(cast, verb.device, [&](devices::Windows& computer) { return computer.elevate(verb.account, password); });
}

base::Task<Performed> perform(Cast& cast, DeviceSetPin verb) {
  const auto pin = cast.secrets().value(verb.pin);
  const auto kind = verb.kind == "business" ? windows::HelloKind::business : windows::HelloKind::device_pin;
  co_return at_windows(cast, verb.device, [&](devices::Windows& computer) {
    return computer.act(windows::Act(windows::SetPin{computer.remember(pin), kind, verb.biometrics, verb.picture}));
  });
}

base::Task<Performed> perform(Cast& cast, DeviceSignInWithPin verb) {
  const auto pin = cast.secrets().value(verb.pin);
  co_return at_windows(cast, verb.device, [&](devices::Windows& computer) { return computer.sign_in_with_pin(verb.account, pin); });
}

base::Task<Performed> perform(Cast& cast, DeviceRemovePin verb) {
  co_return at_windows(cast, verb.device, [](devices::Windows& computer) { return computer.act(windows::Act(windows::RemovePin{})); });
}

base::Task<Performed> perform(Cast& cast, DeviceSignInWithGesture verb) {
  const auto gesture = verb.gesture == "picture" ? windows::Gesture::picture : windows::Gesture::face;
  co_return at_windows(cast, verb.device,
                       [&](devices::Windows& computer) { return computer.act(windows::Act(windows::HelloSignIn{verb.account, gesture})); });
}

base::Task<Performed> perform(Cast& cast, DevicePressCtrlAltDel verb) {
  const auto present = cast.secrets().value(verb.old_password);
  const auto password = cast.secrets().value(verb.new_password);
  co_return at_windows(cast, verb.device, [&](devices::Windows& computer) { return computer.change_password(present, password); });
}

base::Task<Performed> perform(Cast& cast, DeviceSaveSecret verb) {
  co_return at_windows(cast, verb.device,
                       [&](devices::Windows& computer) { return computer.act(windows::Act(windows::SaveSecret{verb.secret})); });
}

base::Task<Performed> perform(Cast& cast, DeviceRecoverSecrets verb) {
  const auto earlier = cast.secrets().value(verb.password);
  co_return at_windows(cast, verb.device, [&](devices::Windows& computer) {
    return computer.act(windows::Act(windows::RecoverSecrets{computer.typed(earlier)}));
  });
}

base::Task<Performed> perform(Cast& cast, DeviceMigrateProfile verb) {
  co_return at_windows(cast, verb.device,
                       [&](devices::Windows& computer) { return computer.act(windows::Act(windows::MigrateProfile{verb.account})); });
}

}  // namespace scenarios
