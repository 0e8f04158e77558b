// The frame that every page of ours has: head, content policy, style and script.
#pragma once

#include <string_view>
#include <vector>

#include "reports/html.h"

namespace reports {

/// What a page carries with it, in this order. The content policy names each by its hash and refuses
/// everything else.
struct PageAssets {
  std::vector<std::string_view> styles;
  std::vector<std::string_view> scripts;
};

/// Until after `<body>`.
void begin_page(Html& page, std::string_view title, const PageAssets& assets);
/// The scripts and what closes the document.
void end_page(Html& page, const PageAssets& assets);

}  // namespace reports
