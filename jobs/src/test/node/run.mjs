// Plays the vehicles of a plan over loopback HTTP, and says on standard output what came of each.
//
// node run.mjs PLAN, where PLAN is a JSON file:
//   [{ "name", "vin",
//      "trusted": { "director": FILE, "image": FILE },     the roots that the vehicle was built with
//      "taken": FILE,                                      a timestamp of the Director that it has taken; may be missing
//      "rounds": [{ "now", "layers": [FOLDER], "ecus", "keys" }] }]
// A round is one visit. Of two folders with a file of that name, the first one's is served.
import { existsSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SystemDate = Date;
let now = SystemDate.now();

/** The vehicle's clock: tuf-js asks for new Date(). */
globalThis.Date = class extends SystemDate {
  constructor(...args) {
    if (args.length > 0) super(...args);
    else super(now);
  }

  static now() {
    return now;
  }
};

const { Vehicle } = await import('./vehicle.mjs');
const { Refused } = await import('./page.mjs');

let layers = [];

/** A vehicle sees one folder of its own: roots, its manifest, and the images; beside it, the image repository. */
function place(path) {
  const [first, second, third] = path.slice(1).split('/');
  if (first === 'image') return `image/${second}`;
  if (second === 'images') return `images/${third}`;
  return /^[0-9]+\.root\.json$/.test(second) ? `director/${second}` : `director/${first}/${second}`;
}

const server = createServer((request, response) => {
  const file = layers.map((layer) => join(layer, place(request.url))).find((candidate) => existsSync(candidate));
  response.writeHead(file ? 200 : 404);
  response.end(file && readFileSync(file));
});

await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const base = `http://127.0.0.1:${server.address().port}`;
const work = mkdtempSync(join(tmpdir(), 'convoy-vehicles-'));

async function visit(vehicle, round) {
  now = SystemDate.parse(round.now);
  layers = round.layers;
  try {
    const { version, root, opened } = await vehicle.take(base, round.ecus, round.keys);
    return `took version ${version} under root ${root}, images opened: ${opened}`;
  } catch (error) {
    return describe(error);
  }
}

function describe(error) {
  if (error instanceof Refused) return `page: ${error.message}`;
  if (error.stderr) return `openssl: ${String(error.stderr).trim().split('\n')[0]}`;
  // Later releases of Node add the line and column.
  const where = error.repository ? `${error.repository}: ` : '';
  return `tuf-js: ${where}${error.constructor.name}: ${error.message.replace(/ \(line \d+ column \d+\)$/, '')}`;
}

const outcomes = {};
for (const { name, vin, trusted, taken, rounds } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const state = join(mkdtempSync(join(work, 'v-')), 'state');
  for (const [repository, root] of Object.entries(trusted)) {
    mkdirSync(join(state, repository), { recursive: true });
    copyFileSync(root, join(state, repository, 'root.json'));
  }
  if (taken) copyFileSync(taken, join(state, 'director', 'timestamp.json'));
  const vehicle = new Vehicle(vin, state);
  outcomes[name] = [];
  for (const round of rounds) outcomes[name].push(await visit(vehicle, round));
}
process.stdout.write(JSON.stringify(outcomes));
process.exit(0);
