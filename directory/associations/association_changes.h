// Joining and parting objects of the graph: checks what may be joined, writes the events, and brings bindings
// up to date. All run inside a transaction of the core.
#pragma once

#include "directory/associations/association.h"
#include "directory/core/core.h"
#include "directory/devices/desired_state.h"
#include "directory/users/user_changes.h"

namespace directory {

/// Joins two objects that exist, given in either order, or gives what joins them these attributes; the same
/// once more changes nothing and writes no event. Refused where their kinds may not be joined. [rule D60]
/// [rule D62]
Change<void> associate(Core& core, const GraphObject& one, const GraphObject& other,
                       AssociationAttributes attributes, const Actor& actor);

/// Parts them; false where nothing joined them. Access that other paths give stays. [rule D61] [rule V9]
bool dissociate(Core& core, const GraphObject& one, const GraphObject& other, const Actor& actor);

/// Parts an object from everything it is joined to, before it is deleted; bindings follow. Writes no events.
void leave_graph(Core& core, const GraphObject& object);

/// Joins a user to a system directly. A user with a password is handed on to the device. [rule V1] [rule R15]
void bind_user(Core& core, const Binding& binding, const Actor& actor, const User& user,
               const System& system);

/// The systems that a system or system group stands for.
[[nodiscard]] std::vector<SystemId> systems_in(Database& db, const GraphObject& object);

}  // namespace directory
