/**
 * Calls of Debian's package manager for the set-up of the tests. All of them need root.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ask, command } from './command.mjs';

/** @typedef {import('./say.mjs').Progress} Progress */

const KEYRINGS = ['gpg', 'pgp'].map((end) => `/usr/share/keyrings/debian-archive-keyring.${end}`);
const ENV = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };

/**
 * The distribution: ID, VERSION_CODENAME and the rest of /etc/os-release.
 *
 * @returns {Record<string, string>}
 */
export function osRelease() {
  const lines = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8').split('\n') : [];
  const settings = lines.map((line) => /^(\w+)="?(.*?)"?$/.exec(line)).filter((match) => match !== null);
  return Object.fromEntries(settings.map(([, name, value]) => [name, value]));
}

/**
 * Runs apt-get and reports its progress in per cent, first of the download and then of the installation.
 *
 * @param {Progress} progress
 * @param {string[]} args
 */
async function aptGet(progress, ...args) {
  const options = [
    '-y',
    '-o',
    'APT::Status-Fd=3',
    '-o',
    'Acquire::Retries=3',
    '-o',
    'DPkg::Lock::Timeout=300',
  ];
  return command('apt-get', [...options, ...args], {
    env: ENV,
    onStatus(/** @type {string} */ line) {
      const [kind, what, percent, text] = line.split(':');
      if (kind !== 'dlstatus' && kind !== 'pmstatus') return;
      const now = kind === 'dlstatus' ? (text ?? '').trim() : `installing ${what}`;
      progress(`${Math.round(Number(percent))} % ${now}`);
    },
  });
}

/** @param {Progress} progress */
export const update = (progress) => aptGet(progress, 'update');

/** @type {(progress: Progress, packages: readonly string[], suite?: string) => Promise<string>} */
export const install = (progress, packages, suite) =>
  aptGet(progress, 'install', '--no-install-recommends', ...(suite ? ['-t', suite] : []), ...packages);

/**
 * The upstream major version that apt would install, or 0 where it knows none.
 *
 * @param {string} name
 */
export function candidateMajor(name) {
  const version = /Candidate: (\S+)/.exec(ask('apt-cache', ['policy', name]))?.[1] ?? '';
  return Number.parseInt(version.replace(/^\d+:/, ''), 10) || 0;
}

/** The package indexes that apt has, as {uri, codename, component, source}; `source` is 'file:line'. */
function indexes() {
  const format = '$(REPO_URI)|$(CODENAME)|$(COMPONENT)|$(SOURCESENTRY)';
  return ask('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'])
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('|'))
    .map(([uri, codename, component, source]) => ({ uri, codename, component, source }));
}

/**
 * Whether apt already has the suite.
 *
 * @param {string} suite
 */
export const hasSuite = (suite) => indexes().some(({ codename }) => codename === suite);

/**
 * Adds a suite from the mirror that serves `codename` here. The suite is signed by the same key.
 * Returns the file that was written, and a function that removes it.
 *
 * @param {string} suite
 * @param {string} codename
 */
export function addSuite(suite, codename) {
  const base = indexes().find((index) => index.codename === codename && index.component === 'main');
  if (!base) throw new Error(`apt knows no mirror of ${codename}/main`);
  const keyring = signedBy(base.source) ?? KEYRINGS.find((path) => existsSync(path));
  const file = `/etc/apt/sources.list.d/${suite}.sources`;
  const lines = ['Types: deb', `URIs: ${base.uri}`, `Suites: ${suite}`, 'Components: main'];
  if (keyring) lines.push(`Signed-By: ${keyring}`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return { file, remove: () => rmSync(file) };
}

/** The keyring that a source names, in either of apt's formats. */
function signedBy(source = '') {
  const file = source.replace(/:\d+$/, '');
  if (!existsSync(file)) return undefined;
  return /signed-by\s*[:=]\s*(\/[^\s\],]+)/i.exec(readFileSync(file, 'utf8'))?.[1];
}
