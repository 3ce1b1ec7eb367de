/**
 * What a stored recording may hold: allow-lists for the rrweb stream, and its numbers by name. The core cleans by them at ingest, the
 * player strips by them again before it plays: a recording is attacker's input, because the site key is public.
 */
import * as z from 'zod';

/** Stands for whatever was in a field. Of one length, so that it tells nothing about the length of the value. */
export const fieldMask = '••••••';

/** What is told of every recording. Every `offsetMs` counts from the first recorded event of the session. */
const recordingHead = z.object({
  sessionId: z.string(),
  startedAt: z.iso.datetime(),
  live: z.boolean(),
  /** Chunks that never arrived. */
  missingChunks: z.number().int().min(0),
  marks: z.array(z.object({ offsetMs: z.number(), type: z.string(), text: z.string() })),
  pages: z.array(z.object({ offsetMs: z.number(), title: z.string(), path: z.string() })),
});
export type RecordingHead = z.infer<typeof recordingHead>;

/** GET /recording on the player's origin: all of it. */
export const playerRecording = recordingHead.extend({
  tabs: z.array(z.object({ tab: z.string(), events: z.array(z.unknown()) })),
});
export type PlayerRecording = z.infer<typeof playerRecording>;

/** A part of a tab's recording that can be played by itself. Times count from the first recorded event of the session. */
const indexedFrame = z.object({ number: z.number().int().min(0), firstMs: z.number(), lastMs: z.number() });
export type IndexedFrame = z.infer<typeof indexedFrame>;

/**
 * GET /recording/frames/:number. `events` stand as distances: see `shift-numbers.ts`. The first `lead` of them retell the page as it was:
 * whoever comes from the frame before leaves them out.
 */
export const playerFrame = z.object({ lead: z.number().int().min(0), events: z.array(z.unknown()) });
export type PlayerFrame = z.infer<typeof playerFrame>;

/** GET /recording/index?at=MILLISECONDS: what is where in a packed recording. */
export const playerIndex = recordingHead.extend({
  /** Opens GET /recording/frames/:number. */
  token: z.string(),
  /** Null while it is not packed: then it is to be read whole. `idle`: from, to. */
  tabs: z.array(z.object({ tab: z.string(), idle: z.array(z.tuple([z.number(), z.number()])), frames: z.array(indexedFrame) })).nullable(),
  /** The frame that has the moment `at`, so that nobody has to ask twice before there is something to see. */
  first: playerFrame.extend({ number: z.number().int().min(0) }).nullable(),
});
export type PlayerIndex = z.infer<typeof playerIndex>;

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

const tags = words(`
  html head body title style link
  a abbr address article aside b bdi bdo blockquote br button caption center cite code col colgroup data dd del details dfn dialog dir div
  dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li main map mark
  menu meter nav nobr ol optgroup option output p picture pre progress q rp rt ruby s samp search section select slot small span strike
  strong sub summary sup table tbody td textarea tfoot th thead time tr tt u ul var wbr canvas datalist big
  svg g path rect circle ellipse line polyline polygon text tspan textpath defs symbol use lineargradient radialgradient stop clippath mask
  pattern marker filter desc foreignobject image switch
  feblend fecolormatrix fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow
  feflood fefunca fefuncb fefuncg fefuncr fegaussianblur femerge femergenode femorphology feoffset fepointlight fespecularlighting
  fespotlight fetile feturbulence
  math mi mn mo ms mtext mrow mfrac msqrt mroot mstyle msub msup msubsup munder mover munderover mtable mtr mtd mspace mpadded
`);

/** Replaced elements that are not kept: a canvas has the same default size and is nothing but a box. */
const boxes = words('iframe frame object embed video audio applet portal fencedframe');

const attributes = words(`
  class id style role type dir lang hidden width height colspan rowspan align valign bgcolor color face border cellpadding cellspacing
  size rows cols wrap span start reversed open disabled readonly multiple required contenteditable media slot part loading nowrap noshade
  aria-expanded aria-hidden aria-selected aria-current aria-checked aria-pressed aria-disabled aria-busy aria-invalid aria-modal
  aria-orientation aria-sort data-state data-theme data-side data-orientation data-align data-color-scheme data-ll-mask data-ll-block
  viewbox preserveaspectratio xmlns version d x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy points transform gradienttransform gradientunits
  patterntransform patternunits patterncontentunits maskunits maskcontentunits clippathunits filterunits primitiveunits markerwidth
  markerheight markerunits refx refy orient offset pathlength textlength lengthadjust startoffset rotate spreadmethod
  fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset
  stroke-opacity opacity stop-color stop-opacity clip-path clip-rule mask filter marker-start marker-mid marker-end display visibility
  overflow text-anchor dominant-baseline alignment-baseline baseline-shift font-family font-size font-style font-weight letter-spacing
  word-spacing text-decoration writing-mode vector-effect paint-order shape-rendering text-rendering color-interpolation-filters
  flood-color flood-opacity lighting-color in in2 result mode operator k1 k2 k3 k4 values stddeviation edgemode kernelmatrix divisor bias
  order radius scale xchannelselector ychannelselector basefrequency numoctaves seed stitchtiles tablevalues slope intercept amplitude
  exponent surfacescale diffuseconstant specularconstant specularexponent azimuth elevation limitingconeangle z
  rr_width rr_height rr_scrollleft rr_scrolltop rr_open_mode _csstext
`);

const urlAttributes = words('href src xlink:href');
const cssAttributes = words('style _csstext fill stroke clip-path mask filter marker-start marker-mid marker-end');

export type RecordedAs = 'kept' | 'box' | 'dropped';

/** What becomes of an element, by its tag in any case or namespace. A dropped one leaves an empty element behind, so that ids still add up. */
export function recordedAs(tagName: string): RecordedAs {
  const tag = tagName.toLowerCase();
  if (tags.has(tag) || isCustomTag(tag)) return 'kept';
  return boxes.has(tag) ? 'box' : 'dropped';
}

/** A custom element: without its script it is a plain box. Names with a colon are namespaced tricks and do not count. */
function isCustomTag(tag: string): boolean {
  return (
    tag.length <= 64 && /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(tag) && !/^(font-face|annotation-xml|missing-glyph|color-profile)/.test(tag)
  );
}

/** How an attribute is treated. `url` is kept scrubbed in storage and never reaches the player; `css` may hold `url()`. */
export function attributeKind(name: string): 'plain' | 'css' | 'url' | 'dropped' {
  const key = name.toLowerCase();
  if (cssAttributes.has(key)) return 'css';
  if (attributes.has(key)) return 'plain';
  return urlAttributes.has(key) ? 'url' : 'dropped';
}

/** `aria-*` and `data-*` are kept for styling only: one short word of a fixed vocabulary, never prose. */
export function isStateWord(name: string, value: string): boolean {
  return !/^(aria|data)-/i.test(name) || /^[a-z-]{0,24}$/.test(value);
}

/** An object of unknown keys, as JSON makes them. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
