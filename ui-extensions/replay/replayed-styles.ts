/** Rules that the recorded page is given before its own: how it looks without addresses, images and modal dialogs. */
export const replayedStyles: string[] = [
  ':where(a[data-ll-link]) { color: -webkit-link; text-decoration: underline; cursor: pointer; }',
  // Images are left out; their place shows.
  ':where(img, canvas, input[type="image"]) { background: repeating-linear-gradient(135deg, rgb(128 128 128 / 0.16) 0 6px, rgb(128 128 128 / 0.08) 6px 12px); }',
  'dialog[data-ll-modal] { position: fixed; inset: 0; margin: auto; z-index: 2147483647; max-width: calc(100% - 38px); max-height: calc(100% - 38px); }',
  'desc { display: none !important; }',
];
