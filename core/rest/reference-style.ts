/** How the reference looks: the colours of the web app, with the reader's choice of light and dark. */
export const referenceStyle = `
:root { --text: #1c2330; --dim: #5a6475; --line: #e2e6ee; --page: #f7f8fb; --card: #fff; --link: #2a57c7; --code: #eef1f7; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8ebf2; --dim: #a3adbf; --line: #2c3442; --page: #12161d; --card: #1a202a; --link: #8fb0ff; --code: #252d3a; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: var(--page); display: grid; grid-template-columns: 250px minmax(0, 1fr); }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--card); padding: 8px; z-index: 1; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 24px 16px; border-right: 1px solid var(--line); background: var(--card); }
nav ul { list-style: none; padding: 0; margin: 12px 0; }
nav a { display: block; padding: 6px 8px; text-decoration: none; color: var(--text); border-radius: 6px; }
nav a:hover { background: var(--code); }
main { padding: 24px clamp(16px, 4vw, 48px) 96px; max-width: 900px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 12px; }
h2 { font-size: 1.25rem; margin: 40px 0 12px; }
h3 { font-size: 1rem; margin: 0; }
h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px; margin: 0 0 12px; }
article p { margin: 8px 0; }
.address { overflow-wrap: anywhere; }
.method { display: inline-block; font: 700 12px/1.4 ui-monospace, monospace; padding: 2px 6px; border: 1px solid currentColor; border-radius: 5px; }
code, pre { font: 0.88em/1.5 ui-monospace, monospace; }
code { background: var(--code); padding: 1px 4px; border-radius: 4px; overflow-wrap: anywhere; }
pre { background: var(--code); padding: 12px; border-radius: 8px; overflow-x: auto; }
pre code { padding: 0; background: none; }
details { border-top: 1px solid var(--line); padding: 8px 0 0; margin-top: 8px; }
summary { cursor: pointer; font-weight: 600; padding: 2px; }
dl { margin: 8px 0 0; }
dt { margin-top: 8px; }
dd { margin: 2px 0 0; padding-left: 14px; border-left: 2px solid var(--line); }
small, .kind { color: var(--dim); }
small { font-size: 0.85em; }
@media (max-width: 760px) {
  body { display: block; }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 16px; }
  nav ul { display: flex; flex-wrap: wrap; gap: 4px; }
}
`;
