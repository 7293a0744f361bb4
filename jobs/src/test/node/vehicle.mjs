// A vehicle: TUF by tuf-js, everything else by page.mjs, images opened by OpenSSL.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, createReadStream, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Updater } from 'tuf-js';
import * as page from './page.mjs';

const FILES = ['root', 'timestamp', 'snapshot', 'targets'];

export class Vehicle {
  /** @param state the folder of what it trusts and has taken, of each repository */
  constructor(vin, state) {
    this.vin = vin;
    this.state = state;
  }

  /**
   * Takes the manifest that lies there, or throws. What it has taken is kept only if all held: tuf-js alone would keep
   * the version of another vehicle's manifest, and refuse the lower one of its own ever after.
   *
   * @param base where its own folder and that of the image repository are
   * @param ecus hardware and release counter by serial
   * @param keys of images in hex, by the SHA-256 of the encrypted one; undefined where no image is to be fetched
   */
  async take(base, ecus, keys) {
    const attempt = `${this.state}.attempt`;
    rmSync(attempt, { recursive: true, force: true });
    cpSync(this.state, attempt, { recursive: true });

    const own = `${base}/${this.vin}`;
    const director = await refresh('director', attempt, own);
    check('director', director);
    const { root: _, ...manifest } = director.signed;
    page.ownManifest(this.vin, manifest);
    page.manifest(manifest.targets);

    const images = await refresh('image', attempt, `${base}/image`);
    check('image', images);
    page.imageRepository(images.signed.targets);
    page.apart(director.signed.root, images.signed.root);
    page.match(manifest.targets.targets, images.signed.targets.targets);
    page.fits(manifest.targets.targets, ecus);

    let opened = 0;
    if (keys !== undefined) {
      for (const [name, entry] of Object.entries(manifest.targets.targets)) {
        // A relative URI is relative to the manifest's own.
        const uri = new URL(entry.custom.encrypted.uri, `${own}/${manifest.targets.version}.targets.json`);
        const clear = await open(uri, entry.custom.encrypted, keys, join(attempt, 'download'));
        for (const { updater } of [director, images]) {
          await (await updater.getTargetInfo(name)).verify(createReadStream(clear)); // TargetFile.verify
        }
        rmSync(join(attempt, 'download'), { recursive: true });
        opened++;
      }
    }
    rmSync(this.state, { recursive: true });
    cpSync(attempt, this.state, { recursive: true });
    return { version: manifest.targets.version, root: director.signed.root.version, opened };
  }
}

/** Has tuf-js take the four files of a repository, and reads them once more as the page has them. */
async function refresh(repository, state, metadataBaseUrl) {
  const metadataDir = join(state, repository);
  let updater;
  try {
    updater = new Updater({ metadataDir, metadataBaseUrl, config: { fetchRetry: 0 } });
    await updater.refresh();
  } catch (error) {
    error.repository = repository;
    throw error;
  }
  const documents = {};
  const signed = {};
  for (const name of FILES) {
    documents[name] = page.document(`${repository}/${name}`, readFileSync(join(metadataDir, `${name}.json`), 'utf8'));
    signed[name] = documents[name].signed;
  }
  return { updater, documents, signed };
}

/** The root, and with its keys the signatures of all four files. */
function check(repository, { documents, signed }) {
  page.root(`${repository}/root`, signed.root);
  for (const name of FILES) page.signatures(`${repository}/${name}`, documents[name], signed.root.keys);
}

/** Fetches an encrypted image, compares it with what the manifest says of it, and opens it. */
async function open(uri, encrypted, keys, folder) {
  const response = await fetch(uri);
  if (!response.ok) throw new page.Refused(`${uri.pathname}: found status ${response.status}, expected the image`);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length !== encrypted.length) {
    throw new page.Refused(`encrypted image: found ${bytes.length} bytes, expected ${encrypted.length}`);
  }
  for (const [hash, expected] of Object.entries(encrypted.hashes)) {
    const found = createHash(hash).update(bytes).digest('hex');
    if (found !== expected) throw new page.Refused(`encrypted image, ${hash}: found ${found}, expected ${expected}`);
  }
  mkdirSync(folder);
  const cms = join(folder, 'image.cms');
  const clear = join(folder, 'image');
  writeFileSync(cms, bytes);
  const key = keys[encrypted.hashes.sha256];
  const id = createHash('sha256').update(Buffer.from(key, 'hex')).digest('hex');
  execFileSync(
    'openssl',
    ['cms', '-decrypt', '-binary', '-inform', 'DER', '-in', cms, '-out', clear, '-secretkey', key, '-secretkeyid', id],
    { stdio: 'pipe' },
  );
  return clear;
}
