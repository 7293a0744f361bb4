// What a vehicle checks beyond TUF, written from docs/formats/update-manifest.md and from nothing else.
import { keyPackage } from './der.mjs';
import { expectedOfSignature, problemOfKey } from './keys.mjs';

/** What the page refuses. */
export class Refused extends Error {}

const HEX = { sha256: /^[0-9a-f]{64}$/, sha512: /^[0-9a-f]{128}$/ };
const BASE64 = /^([A-Za-z0-9+/]{4})+$|^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const CONSENT = ['BY_OWNER', 'FORCED', 'FORCED_AFTER', 'DOWNLOAD_ONLY'];

function require(holds, where, found, expected) {
  if (!holds) {
    throw new Refused(`${where}: found ${JSON.stringify(found)}, expected ${expected}`);
  }
}

/** "Canonical form and signatures", but for what the keys say, and "Fields of all four kinds". */
export function document(where, text) {
  const parsed = JSON.parse(text);
  // JSON.parse takes the last of two keys alike; a string before a colon is a key.
  const tokens = text.match(/"(?:[^"\\]|\\.)*"\s*:?/g) ?? [];
  const keys = tokens.filter((token) => token.endsWith(':')).length;
  require(keys === keysIn(parsed), where, keys, `${keysIn(parsed)} keys, none twice in an object`);
  for (const { keyid } of parsed.signatures) {
    require(HEX.sha256.test(keyid), where, keyid, 'a key id in lower-case hex');
  }
  const { signed } = parsed;
  require(/^1\.0\.[0-9]+$/.test(signed.spec_version), where, signed.spec_version, 'specification 1.0');
  require(counting(signed.version), where, signed.version, 'a version, 1 or more');
  require(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(signed.expires), where, signed.expires, 'a time with whole seconds');
  require(!('delegations' in signed), where, 'delegations', 'none, even empty ones');
  return parsed;
}

/** The form of signatures, which depends on the key. */
export function signatures(where, { signatures }, keys) {
  for (const { keyid, sig } of signatures) {
    const expected = expectedOfSignature(sig, keys[keyid]);
    require(expected === undefined, where, sig, expected);
  }
}

function keysIn(value) {
  if (value === null || typeof value !== 'object') return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum, item) => sum + keysIn(item), own);
}

const counting = (value) => Number.isSafeInteger(value) && value >= 1;

/** Check 1, beyond signatures and expiry. */
export function root(where, signed) {
  require(signed.consistent_snapshot === true, where, signed.consistent_snapshot, 'consistent snapshots');
  for (const [keyid, key] of Object.entries(signed.keys)) {
    const problem = problemOfKey(keyid, key);
    require(problem === undefined, where, ...(problem ?? []));
  }
  for (const [role, { keyids, threshold }] of Object.entries(signed.roles)) {
    require(new Set(keyids).size === keyids.length, where, keyids, `each key of ${role} once`);
    require(counting(threshold) && threshold <= keyids.length, where, threshold, `1 to ${keyids.length} keys of ${role}`);
  }
}

/** Checks 2 to 4, beyond TUF: the vehicle, and one version for all three files. */
export function ownManifest(vin, files) {
  for (const [name, signed] of Object.entries(files)) {
    const where = `director/${name}`;
    require(signed.custom?.vin === vin, where, signed.custom?.vin, `this vehicle, ${vin}`);
    require(signed.version === files.timestamp.version, where, signed.version, `the version of all three files, ${files.timestamp.version}`);
    const listed = Object.keys(signed.meta ?? { one: 1 });
    require(listed.length === 1, where, listed, 'exactly one file listed');
  }
}

/** Check 5. */
export function manifest(signed) {
  const seen = new Map();
  for (const [name, entry] of Object.entries(signed.targets)) {
    image(name, entry);
    const { custom } = entry;
    require(typeof custom.encrypted.uri === 'string', name, custom.encrypted.uri, 'where the encrypted image is');
    for (const order of ['installOrder', 'installGroup']) {
      require(Number.isSafeInteger(custom[order]) && custom[order] >= 0, name, custom[order], `${order}, 0 or more`);
    }
    const ecus = Object.entries(custom.ecuIdentifiers ?? {});
    require(ecus.length > 0, name, ecus, 'one ECU or more');
    for (const [serial, ecu] of ecus) {
      require(!seen.has(serial), `ECU ${serial}`, [seen.get(serial), name], 'one image');
      require(typeof ecu.hardwareId === 'string', `ECU ${serial}`, ecu.hardwareId, 'its hardware');
      if ('keyPackage' in ecu) sealed(`ECU ${serial}, key package`, ecu.keyPackage);
      seen.set(serial, name);
    }
  }
  carries(signed);
  for (const { consent } of [signed.custom, ...(signed.custom.carried ?? [])]) {
    require(consent === undefined || CONSENT.includes(consent.mode), 'consent', consent?.mode, `one of ${CONSENT.join(', ')}`);
  }
}

