import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Sampler } from '../../index';
import { button, copyButton, selectField } from '../controls';
import { element, fill, isAbort, messageOf } from '../dom';
import { bytes, milliseconds } from '../numbers';
import type { Machine } from '../panel';
import { Progress } from '../progress';
import { settings } from '../settings';
import { CHOICES, FIRST_CHOICE, type ComparedTensor, sourceOf } from './sources';

/** The bytes of a chunk. To hash a chunk does not freeze the page. */
const CHUNK_BYTES = 2 ** 20;

const KEY = 'reproducibility.tensor';

/** The fields that compute the tensor of a card on GPU and CPU, and compare the hashes. */
export function compare(machine: Machine): HTMLElement[] {
  const field = selectField({
    label: 'tensor of the card',
    options: CHOICES,
    value: chosen(),
    onInput: (value) => settings.set(KEY, value === FIRST_CHOICE ? undefined : value),
  });
  settings.onChange((key) => {
    if (key === KEY) field.control.value = chosen();
  });
  const progress = new Progress('Computing and hashing');
  const results = element('div', { class: 'two', 'aria-live': 'polite' });
  const verdict = element('p', { class: 'verdict', role: 'status', id: 'reproducibility-verdict' });
  const start = button('Compute on both', () => void run());
  return [
    element(
      'p',
      { class: 'about' },
      'Every element of a card’s tensor is computed on the GPU and again on the CPU, in bounded memory, and the ' +
        'bytes are hashed.',
    ),
    element(
      'div',
      { class: 'row' },
      field.root,
      start,
      copyButton(() => settings.link, 'a link to this page as it is', 'Copy link'),
    ),
    progress.root,
    verdict,
    results,
  ];

  async function run(): Promise<void> {
    const signal = progress.begin('starting …');
    start.disabled = true;
    fill(results);
    verdict.textContent = '';
    verdict.className = 'verdict';
    try {
      const source = sourceOf(field.control.value);
      const hashes = await hashAll(machine, source, signal, progress, (tile) => results.append(tile));
      const [words, kind] = judge(hashes);
      verdict.textContent = words;
      verdict.classList.add(kind);
      progress.end('done');
    } catch (error) {
      progress.end(isAbort(error) ? 'stopped' : messageOf(error));
    } finally {
      start.disabled = false;
    }
  }
}

/** The card that the address names, or the first one where it names none that there is. */
function chosen(): string {
  const wanted = settings.get(KEY, FIRST_CHOICE);
  return CHOICES.some(([value]) => value === wanted) ? wanted : FIRST_CHOICE;
}

/** What the hashes say, and the class of the words. */
function judge(hashes: readonly string[]): readonly [words: string, kind: string] {
  if (hashes.length === 1) return ['There is nothing to compare with: no GPU.', 'none'];
  return new Set(hashes).size === 1
    ? ['Same bits: both agree.', 'same']
    : ['Different bits. This should not happen: please report it.', 'different'];
}

async function hashAll(
  { gpu, cpu }: Machine,
  source: ComparedTensor,
  signal: AbortSignal,
  progress: Progress,
  show: (tile: HTMLElement) => void,
): Promise<string[]> {
  const sides: readonly (readonly [title: string, sampler: Sampler])[] = [
    ...(gpu === undefined ? [] : [['GPU', gpu] as const]),
    ['CPU', cpu],
  ];
  const hashes: string[] = [];
  for (const [i, [title, sampler]] of sides.entries()) {
    const began = performance.now();
    const { hash, size } = await hashOf(sampler, source, signal, (share) =>
      progress.report((i + share) / sides.length, `${title}: ${Math.floor(100 * share)} %`),
    );
    hashes.push(hash);
    show(
      tile(
        `${title}: ${sampler.description}`,
        hash,
        `SHA-256 of ${bytes(size)}, ${milliseconds(performance.now() - began)} with hashing`,
      ),
    );
  }
  return hashes;
}

async function hashOf(
  sampler: Sampler,
  { initializer, shape, dtype }: ComparedTensor,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<{ hash: string; size: number }> {
  const { range } = sampler.check(initializer, shape, { dtype });
  const total = range.count * (dtype?.endsWith('16') ? 2 : dtype?.endsWith('8') ? 1 : 4);
  const hasher = sha256.create();
  let done = 0;
  for await (const chunk of sampler.chunks(initializer, shape, {
    dtype,
    chunkBytes: CHUNK_BYTES,
    signal,
  })) {
    signal.throwIfAborted();
    hasher.update(chunk);
    done += chunk.length;
    onShare(done / total);
  }
  return { hash: bytesToHex(hasher.digest()), size: total };
}

function tile(title: string, hash: string, words: string): HTMLElement {
  return element(
    'div',
    { class: 'tile' },
    element('h4', {}, title),
    element('p', { class: 'hash' }, hash),
    element('p', { class: 'made' }, words),
  );
}
