#include "fakes/devices/sessions.h"

namespace fakes::devices {

void Sessions::bring_to_front(std::string_view account) {
  front = std::string(account);
  open.insert(*front);
  locked = false;
}

void Sessions::send_behind() {
  front.reset();
  locked = false;
}

bool Sessions::end(std::string_view account) {
  const auto found = open.find(account);
  if (found == open.end()) return false;
  if (in_front(account)) send_behind();
  open.erase(found);
  return true;
}

}  // namespace fakes::devices