/** The form of a key package; whether it opens, its ECU finds out. */
function sealed(where, text) {
  require(BASE64.test(text), where, text, 'Base64');
  try {
    keyPackage(Buffer.from(text, 'base64'));
  } catch (error) {
    throw new Refused(`${where}: ${error.message}`);
  }
}

/** "What a manifest carries": each other campaign once, with images, and no image of any more. */
function carries(signed) {
  const named = Object.values(signed.targets).map((entry) => entry.custom.campaign).filter((campaign) => campaign !== undefined);
  const listed = (signed.custom.carried ?? []).map(({ campaign }) => campaign);
  require(!listed.includes(signed.custom.campaign), 'carried', signed.custom.campaign, 'other campaigns than its own');
  require(new Set(listed).size === listed.length, 'carried', listed, 'each campaign once');
  for (const campaign of named) {
    require(listed.includes(campaign), 'image of campaign', campaign, `one of those carried: ${listed.join(', ')}`);
  }
  for (const campaign of listed) {
    require(named.includes(campaign), 'carried', campaign, 'one image or more of it');
  }
}

/** What both repositories must say of an image. */
function image(name, entry) {
  require(NAME.test(name), 'image', name, 'letters, digits, ".", "_" and "-"');
  described(name, entry);
  described(`${name}, encrypted`, entry.custom?.encrypted);
  const { module, version, releaseCounter } = entry.custom;
  require(typeof module === 'string' && typeof version === 'string', name, [module, version], 'module and version');
  require(counting(releaseCounter), name, releaseCounter, 'a release counter, 1 or more');
}

function described(where, file) {
  require(counting(file?.length), where, file?.length, 'a length, 1 or more');
  for (const [hash, form] of Object.entries(HEX)) {
    require(form.test(file.hashes?.[hash]), where, file.hashes?.[hash], hash);
  }
}

/** Check 6, beyond TUF. */
export function imageRepository(signed) {
  for (const [name, entry] of Object.entries(signed.targets)) {
    image(name, entry);
    require(Array.isArray(entry.custom.hardwareIds), name, entry.custom.hardwareIds, 'a list of hardware');
  }
}

/** Check 6: no key of both repositories. */
export function apart(director, images) {
  const shared = Object.keys(director.keys).filter((keyid) => keyid in images.keys);
  require(shared.length === 0, 'roots', shared, 'no key in common');
}

/** Check 7. */
export function match(targets, images) {
  for (const [name, entry] of Object.entries(targets)) {
    const listed = images[name];
    require(listed !== undefined, 'image repository', null, name);
    const said = (e) => [
      ['length', e.length], ['SHA-256', e.hashes.sha256], ['SHA-512', e.hashes.sha512],
      ['encrypted length', e.custom.encrypted.length],
      ['encrypted SHA-256', e.custom.encrypted.hashes.sha256],
      ['encrypted SHA-512', e.custom.encrypted.hashes.sha512],
      ['release counter', e.custom.releaseCounter], ['version', e.custom.version], ['module', e.custom.module],
    ];
    const expected = said(listed);
    said(entry).forEach(([what, value], i) => require(value === expected[i][1], `${name}, ${what}`, value, `${expected[i][1]} as the image repository says`));
    const { hardwareIds } = listed.custom;
    for (const { hardwareId } of Object.values(entry.custom.ecuIdentifiers)) {
      require(hardwareIds.length === 0 || hardwareIds.includes(hardwareId), `${name}, hardware`, hardwareId, `one of ${hardwareIds.join(', ')}`);
    }
  }
}

/** Check 8: what only the vehicle knows. */
export function fits(targets, ecus) {
  for (const { custom } of Object.values(targets)) {
    for (const [serial, { hardwareId }] of Object.entries(custom.ecuIdentifiers)) {
      const own = ecus[serial];
      require(own !== undefined, 'ECU', serial, 'one of its own');
      require(own.hardwareId === hardwareId, `ECU ${serial}`, hardwareId, `its hardware, ${own.hardwareId}`);
      require(custom.releaseCounter >= own.releaseCounter, `ECU ${serial}`, custom.releaseCounter, `release counter ${own.releaseCounter} or more`);
    }
  }
}
