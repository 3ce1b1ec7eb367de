export type AttributeKind = 'plain' | 'state' | 'css' | 'url' | 'dropped';

/**
 * The attributes a recording keeps: what shapes the page. Everything else is dropped, because anything may hold a person's data. The core
 * keeps the same list for itself, and what rrweb itself adds: a page's own attributes of such names are none of ours.
 */
const plain = `class id style role type dir lang hidden width height colspan rowspan align valign bgcolor color face border cellpadding cellspacing
size rows cols wrap span start reversed open disabled readonly multiple required contenteditable media slot part loading nowrap noshade
data-ll-mask data-ll-block viewbox preserveaspectratio xmlns version d x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy points transform
gradienttransform gradientunits patterntransform patternunits patterncontentunits maskunits maskcontentunits clippathunits filterunits
primitiveunits markerwidth markerheight markerunits refx refy orient offset pathlength textlength lengthadjust startoffset rotate
spreadmethod fill-opacity fill-rule stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
stroke-dashoffset stroke-opacity opacity stop-color stop-opacity clip-rule
display visibility overflow text-anchor dominant-baseline alignment-baseline baseline-shift font-family font-size font-style font-weight
letter-spacing word-spacing text-decoration writing-mode vector-effect paint-order shape-rendering text-rendering stddeviation in in2
result mode operator values radius`;

/** Kept for styling, as one short word and never as prose. */
const state = `aria-expanded aria-hidden aria-selected aria-current aria-checked aria-pressed aria-disabled aria-busy aria-invalid aria-modal
aria-orientation aria-sort data-state data-theme data-side data-orientation data-align data-color-scheme`;

const kinds = new Map<string, AttributeKind>();
const give = (kind: AttributeKind, names: string) => {
  for (const name of names.split(/\s+/)) kinds.set(name, kind);
};
give('plain', plain);
give('state', state);
give('css', 'style fill stroke clip-path mask filter marker-start marker-mid marker-end');
give('url', 'href src xlink:href');

/** How an attribute is treated, whatever the case of its name. */
export function attributeKind(name: string): AttributeKind {
  return kinds.get(name) ?? kinds.get(name.toLowerCase()) ?? 'dropped';
}
