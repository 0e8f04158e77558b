#include "scenarios/script/verbs.h"

namespace scenarios {

template class HeavyVariant<Verb::Alternatives>;

}  // namespace scenarios
