// The two kinds of keys of "Canonical form and signatures".
import { createHash } from 'node:crypto';
import { ecdsaSignature } from './der.mjs';

const KINDS = {
  ed25519: {
    scheme: 'ed25519',
    usable: (hex) => /^[0-9a-f]{64}$/.test(hex) && once(hex, () => isOfPrimeOrder(Buffer.from(hex, 'hex'))),
    key: '64 hex digits of an Ed25519 key, a point of prime order',
    signed: (sig) => /^[0-9a-f]{128}$/.test(sig),
    signature: '128 hex digits of an Ed25519 signature',
  },
  ecdsa: {
    scheme: 'ecdsa-sha2-nistp256',
    usable: (hex) => /^04[0-9a-f]{128}$/.test(hex) && isOnP256(hex),
    key: '130 hex digits of a P-256 key, 04 and a point of the curve',
    signed: (sig) => /^([0-9a-f]{2}){8,72}$/.test(sig) && holds(() => ecdsaSignature(Buffer.from(sig, 'hex'))),
    signature: '16 to 144 hex digits of an ECDSA signature in DER',
  },
};

const known = new Map();

/** All vehicles have the same keys, and looking at one takes some milliseconds. */
function once(hex, check) {
  if (!known.has(hex)) known.set(hex, check());
  return known.get(hex);
}

function holds(check) {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** What a key object is instead of a key under that id, as [found, expected]; nothing where it is one. */
export function problemOfKey(keyid, key) {
  const kind = Object.hasOwn(KINDS, key.keytype) ? KINDS[key.keytype] : undefined;
  if (kind === undefined) return [key.keytype, 'ed25519 or ecdsa'];
  const { public: point } = key.keyval;
  const expected = { keytype: key.keytype, keyval: { public: point }, scheme: kind.scheme };
  const text = JSON.stringify(expected);
  if (JSON.stringify(sorted(key)) !== text) return [key, `exactly ${text}`];
  if (!kind.usable(point)) return [point, kind.key];
  const hash = createHash('sha256').update(text).digest('hex');
  return hash === keyid ? undefined : [keyid, `the hash of its key, ${hash}`];
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1)));

/** What a signature by that key must be; nothing where it has that form. A stranger's may have either. */
export function expectedOfSignature(sig, key) {
  const kinds = key === undefined ? Object.values(KINDS) : [KINDS[key.keytype]];
  return kinds.some((kind) => kind.signed(sig)) ? undefined : kinds.map((kind) => kind.signature).join(', or ');
}

function mod(value, p) {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}

function power(base, exponent, p) {
  let result = 1n;
  for (let square = mod(base, p), left = exponent; left > 0n; left >>= 1n, square = (square * square) % p) {
    if (left & 1n) result = (result * square) % p;
  }
  return result;
}

/** y² = x³ - 3x + b (FIPS 186-5 by SP 800-186, section 3.2.1.3). */
function isOnP256(hex) {
  const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
  const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
  const x = BigInt(`0x${hex.slice(2, 66)}`);
  const y = BigInt(`0x${hex.slice(66)}`);
  return x < p && y < p && mod(y * y - (x * x * x - 3n * x + b), p) === 0n;
}

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n, P), P);

/** Decoding of RFC 8032, section 5.1.3. One of small order signs whatever anyone wants. */
function isOfPrimeOrder(bytes) {
  const text = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  const y = text & (2n ** 255n - 1n);
  const u = mod(y * y - 1n, P);
  const square = mod(u * power(D * y * y + 1n, P - 2n, P), P);
  let x = power(square, (P + 3n) / 8n, P);
  if ((x * x) % P !== square) x = (x * power(2n, (P - 1n) / 4n, P)) % P;
  if (y >= P || (x * x) % P !== square || (x === 0n && text >> 255n === 1n)) return false;
  if ((x & 1n) !== text >> 255n) x = P - x;
  const point = [x, y, 1n, (x * y) % P];
  return !isNeutral(point) && isNeutral(times(ORDER, point));
}

const isNeutral = ([x, y, z]) => x === 0n && y === z;

function times(factor, point) {
  let sum = [0n, 1n, 1n, 0n];
  for (let double = point, left = factor; left > 0n; left >>= 1n, double = plus(double, double)) {
    if (left & 1n) sum = plus(sum, double);
  }
  return sum;
}

/** Section 5.1.4; the formulas are complete, so that they double too. */
function plus([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = (y1 - x1) * (y2 - x2);
  const b = (y1 + x1) * (y2 + x2);
  const c = 2n * t1 * t2 * D;
  const d = 2n * z1 * z2;
  const [e, f, g, h] = [b - a, d - c, d + c, b + a].map((value) => mod(value, P));
  return [mod(e * f, P), mod(g * h, P), mod(f * g, P), mod(e * h, P)];
}
