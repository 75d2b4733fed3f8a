import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Sampler } from '../../index';
import { button, copyButton, selectField } from '../controls';
import { element, fill, isAbort, messageOf } from '../dom';
import { bytes, milliseconds } from '../numbers';
import type { Machine, Panel } from '../panel';
import { Progress } from '../progress';
import { settings } from '../settings';
import { CHOICES, FIRST_CHOICE, type ComparedTensor, sourceOf } from './sources';

/** The bytes of a chunk. To hash a chunk does not freeze the page. */
const CHUNK_BYTES = 2 ** 20;

const KEY = 'reproducibility.tensor';

/** The panel that computes one tensor on GPU and CPU, and compares the hashes. */
export const reproducibilityPanel: Panel = (section, machine) => {
  const field = selectField({
    label: 'tensor',
    options: CHOICES,
    value: settings.get(KEY, FIRST_CHOICE),
    onInput: (value) => settings.set(KEY, value === FIRST_CHOICE ? undefined : value),
  });
  settings.onChange((key) => {
    if (key === KEY) field.control.value = settings.get(KEY, FIRST_CHOICE);
  });
  const progress = new Progress('Computing and hashing');
  const results = element('div', { class: 'two', 'aria-live': 'polite' });
  const verdict = element('p', { class: 'verdict', role: 'status', id: 'reproducibility-verdict' });
  const start = button('Compute on both', () => void run(), 'primary');
  section.append(
    element('h2', { id: 'reproducibility-title' }, 'Reproducibility'),
    element(
      'p',
      { class: 'about' },
      'Every element is computed on the GPU and again on the CPU, in bounded memory, and the bytes are hashed. The contract’s ' +
        'tensors have 16,777,216 elements and a checksum that they must have on any machine.',
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
  );
  field.root.classList.add('grow');

  async function run(): Promise<void> {
    const signal = progress.begin('starting …');
    start.disabled = true;
    fill(results);
    verdict.textContent = '';
    verdict.className = 'verdict';
    try {
      const source = sourceOf(field.control.value);
      const hashes = await hashAll(machine, source, signal, progress, (tile) => results.append(tile));
      if (source.sha256 !== undefined)
        results.append(tile('The contract', source.sha256, 'what any machine must have'));
      const distinct = new Set([...hashes, ...(source.sha256 === undefined ? [] : [source.sha256])]);
      const sides = hashes.length + Number(source.sha256 !== undefined);
      verdict.textContent =
        sides === 1
          ? 'There is nothing to compare with: no GPU, and no checksum in the contract.'
          : distinct.size === 1
            ? `Same bits: all ${sides === 2 ? 'two' : 'three'} agree.`
            : 'Different bits. This should not happen: please report it.';
      verdict.classList.add(sides === 1 ? 'none' : distinct.size === 1 ? 'same' : 'different');
      progress.end('done');
    } catch (error) {
      progress.end(isAbort(error) ? 'stopped' : messageOf(error));
    } finally {
      start.disabled = false;
    }
  }
};

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
  { initializer, shape, dtype, seed, name }: ComparedTensor,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<{ hash: string; size: number }> {
  const { range } = sampler.check(initializer, shape, { dtype, seed, name });
  const total = range.count * (dtype === 'float32' || dtype === 'uint32' ? 4 : 2);
  const hasher = sha256.create();
  let done = 0;
  for await (const chunk of sampler.chunks(initializer, shape, {
    dtype,
    seed,
    name,
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
    element('h3', {}, title),
    element('p', { class: 'hash' }, hash),
    element('p', { class: 'made' }, words),
  );
}
