#include "scenarios/script/observations.h"

namespace scenarios {

template class HeavyVariant<Observation::Alternatives>;

}  // namespace scenarios
