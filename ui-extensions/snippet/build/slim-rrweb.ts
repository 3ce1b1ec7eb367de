/**
 * Takes out of rrweb what the recorder must never do: reading fields' values, canvas and font capture, frames of other origins, and the
 * CSS parser of the player. Smaller, and what is not there cannot leak. A piece that is not found fails the build, so that a new rrweb
 * version is looked at by a person.
 */

interface Cut {
  readonly what: string;
  /** First line of the piece, from its start. */
  readonly from: string;
  /** Start of what follows the piece, which stays. */
  readonly to: string;
  readonly instead: string;
}

const nothingToStop = '() => () => {};\n';

const cuts: readonly Cut[] = [
  {
    what: 'the CSS parser of the player',
    from: 'var import_postcss$1 = ',
    to: 'var __create = Object.create;',
    instead: 'var postcss_default = null;\n',
  },
  { what: 'the CSS parser of the virtual DOM', from: 'var import_postcss = ', to: 'var NodeType$1 = ', instead: '' },
  {
    what: 'the virtual DOM',
    from: 'var BaseRRNode = class BaseRRNode {',
    to: 'var BaseRRDocument = ',
    instead: 'var BaseRRNode = class {};\n',
  },
  {
    what: 'the twin of the untainted DOM access',
    from: 'var src_default = {\n',
    to: 'function on(type',
    instead: 'var src_default = src_default$2;\n',
  },
  { what: 'the departed mirror', from: 'if (typeof window !== "undefined" && window.Proxy', to: 'function throttle(', instead: '' },
  {
    what: "reading fields' values in snapshots",
    from: '\tif ([\n\t\t"input",\n\t\t"textarea",\n\t\t"select"\n\t].includes(tagName)) {',
    to: '\tif (tagName === "dialog" && n.open)',
    instead: '\tif (tagName === "option") delete attributes.selected;\n',
  },
  {
    what: 'canvas and image pixels, media state in snapshots',
    from: '\tif (tagName === "canvas" && recordCanvas) {',
    to: '\tif (!newlyAddedElement) {',
    instead: '',
  },
  {
    what: "watching fields' values",
    from: 'var lastInputValueMap = ',
    to: 'function getNestedCSSRulePositions(',
    instead: `var initInputObserver = ${nothingToStop}`,
  },
  {
    what: 'media, fonts, selections, custom elements',
    from: 'function initMediaInteractionObserver(',
    to: 'function mergeHooks(',
    instead: ['MediaInteraction', 'Font', 'Selection', 'CustomElement']
      .map((name) => `var init${name}Observer = ${nothingToStop}`)
      .join(''),
  },
  {
    what: 'ids of frames of other origins',
    from: 'var CrossOriginIframeMirror = class {',
    to: 'var IframeManager = class {',
    instead: 'var CrossOriginIframeMirror = class { reset() {} };\n',
  },
  {
    what: 'events of frames of other origins',
    from: '\thandleMessage(message) {',
    to: '};\n// src/record/shadow-dom-manager.ts',
    instead: '\thandleMessage() {}\n',
  },
  {
    what: 'canvas capture',
    from: 'var chars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";',
    to: 'var StylesheetManager = class {',
    instead: 'var CanvasManager = class { reset() {} freeze() {} unfreeze() {} lock() {} unlock() {} };\n',
  },
];

/** rrweb's source without those pieces. Throws when one is not there exactly once. */
export function slimRrweb(source: string): string {
  return cuts.reduce(takeOut, source);
}

function takeOut(source: string, cut: Cut): string {
  const start = source.indexOf(cut.from);
  const end = source.indexOf(cut.to, start + cut.from.length);
  if (start < 0 || end < 0 || source.indexOf(cut.from, start + 1) >= 0) throw new Error(`rrweb has changed: cannot take out ${cut.what}`);
  return source.slice(0, start) + cut.instead + source.slice(end);
}
