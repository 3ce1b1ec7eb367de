const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/**
 * The attributes a recording keeps: what shapes the page. Everything else is dropped, because anything may hold a person's data. The core
 * keeps the same list for itself.
 */
const plain = words(`
  class id style role type dir lang hidden width height colspan rowspan align valign bgcolor color face border cellpadding cellspacing
  size rows cols wrap span start reversed open disabled readonly multiple required contenteditable media slot part loading nowrap noshade
  data-ll-mask data-ll-block viewbox preserveaspectratio xmlns version d x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy points transform
  gradienttransform gradientunits patterntransform patternunits patterncontentunits maskunits maskcontentunits clippathunits filterunits
  primitiveunits markerwidth markerheight markerunits refx refy orient offset pathlength textlength lengthadjust startoffset rotate
  spreadmethod fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
  stroke-dashoffset stroke-opacity opacity stop-color stop-opacity clip-path clip-rule mask filter marker-start marker-mid marker-end
  display visibility overflow text-anchor dominant-baseline alignment-baseline baseline-shift font-family font-size font-style font-weight
  letter-spacing word-spacing text-decoration writing-mode vector-effect paint-order shape-rendering text-rendering stddeviation in in2
  result mode operator values radius rr_width rr_height rr_scrollleft rr_scrolltop rr_open_mode _csstext
`);

/** Kept for styling, as one short word and never as prose. */
const state =
  /^(?:aria-(?:expanded|hidden|selected|current|checked|pressed|disabled|busy|invalid|modal|orientation|sort)|data-(?:state|theme|side|orientation|align|color-scheme))$/;
const css = words('style _csstext fill stroke clip-path mask filter marker-start marker-mid marker-end');

export function attributeKind(name: string): 'plain' | 'state' | 'css' | 'url' | 'dropped' {
  const key = name.toLowerCase();
  if (css.has(key)) return 'css';
  if (plain.has(key)) return 'plain';
  if (state.test(key)) return 'state';
  return /^(?:href|src|xlink:href)$/.test(key) ? 'url' : 'dropped';
}
