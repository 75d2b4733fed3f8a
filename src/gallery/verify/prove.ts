import { sha256 as hasher } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { examineMachine } from '../../verify/machine/examine_machine';
import { MACHINE_CASES } from '../../verify/machine/cases';
import { type Hash, sha256 } from '../../verify/machine/sha256';
import { drawText } from '../../verify/machine/words';
import { button } from '../controls';
import { element, fill, isAbort, messageOf } from '../dom';
import { nextTask } from '../next_task';
import type { Machine } from '../panel';
import { Progress } from '../progress';
import { hostHere } from './host';
import { ownReport } from './own_report';

declare const __VERSION__: string;

/** The button that proves this machine, and what it found out. */
export function prove(machine: Machine): HTMLElement[] {
  const progress = new Progress('Proving this machine');
  const place = element('div', { class: 'report' });
  const start = button('Prove this machine', () => void run(), 'primary');
  return [
    element(
      'p',
      { class: 'about' },
      'Computes every draw in every dtype, 16,777,216 elements each, and compares the SHA-256 of the bytes with the ' +
        'contract’s, or where it has none every element with the CPU reference. Each kernel is timed beside a ' +
        'constant fill of as many bytes. Without a GPU the CPU path is proven. Nothing is sent anywhere.',
    ),
    element('div', { class: 'row' }, start),
    progress.root,
    place,
  ];

  async function run(): Promise<void> {
    const signal = progress.begin('Starting …');
    start.disabled = true;
    fill(place);
    let right = 0;
    let done = 0;
    try {
      const report = await examineMachine({
        backend: machine.gpu === undefined ? 'cpu' : 'gpu',
        host: { version: __VERSION__, ...(await hostHere()) },
        hash,
        signal,
        onProgress: (share, { draw, dtype }) =>
          progress.report(
            share,
            `${done} of ${MACHINE_CASES.length} done, ${right} right; ${drawText(draw)}, ${dtype}`,
          ),
        onResult(result) {
          done++;
          if (result.right) right++;
        },
      });
      fill(place, await ownReport(report));
      progress.end(`Done in ${report.seconds.toFixed(1)} s.`);
    } catch (error) {
      if (!isAbort(error)) fill(place, element('p', { class: 'fault', role: 'alert' }, messageOf(error)));
      progress.end(isAbort(error) ? `Stopped after ${done} of ${MACHINE_CASES.length}.` : 'Not finished.');
    } finally {
      start.disabled = false;
    }
  }
}

/** The bytes that are hashed before the page reacts to the visitor. */
const PIECE_BYTES = 2 ** 20;

/** By the browser where it does, which is on secure pages only. */
const hash: Hash = async (bytes) => {
  if (crypto.subtle !== undefined) return sha256(bytes);
  const state = hasher.create();
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    state.update(bytes.subarray(at, at + PIECE_BYTES));
    await nextTask();
  }
  return bytesToHex(state.digest());
};
