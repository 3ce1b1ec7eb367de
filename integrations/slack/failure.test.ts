import assert from 'node:assert/strict';
import nock from 'nock';
import { Failure } from '#contract/failure.ts';
import { SLACK_ORIGIN } from '../testing/fake-slack.ts';
import { fakeTheNetworksEdge } from '../testing/network-edge.ts';
import { connectSlack, slackGrant } from '../testing/slack-connector.ts';
import { anAlert } from '../testing/snapshots.ts';
import { slackFailure } from './failure.ts';

async function failureAfter(status: number, body: nock.Body, headers: Record<string, string> = {}): Promise<Failure> {
  nock(SLACK_ORIGIN).post('/api/chat.update').reply(status, body, headers);
  return failure();
}

async function failure(): Promise<Failure> {
  const error = await connectSlack()
    .alerts.update(slackGrant, { ref: 'C1/1.0', alert: anAlert() })
    .catch((reason: unknown) => reason);
  assert.ok(error instanceof Failure, String(error));
  return error;
}

describe("Slack's refusals", () => {
  fakeTheNetworksEdge();

  it('wait as long as Slack says', async () => {
    const { kind, retryAfterMs } = await failureAfter(429, { ok: false }, { 'retry-after': '12' });
    assert.deepEqual([kind, retryAfterMs], ['vendorBusy', 12_000]);
  });

  it('wait half a minute where Slack does not say how long', async () => {
    assert.equal((await failureAfter(429, {})).retryAfterMs, 30_000);
    assert.equal((await failureAfter(200, { ok: false, error: 'ratelimited' })).retryAfterMs, 30_000);
  });

  for (const error of ['invalid_auth', 'token_revoked', 'account_inactive', 'token_expired', 'not_authed']) {
    it(`say that the grant is lost after ${error}`, async () => {
      assert.equal((await failureAfter(200, { ok: false, error })).kind, 'grantLost');
    });
  }

  const refused: readonly [string, RegExp][] = [
    ['channel_not_found', /Choose another channel/],
    ['not_in_channel', /\/invite/],
    ['is_archived', /archived/],
    ['missing_scope', /permission is missing/],
    ['message_not_found', /deleted/],
    ['invalid_blocks', /“invalid_blocks \[ERROR\] no more than 50 items allowed”/],
  ];
  for (const [error, words] of refused) {
    it(`explain ${error}`, async () => {
      const messages = ['[ERROR] no more than 50 items allowed'];
      const { kind, code, message } = await failureAfter(200, { ok: false, error, response_metadata: { messages } });
      assert.deepEqual([kind, code], ['vendorRefused', `slack-${error.replaceAll('_', '-')}`]);
      assert.match(message, words);
    });
  }

  for (const [status, body] of [
    [500, 'oops'],
    [503, ''],
    [200, { ok: false, error: 'internal_error' }],
    [200, '<html>maintenance</html>'],
  ] as const) {
    it(`try again later after ${status} ${JSON.stringify(body)}`, async () => {
      assert.equal((await failureAfter(status, body)).kind, 'vendorBusy');
    });
  }

  it('try again later when the network fails', async () => {
    nock(SLACK_ORIGIN)
      .post('/api/chat.update')
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    assert.deepEqual((await failure()).code, 'slack-unreachable');
  });

  it('never repeat a token that Slack echoes', async () => {
    const { message } = await failureAfter(200, {
      ok: false,
      error: 'odd',
      response_metadata: { messages: [`[ERROR] ${slackGrant.accessToken}`] },
    });
    assert.ok(!message.includes(slackGrant.accessToken), message);
  });

  it('leave bugs alone', () => {
    const bug = new TypeError('x is not a function');
    assert.equal(slackFailure(bug, []), bug);
  });
});
