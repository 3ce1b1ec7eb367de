import assert from 'node:assert/strict';
import { me, problem, setupState, siteList } from '#contract/api.ts';
import { SignIn } from '../http/sign-in-session.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { findSite, makeMember, makeOwner } from '../testing/factories.ts';
import { type Answer, type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testConfig, testPlatform } from '../testing/test-platform.ts';
import { createWorkspace } from './create-workspace.ts';
import { Member } from './member.ts';
import { createSignInLink } from './sign-in-link.ts';
import { Workspace } from './workspace.ts';

const request = {
  workspaceName: 'Acme',
  domain: 'www.acme.example',
  name: 'Olga Owner',
  email: 'Olga@Acme.example',
  password: 'correct horse battery',
};
const dayMs = 86_400_000;

const cookieOf = ({ headers }: Answer): string => headers.get('Set-Cookie')?.split(';')[0] ?? '';
const codeOf = ({ json }: Answer): string => problem.parse(json).code;

describe('workspaces and sign-in', () => {
  let platform: TestPlatform;
  let app: TestApp;

  beforeEach(() => start());
  afterEach(() => app.close());

  async function start(config = {}) {
    platform = await testPlatform({ config });
    app = await testApp(platform);
  }
  async function startAgain(config: object) {
    await app.close();
    await start(config);
  }
  const post = (path: string, body: unknown) => app.call(path, { method: 'POST', body });
  const whoAmI = (Cookie: string) => app.call('/v1/me', { headers: { Cookie } });

  describe('GET /v1/setup', () => {
    const setup = async () => setupState.parse((await app.call('/v1/setup')).json);

    it('tells the first person that there is nobody yet; the demo is nobody', async () => {
      await createWorkspace(platform, { ...request, password: null, demo: true });
      assert.deepEqual(await setup(), { signUp: 'open', firstRun: true });
      await makeOwner(platform);
      assert.deepEqual(await setup(), { signUp: 'open', firstRun: false });
    });

    it('says that sign-up is closed after the first person, where it is for the first person only', async () => {
      await startAgain({ signUp: 'first-run' });
      assert.deepEqual(await setup(), { signUp: 'open', firstRun: true });
      await makeOwner(platform);
      assert.deepEqual(await setup(), { signUp: 'closed', firstRun: false });
    });
  });

  describe('POST /v1/workspaces', () => {
    it('makes a workspace with its owner and site, and signs the owner in', async () => {
      const answer = await post('/v1/workspaces', request);
      assert.equal(answer.status, 201);
      const { member, workspace } = me.parse(answer.json);
      assert.deepEqual([member.email, member.role, workspace.name, workspace.demo], ['olga@acme.example', 'owner', 'Acme', false]);
      assert.deepEqual((await findSite(workspace.id)).origins, ['https://www.acme.example', 'https://acme.example']);
      assert.deepEqual((await whoAmI(cookieOf(answer))).json, answer.json);
    });

    it('never stores or answers the password', async () => {
      const answer = await post('/v1/workspaces', request);
      assert.ok(!answer.text.includes('hash') && !answer.text.includes(request.password));
      assert.ok(!JSON.stringify(await dumpDatabase(platform)).includes(request.password));
    });

    it('says for each field what to do, and stores nothing', async () => {
      const answer = await post('/v1/workspaces', { workspaceName: ' ', domain: '', name: '', email: 'nobody', password: 'short' });
      assert.equal(answer.status, 400);
      assert.deepEqual(Object.keys(problem.parse(answer.json).fields ?? {}).sort(), [
        'domain',
        'email',
        'name',
        'password',
        'workspaceName',
      ]);
      assert.equal((await post('/v1/workspaces', { ...request, domain: 'not a domain' })).status, 400);
      assert.deepEqual(await dumpDatabase(platform), {});
    });

    it('refuses an e-mail address that has a login already, however it is written', async () => {
      await makeOwner(platform, { email: 'olga@acme.example' });
      const before = await dumpDatabase(platform);
      const answer = await post('/v1/workspaces', request);
      assert.deepEqual([answer.status, codeOf(answer)], [409, 'email-taken']);
      assert.deepEqual(await dumpDatabase(platform), before);
    });

    it('makes one workspace of a double click, and tells the second one why not', async () => {
      const answers = await Promise.all([post('/v1/workspaces', request), post('/v1/workspaces', request)]);
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
      assert.equal(await Workspace.countDocuments({}).setOptions(acrossWorkspaces), 1);
      assert.deepEqual(platform.log.lines, []);
    });

    it('is refused where sign-up is closed, once there is a workspace', async () => {
      await startAgain({ signUp: 'first-run' });
      await makeOwner(platform);
      const answer = await post('/v1/workspaces', request);
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'sign-up-closed']);
      assert.equal(await Workspace.countDocuments({}).setOptions(acrossWorkspaces), 1);
    });
  });

  describe('POST /v1/sign-in', () => {
    beforeEach(() => createWorkspace(platform, { ...request, demo: false }));
    const signIn = (email: string, password: string) => post('/v1/sign-in', { email, password });

    it('opens with the right password, however the address is written', async () => {
      const answer = await signIn('OLGA@acme.EXAMPLE', request.password);
      assert.equal(answer.status, 200);
      assert.equal(me.parse((await whoAmI(cookieOf(answer))).json).member.email, 'olga@acme.example');
    });

    it('says the same of a wrong password, an unknown address and a member without password', async () => {
      await makeMember(platform, { email: 'link-only@acme.example' });
      const answers = await Promise.all([
        signIn(request.email, 'wrong password'),
        signIn('nobody@acme.example', request.password),
        signIn('link-only@acme.example', request.password),
      ]);
      for (const { status, text, headers } of answers) {
        assert.deepEqual([status, text, headers.get('Set-Cookie')], [401, answers[0]?.text, null]);
      }
    });

    it('refuses what is no address or no password', async () => {
      for (const body of [{}, { email: 'x', password: 'y' }, { email: request.email }, { email: { $gt: '' }, password: { $gt: '' } }]) {
        assert.equal((await post('/v1/sign-in', body)).status, 400);
      }
    });

    it('stops who guesses, also with the right password then, and tells when to come again', async () => {
      const guesses = await Promise.all(Array.from({ length: 10 }, (_, n) => signIn(request.email, `guess ${n}`)));
      assert.deepEqual(new Set(guesses.map(({ status }) => status)), new Set([401]));
      const answer = await signIn('OLGA@acme.example', request.password);
      assert.deepEqual([answer.status, codeOf(answer)], [429, 'too-many']);
      assert.ok(Number(answer.headers.get('Retry-After')) > 0);
      assert.equal((await signIn('somebody-else@acme.example', 'x')).status, 401);
    });
  });

  describe('the cookie', () => {
    it('cannot be read by scripts or sent along by other sites, and is for https alone where we are', async () => {
      for (const [publicUrl, secure] of [
        [testConfig.publicUrl, false],
        ['https://leadlight.example.com', true],
      ] as const) {
        await startAgain({ publicUrl });
        const link = await createSignInLink(platform, await makeOwner(platform), 60_000);
        const cookie = (await post('/v1/sign-in/link', { token: new URL(link).searchParams.get('token') })).headers.get('Set-Cookie') ?? '';
        assert.match(cookie, /^ll_session=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax; Expires=/);
        assert.equal(cookie.includes('; Secure'), secure);
        assert.ok(!cookie.includes('Domain'));
      }
    });

    it('is stored as a hash alone', async () => {
      const owner = await makeOwner(platform);
      const link = await createSignInLink(platform, owner, 60_000);
      const token = new URL(link).searchParams.get('token') ?? '';
      assert.ok(!JSON.stringify(await dumpDatabase(platform)).includes(token));
      const cookie = cookieOf(await post('/v1/sign-in/link', { token }));
      assert.ok(!JSON.stringify(await dumpDatabase(platform)).includes(cookie.replace('ll_session=', '')));
    });
  });

  describe('POST /v1/sign-in/link', () => {
    const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? '';
    const open = (token: string) => post('/v1/sign-in/link', { token });

    it('opens once', async () => {
      const owner = await makeOwner(platform);
      const link = await createSignInLink(platform, owner, 60_000);
      assert.ok(link.startsWith(`${testConfig.publicUrl}/sign-in?token=`));
      const answer = await open(tokenOf(link));
      assert.equal(answer.status, 200);
      assert.equal(me.parse((await whoAmI(cookieOf(answer))).json).member.id, owner._id);
      const again = await open(tokenOf(link));
      assert.deepEqual([again.status, codeOf(again), again.headers.get('Set-Cookie')], [401, 'sign-in-link-spent', null]);
    });

    it('opens once also when two browsers open it at the same moment', async () => {
      const token = tokenOf(await createSignInLink(platform, await makeOwner(platform), 60_000));
      const answers = await Promise.all([open(token), open(token), open(token)]);
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401]);
    });

    it('is worth nothing when it is too old, unknown, or its member is gone', async () => {
      const owner = await makeOwner(platform);
      const old = tokenOf(await createSignInLink(platform, owner, 60_000));
      platform.clock.advance(60_000);
      const orphaned = tokenOf(await createSignInLink(platform, owner, 60_000));
      await Member.deleteOne({ workspaceId: owner.workspaceId, _id: owner._id });
      for (const token of [old, orphaned, 'x'.repeat(32)]) assert.equal((await open(token)).status, 401);
    });

    it('refuses what is no token, and stops who guesses, at the door of the passwords too', async () => {
      for (const body of [{}, { token: 'short' }, { token: { $ne: '' } }]) assert.equal((await post('/v1/sign-in/link', body)).status, 400);
      for (let n = 0; n < 60; n += 1) assert.equal((await open(`guess-number-${n}-and-some-more`)).status, 401);
      assert.equal((await open('x'.repeat(32))).status, 429);
      assert.equal((await post('/v1/sign-in', { email: 'a@b.example', password: 'x' })).status, 429);
    });
  });

  describe('GET /v1/me and POST /v1/sign-out', () => {
    it('say who I am, and nobody keeps a copy of it', async () => {
      const owner = await makeOwner(platform);
      const answer = await app.callAs(owner, '/v1/me');
      assert.equal(answer.headers.get('Cache-Control'), 'no-store');
      assert.deepEqual(me.parse(answer.json).workspace, { id: owner.workspaceId, name: 'Acme', demo: false });
    });

    it('need a login that exists, is fresh, and whose member is still there', async () => {
      const owner = await makeOwner(platform);
      for (const cookie of ['', 'll_session=', 'll_session=x', 'other=1', `ll_session=${'x'.repeat(5000)}`]) {
        const answer = await whoAmI(cookie);
        assert.deepEqual([answer.status, codeOf(answer)], [401, 'not-signed-in'], cookie.slice(0, 20));
      }
      const link = await createSignInLink(platform, owner, 60_000);
      const cookie = cookieOf(await post('/v1/sign-in/link', { token: new URL(link).searchParams.get('token') }));
      platform.clock.advance(30 * dayMs - 1);
      assert.equal((await whoAmI(cookie)).status, 200);
      platform.clock.advance(1);
      assert.equal((await whoAmI(cookie)).status, 401);
      platform.clock.advance(-dayMs);
      await Member.deleteOne({ workspaceId: owner.workspaceId, _id: owner._id });
      assert.equal((await whoAmI(cookie)).status, 401);
    });

    it('signs this browser out and no other', async () => {
      const owner = await makeOwner(platform);
      const cookies: string[] = [];
      for (let n = 0; n < 2; n += 1) {
        const link = await createSignInLink(platform, owner, 60_000);
        cookies.push(cookieOf(await post('/v1/sign-in/link', { token: new URL(link).searchParams.get('token') })));
      }
      const [mine = '', other = ''] = cookies;
      const answer = await app.call('/v1/sign-out', { method: 'POST', headers: { Cookie: mine } });
      assert.equal(answer.status, 204);
      assert.match(answer.headers.get('Set-Cookie') ?? '', /^ll_session=; .*Expires=Thu, 01 Jan 1970/);
      assert.deepEqual([(await whoAmI(mine)).status, (await whoAmI(other)).status], [401, 200]);
      assert.equal(await SignIn.countDocuments({ workspaceId: owner.workspaceId }), 1);
    });

    it('signs out also who is not signed in', async () => {
      assert.equal((await post('/v1/sign-out', undefined)).status, 204);
    });
  });

  describe('GET /v1/sites', () => {
    it('lists the sites of my workspace with the snippet to paste', async () => {
      const owner = await makeOwner(platform);
      await makeOwner(platform);
      const { items } = siteList.parse((await app.callAs(owner, '/v1/sites')).json);
      const { siteKey } = await findSite(owner.workspaceId);
      assert.deepEqual(
        items.map((site) => [site.name, site.siteKey, site.snippet, site.snippetSeenAt]),
        [['www.example.com', siteKey, `<script async src="http://localhost:4000/ll.js" data-key="${siteKey}"></script>`, null]],
      );
    });

    it('needs a login', async () => {
      assert.equal((await app.call('/v1/sites')).status, 401);
    });
  });
});
