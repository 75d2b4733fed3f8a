import { oneLine } from '../../src/cli/faults';
import { MACHINE_CASES } from '../../src/verify/machine/cases';
import { type CaseResult, examine } from '../../src/verify/machine/examine';
import { sha256 } from '../../src/verify/machine/sha256';
import { DoesNotFit, WrongValues } from '../throughput/reasons';
import { type CardDescription, type Create, openCard } from './card';
import type { Item } from './items';
import { measureKernel } from './measure_kernel';
import { measureModel } from './measure_model';
import { measureOrthogonal } from './measure_orthogonal';
import { type Row, unmeasured } from './row';
import { settle, type Settling } from './settle';
import { Workplace } from './workplace';

/** The process of the card, on the driver that its environment names: it answers its parent's requests. */
export type CardRequest =
  | { readonly kind: 'open'; readonly adapter: string | undefined }
  | { readonly kind: 'settle'; readonly milliseconds: number }
  /** For the timing, and for all of it. */
  | { readonly kind: 'item'; readonly item: Item; readonly milliseconds: number; readonly left: number };

export type CardReply =
  | { readonly kind: 'opened'; readonly about: CardDescription }
  | { readonly kind: 'settled'; readonly settling: Settling }
  /** With what the contract's examination found, where the item is of that part. */
  | { readonly kind: 'row'; readonly row: Row; readonly result?: CaseResult }
  | { readonly kind: 'fault'; readonly message: string };

let workplace: Workplace | undefined;

async function answer(request: CardRequest): Promise<CardReply> {
  if (request.kind === 'open') {
    const { create, globals } = await dawn();
    Object.assign(globalThis, globals);
    const { card, about } = await openCard(create, request.adapter);
    workplace = new Workplace(card, about.adapter);
    return { kind: 'opened', about: { ...about, description: workplace.sampler.description } };
  }
  if (workplace === undefined) throw new Error('the card is not open');
  if (request.kind === 'settle')
    return { kind: 'settled', settling: await settle(workplace, request.milliseconds) };
  const { item } = request;
  try {
    return { kind: 'row', ...(await measure(workplace, item, request)) };
  } catch (error) {
    const status =
      error instanceof WrongValues ? 'wrong' : error instanceof DoesNotFit ? 'left out' : 'failed';
    return { kind: 'row', row: unmeasured(item, status, oneLine(error)) };
  }
}

/** The package webgpu, whose name bundlers shall not see. */
async function dawn(): Promise<{ create: Create; globals: object }> {
  const name = 'webgpu';
  return (await import(/* @vite-ignore */ name)) as { create: Create; globals: object };
}

async function measure(
  place: Workplace,
  item: Item,
  { milliseconds, left }: { readonly milliseconds: number; readonly left: number },
): Promise<{ readonly row: Row; readonly result?: CaseResult }> {
  switch (item.part) {
    case 'contract':
      return examined(place, item);
    case 'kernels':
    case 'large':
      return { row: rowOf(item, await measureKernel(place, item.kernel, milliseconds, left)) };
    case 'orthogonal':
      return { row: rowOf(item, await measureOrthogonal(place, item.side, milliseconds, left)) };
    case 'models':
      return {
        row: rowOf(
          item,
          await measureModel(place, { source: item.preset, dtype: item.dtype }, milliseconds, left),
        ),
      };
  }
}

function rowOf(
  { part, name }: Item,
  found: Pick<Row, 'verified' | 'speed'> & { readonly note?: string },
): Row {
  return { part, name, status: 'measured', reason: null, note: null, ...found };
}

async function examined(
  { sampler, card }: Workplace,
  item: Item & { readonly part: 'contract' },
): Promise<{ readonly row: Row; readonly result: CaseResult }> {
  for await (const result of examine(sampler, { cases: [MACHINE_CASES[item.index]], hash: sha256 })) {
    card.check();
    const { right, firstWrong } = result;
    const verified = result.sha256 === undefined ? 'the CPU reference' : `SHA-256 ${result.sha256}`;
    const wrong = firstWrong && `element ${firstWrong.element} is ${firstWrong.got}, not ${firstWrong.want}`;
    const row: Row = right
      ? rowOf(item, { verified, speed: null })
      : unmeasured(item, 'wrong', wrong ?? `its checksum is not the contract's: ${verified}`);
    return { row, result };
  }
  throw new Error('the examination gave no result');
}

const reply = (message: CardReply): void => void process.send?.(message);

process.on('disconnect', () => process.exit(1));
process.on('message', async (request: CardRequest) => {
  try {
    reply(await answer(request));
  } catch (error) {
    reply({ kind: 'fault', message: oneLine(error) });
  }
});
