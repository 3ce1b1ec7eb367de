import { createServer } from 'node:http';
import { listen, type RunningServer } from './listen.ts';

export interface FakePlayer extends RunningServer {
  /** Tokens that players were opened with are behind the hash; these are the addresses as the server saw them. */
  readonly opened: string[];
}

const page = `<!doctype html><html lang="en"><title>Player</title><meta name="color-scheme" content="light dark">
<style>body{margin:0;height:100vh;display:grid;place-items:center;font:15px system-ui;background:#dfe4ee;color:#1c222d}</style>
<p><output>0</output> s</p><button>Expire</button><script>
let offsetMs = Number(new URLSearchParams(location.search).get('t') ?? 0) * 1000;
const say = () => { document.querySelector('output').textContent = offsetMs / 1000; parent.postMessage({ leadlight: 'time', offsetMs }, '*'); };
addEventListener('message', ({ data }) => { if (data?.leadlight === 'seek') { offsetMs = data.offsetMs; say(); } });
document.querySelector('button').onclick = () => parent.postMessage({ leadlight: 'expired' }, '*');
setTimeout(say, 50);
</script></html>`;

/** A player that speaks the same messages as the real one, on an origin of its own. */
export async function startFakePlayer(): Promise<FakePlayer> {
  const opened: string[] = [];
  const server = createServer((request, response) => {
    opened.push(request.url ?? '');
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  });
  return { ...(await listen(server)), opened };
}
