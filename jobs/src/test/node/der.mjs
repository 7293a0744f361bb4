// DER (X.690, section 10), as far as signatures and key packages need it. What has another form throws.

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const OCTETS = 0x04;
const OID = 0x06;

/** The elements that stand one after the other, each with its tag and value. */
function elements(bytes) {
  const found = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at];
    let length = bytes[at + 1] ?? fail('a length');
    let start = at + 2;
    if (length >= 0x80) {
      const digits = length - 0x80;
      const least = digits === 1 ? 0x80 : 2 ** (8 * (digits - 1));
      if (digits < 1 || digits > 4 || start + digits > bytes.length) fail('a definite length');
      length = bytes.readUIntBE(start, digits);
      if (length < least) fail('the shortest form of a length');
      start += digits;
    }
    if (start + length > bytes.length) fail(`an element of ${length} bytes, found ${bytes.length - start}`);
    found.push({ tag, value: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

function fail(expected) {
  throw new Error(`expected ${expected}`);
}

/** The values of elements with exactly these tags. */
function values(bytes, ...tags) {
  const found = elements(bytes);
  if (found.length !== tags.length || found.some(({ tag }, i) => tag !== tags[i])) {
    fail(`elements ${tags.map((tag) => tag.toString(16))}, found ${found.map(({ tag }) => tag.toString(16))}`);
  }
  return found.map(({ value }) => value);
}

function oid(value, expected) {
  if (value.toString('hex') !== expected) fail(`object identifier ${expected}`);
}

/** A positive INTEGER of at most that many bytes, in its shortest form. */
function positive(value, most) {
  const first = value[0] ?? fail('a number');
  const isShortest = first !== 0 || value[1] >= 0x80;
  if (first >= 0x80 || !isShortest || value.length > most) fail('a positive number');
}

/** An ECDSA-Sig-Value of P-256 (RFC 3279, section 2.2.3). */
export function ecdsaSignature(bytes) {
  const [pair] = values(bytes, SEQUENCE);
  values(pair, INTEGER, INTEGER).forEach((number) => positive(number, 33));
}

/** A key package: the table under "Key packages". */
export function keyPackage(bytes) {
  const [info] = values(bytes, SEQUENCE);
  const [type, explicit] = values(info, OID, 0xa0);
  oid(type, '2a864886f70d0109100117'); // authEnvelopedData, RFC 5083
  const [enveloped] = values(explicit, SEQUENCE);
  // Version, recipients, content, tag; no originator and no attributes.
  const [, recipients, content, mac] = values(enveloped, INTEGER, SET, SEQUENCE, OCTETS);
  const tags = elements(recipients).map(({ tag }) => tag);
  if (tags.length !== 1 || (tags[0] !== SEQUENCE && tags[0] !== 0xa1)) fail('one recipient, KeyTrans or KeyAgree');
  const [data, cipher, key] = values(content, OID, SEQUENCE, 0x80);
  oid(data, '2a864886f70d010701');
  const [algorithm, parameters] = values(cipher, OID, SEQUENCE);
  oid(algorithm, '60864801650304012e'); // aes256-GCM, RFC 5084
  const [nonce, tag] = values(parameters, OCTETS, INTEGER);
  if (nonce.length !== 12 || tag.toString('hex') !== '10' || mac.length !== 16) fail('a nonce of 12 bytes and a tag of 16');
  if (key.length !== 32) fail('a key of 32 bytes');
}
