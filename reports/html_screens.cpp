#include "reports/html_screens.h"

#include <algorithm>

#include "reports/plain_text.h"
#include "reports/screen_picture.h"

namespace reports {
namespace {

using scenarios::ScreenRecord;

void add_figure(Html& html, const RunView& view, const ScreenRecord& screen) {
  html.add("<figure>\n{}<figcaption><b>{}</b> {}", screen_picture(screen), visible(screen.device, Breaks::join),
           time_label(*view.run, screen.at));
  html.add("<span class=\"quiet\">{}</span></figcaption></figure>\n", visible(screen.text, Breaks::join));
}

}  // namespace

Html screen_seen(const RunView& view, const scenarios::JudgementRecord& judgement) {
  Html html;
  if (!judgement.screen || view.detail == Detail::brief) return html;
  html.add("<figure class=\"seen\">\n{}<figcaption>", screen_picture(*judgement.screen));
  html.add("<b>{}</b> {}</figcaption></figure>\n", visible(judgement.screen->device, Breaks::join), time_label(*view.run, judgement.screen->at));
  return html;
}

Html screen_link(const RunView& view, const scenarios::JudgementRecord& judgement) {
  Html html;
  if (!judgement.screen || view.detail == Detail::brief) return html;
  const auto& screens = view.run->screens;
  for (std::size_t i = std::min(screens.size(), most_screens); i-- > 0;) {
    // At one instant a device may have shown several.
    const bool shows_it = screens[i].device == judgement.screen->device && screens[i].at <= judgement.screen->at && screens[i].text == judgement.screen->text;
    if (!shows_it) continue;
    html.add(R"( <a href="#{}">picture</a>)", element_id(view, "screen", i + 1));
    break;
  }
  return html;
}

Html screen_strip(const RunView& view) {
  Html html;
  const auto& screens = view.run->screens;
  if (screens.empty() || view.detail == Detail::brief) return html;
  html.add(R"(<details class="part" id="{}-screens"><summary><h3>Screens</h3> <span class="quiet">{}</span></summary>)", element_id(view),
           counted(screens.size(), "picture", "pictures"));
  if (view.run->screens_forgotten > 0)
    html.add(R"(<p class="left-out">{} no longer in the record.</p>)", counted(view.run->screens_forgotten, "older one is", "older ones are"));
  html.add("\n<ol class=\"screens\">\n");
  const auto shown = std::min(screens.size(), most_screens);
  for (std::size_t i = 0; i < shown; ++i) {
    html.add(R"(<li id="{}">)", element_id(view, "screen", i + 1));
    add_figure(html, view, screens[i]);
    html.add("</li>\n");
  }
  html.add("</ol>\n");
  if (shown < screens.size()) html.add(R"(<p class="left-out">{} later ones are left out; the JSON report holds them.</p>)", screens.size() - shown);
  html.add("</details>\n");
  return html;
}

}  // namespace reports
