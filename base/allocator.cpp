#include "base/allocator.h"

#ifdef LOCKSTEP_MIMALLOC
#include <mimalloc.h>
#endif

namespace base {

void settle_allocator() {
#ifdef LOCKSTEP_MIMALLOC
  mi_option_disable(mi_option_allow_decommit);
  mi_option_disable(mi_option_page_reset);
  mi_option_disable(mi_option_abandoned_page_decommit);
#endif
}

}  // namespace base
