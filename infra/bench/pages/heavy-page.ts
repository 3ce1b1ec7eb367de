/**
 * The page that users of recorders complain about: a large table that appears at once, and then changes all over. Little of it is in view,
 * so that the figures tell of the tools and not of painting.
 */
import type { Reply } from '../browser/local-server.ts';

export const heavyNodes = 10_000;
export const heavyChanges = 10_000;
const frames = 40;

export function heavySite(head: string): Map<string, Reply> {
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A large table</title>
<style>#rows{height:600px;overflow:hidden;contain:strict}.row{display:flex}.cell{width:9%;height:14px;font:10px monospace;overflow:hidden}.warm{color:#a30}.cold{color:#03a}</style>
${head}<script>${script}</script></head><body><h1>All orders</h1><div id="rows"></div></body></html>`;
  return new Map([['/', { type: 'text/html; charset=utf-8', body }]]);
}

/** `heavy()`: 1,000 rows of 9 cells (10,000 elements, with as many texts as cells), then as many changes of attributes over 40 frames. */
const script = `
const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
async function heavy() {
  const rows = document.createDocumentFragment();
  for (let r = 0; r < ${heavyNodes / 10}; r++) {
    const row = document.createElement('div');
    row.className = 'row';
    for (let c = 0; c < 9; c++) {
      const cell = document.createElement('span');
      cell.className = 'cell';
      cell.textContent = 'order ' + r + ' part ' + c;
      row.append(cell);
    }
    rows.append(row);
  }
  document.getElementById('rows').append(rows);
  await nextFrame();
  const nodes = document.querySelectorAll('.row, .cell');
  for (let frame = 0; frame < ${frames}; frame++) {
    for (let place = frame; place < nodes.length; place += ${frames}) {
      const node = nodes[place];
      if (place % 2) node.style.opacity = '0.' + (1 + place % 8);
      else node.className = (node.classList.contains('row') ? 'row ' : 'cell ') + (place % 4 ? 'warm' : 'cold');
    }
    await nextFrame();
  }
}`;
