// @ts-check
const start = `Usage: npm start -- [options]

Starts all of Leadlight on this machine: core and web app, demo site, sandbox of HubSpot and Slack, replay player, MongoDB.

  --json      when ready, print one line of JSON with the addresses and the demo login
  --no-demo   start empty: without the demo site, the sample data and the sandbox
  --help      this text

Environment
  LEADLIGHT_PORT      first of six ports on localhost (default 4000): core and web app; +1 demo site; +2 HubSpot and Slack
                      sandbox; +3 replay player; +4 MongoDB
  LEADLIGHT_DATA      folder for all data (default .data in the checkout); remove it to start afresh
  MONGODB_URI         a MongoDB of your own (replica set, sharded cluster or Atlas) instead of the one started here
  MONGOD_BINARY       path of a mongod (6.0 or newer) to use instead of the one found or downloaded
  LEADLIGHT_CHROMIUM  path of a Chromium or Chrome, for tests
  LEADLIGHT_CACHE     folder for what is downloaded once (default ~/.cache/leadlight)

For a server of your own there are more: infra/config.ts.
`;

const check = `Usage: npm run check

Formatting, lint, types, import rules (proved by planted violations), sizes and dead code. Exits with 1 when anything is found.
`;

const bench = `Usage: npm run bench -- [NAME] [--json]

Runs one benchmark on this machine and compares it with its budget. Without a name: lists the benchmarks.

  --json   print one line of JSON: machine, versions, raw figures, budget
`;

/** @type {Record<string, string>} */
const texts = { start, check, bench };

/** The help of one command. @param {string} command */
export function help(command) {
  return texts[command] ?? start;
}
