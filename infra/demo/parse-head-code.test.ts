import assert from 'node:assert/strict';
import { parseHeadCode } from './parse-head-code.ts';

const snippet = '<script async src="https://core.example/ll.js" data-key="site_1"></script>';

function refuses(pasted: string, message: RegExp): void {
  assert.throws(
    () => parseHeadCode(pasted),
    (error: Error) => {
      assert.equal(error.name, 'Failure');
      assert.match(error.message, message);
      return true;
    },
  );
}

describe('pasting header code', () => {
  it('takes the snippet as it is shown in the settings', () => {
    assert.equal(parseHeadCode(`\n  ${snippet}\n`), snippet);
  });

  it('takes several tags, with unquoted and single-quoted values and any case', () => {
    const pasted = `<SCRIPT ASYNC SRC='http://localhost:4000/ll.js' data-key=abc data-consent="false"></SCRIPT>\n${snippet}`;
    const first = '<script async src="http://localhost:4000/ll.js" data-key="abc" data-consent="false"></script>';
    assert.equal(parseHeadCode(pasted), `${first}\n${snippet}`);
  });

  it('asks for the snippet when nothing was pasted', () => refuses('  \n', /Paste the snippet first/));

  it('refuses other elements and plain text, naming what it found', () => {
    refuses('<img src="https://x.example/a.png" onerror="alert(1)">', /Only <script> tags.*<img src=/);
    refuses('hello', /not one: hello/);
    refuses(`${snippet}<iframe src="https://x.example"></iframe>`, /not one: <iframe/);
    refuses(`<!-- Leadlight -->${snippet}`, /not one: <!-- Leadlight -->/);
    refuses('<scripty src="https://x.example/a.js"></scripty>', /not one: <scripty/);
  });

  it('refuses code inside the tag', () => {
    refuses('<script src="https://x.example/a.js">alert(1)</script>', /must be empty and closed/);
    refuses('<script src="https://x.example/a.js">', /must be empty and closed/);
  });

  it('refuses attributes that could run code or mean something else', () => {
    refuses('<script src="https://x.example/a.js" onload="alert(1)"></script>', /“onload” is not accepted/);
    refuses('<script src="https://x.example/a.js" type="module"></script>', /“type” is not accepted/);
    refuses('<script src="https://x.example/a.js" src="https://y.example/b.js"></script>', /“src” is there twice/);
  });

  it('refuses a tag without a full http(s) address', () => {
    refuses('<script data-key="a"></script>', /needs a src/);
    refuses('<script src></script>', /needs a src/);
    refuses('<script src="/ll.js"></script>', /full address.*\/ll\.js/);
    refuses('<script src="//x.example/ll.js"></script>', /full address/);
    refuses('<script src="data:text/javascript,alert(1)"></script>', /full address/);
    refuses('<script src="javascript:alert(1)"></script>', /full address/);
  });

  it('refuses values that break out of their quotes', () => {
    refuses('<script src="https://x.example/a.js" data-key="a"><b>"></script>', /must be empty/);
    refuses(`<script src="https://x.example/a.js" data-key='a" onload="alert(1)'></script>`, /not written correctly/);
    refuses('<script src="https://x.example/a.js" data-key="a></script>', /not written correctly/);
  });

  it('refuses more text than any snippet has', () => refuses(snippet.repeat(200), /at most 10000 characters/));
});
