// What the tests ask of a page, in JavaScript: each is an expression whose value is JSON.
#pragma once

#include <string_view>

namespace reports {

/// Opens everything that can be folded, so that a probe sees all of the page.
inline constexpr std::string_view unfold_all =
    "document.querySelectorAll('details').forEach(details => { details.open = true; })";

/// {checked, poor}: how many texts are to be seen, and which of them have less contrast with what lies behind
/// them than 4.5 to 1. [WCAG22 1.4.3]
inline constexpr std::string_view contrast_probe = R"js((() => {
  const colour = text => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (front, back) => {
    const mix = name => front[name] * front.a + back[name] * (1 - front.a);
    return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 };
  };
  const luminance = ({ r, g, b }) => {
    const linear = value => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const behind = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const layer = colour(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer.a === 1) break;
    }
    const canvas = matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(18, 18, 18)' : 'rgb(255, 255, 255)';
    return layers.reduceRight((back, front) => over(front, back), colour(canvas));
  };
  const pair = element => {
    const style = getComputedStyle(element);
    if (!element.ownerSVGElement) return [colour(style.color), behind(element)];
    // Texts of a drawing have a halo of the ground that they stand on, or a box beside them.
    const box = element.parentElement.querySelector(':scope > rect');
    if (style.paintOrder.startsWith('stroke') && style.stroke !== 'none') return [colour(style.fill), colour(style.stroke)];
    return [colour(style.fill), box ? colour(getComputedStyle(box).fill) : behind(element.ownerSVGElement)];
  };
  const poor = [];
  let checked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.tagName === 'title') continue;
    if (['SCRIPT', 'STYLE'].includes(element.tagName)) continue;
    const [front, back] = pair(element);
    const [high, low] = [luminance(over(front, back)), luminance(back)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    ++checked;
    if (ratio < 4.5) poor.push(element.className + ': ' + walker.currentNode.data.trim().slice(0, 40) + ': ' + ratio.toFixed(2));
  }
  return { checked, poor };
})())js";

/// What Tab should reach, as texts, in the order of the page; `window.stops` keeps the elements.
inline constexpr std::string_view stops_probe = R"js((() => {
  const able = 'a[href], button, input, select, summary, [tabindex]';
  window.stops = [...document.querySelectorAll(able)].filter(one =>
    one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && one.getAttribute('tabindex') !== '-1');
  return stops.map(one => one.tagName.toLowerCase() + ' ' + (one.id || one.textContent.trim().slice(0, 30)));
})())js";

/// {at, outline}: which of `window.stops` has the focus, and how thick the line around it is, in pixels.
inline constexpr std::string_view focus_probe = R"js((() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const shown = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { at: stops.indexOf(one), shown,
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth) };
})())js";

/// Elements that stick out at the right of what can be seen without scrolling sideways, but for what lies in
/// a box that scrolls by itself.
inline constexpr std::string_view overflow_probe = R"js((() => {
  const scrolls = one => one.closest('.wide, .scroll, pre') !== null;
  return {
    page: document.scrollingElement.scrollWidth, screen: innerWidth,
    out: [...document.body.querySelectorAll('*')]
      .filter(one => one.checkVisibility() && !scrolls(one) && one.getBoundingClientRect().right > innerWidth + 0.5)
      .slice(0, 10).map(one => one.tagName + '.' + one.className + ' ' + one.textContent.trim().slice(0, 40))
  };
})())js";

/// Levels of the headings in the order of the page.
inline constexpr std::string_view headings_probe =
    "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(one => Number(one.tagName[1]))";

/// Tables that lack a header cell with its scope, or have rows of another width than their head.
inline constexpr std::string_view tables_probe =
    R"js([...document.querySelectorAll('table')].filter(table => {
  const heads = [...table.querySelectorAll('thead th')];
  const all = [...table.querySelectorAll('th')];
  const width = row => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
  return heads.length === 0 || all.some(one => !['col', 'row', 'rowgroup'].includes(one.scope)) ||
    [...table.tBodies].some(body => [...body.rows].some(row => width(row) !== heads.length));
}).map(table => table.className))js";

}  // namespace reports
