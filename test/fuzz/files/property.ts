import { elementCount } from '../../../src/core/shape';
import { isWellFormed } from '../../../src/core/unicode';
import { parseHeader } from '../../../src/formats/safetensors_header';
import {
  bytesToRead,
  filesBeside,
  type LoadedModel,
  modelFile,
  needsRules,
  parseModel,
  type RuleTable,
} from '../../../src/models';
import { kerasModel, type KerasModel, type KerasWeight } from '../../../src/models/keras';
import { parseRules } from '../../../src/models/rules/rule';
import { checkLine, outcomeOf } from '../outcome';
import type { Property } from '../property';
import { type FileInput, fileInput, pack } from './input';
import type { Packed } from './samples';

const RULES: RuleTable = [
  { pattern: '**', minRank: 2, initializer: 'he_normal', layout: 'torch', optional: true },
  { pattern: '**', initializer: 'zeros', optional: true },
];
/** How much a model may have its user told. */
const MOST_NOTES = 20_000;

/** Every file is a model whose parts fit together, or is refused in one line. */
export function filesProperty(): Property<FileInput> {
  return { name: 'files', inputs: fileInput, check: (input) => checkFile(pack(input)) };
}

/** Reads a file, and everything that follows from it. */
export async function checkFile(packed: Packed): Promise<void> {
  const read = await outcomeOf(() => readModel(packed));
  if (!('value' in read)) return;
  const { value: model } = read;
  checkTensors(model);
  const planned = await outcomeOf(() => modelFile(model, { seed: 1 }));
  if ('value' in planned) checkPlan(planned.value);
  if (model.keras !== undefined) await checkKeras(model.keras);
}

/** Reads a file as the command line does. */
export function readModel({ file, beside, rules }: Packed): LoadedModel {
  const bytes = file.subarray(0, bytesToRead('the file', file.subarray(0, 9), file.length));
  const headers = new Map<string, Uint8Array>();
  for (const name of filesBeside('the file', bytes)) {
    const header = beside.get(name);
    if (header !== undefined)
      headers.set(name, header.subarray(0, bytesToRead(name, header.subarray(0, 9), header.length)));
  }
  const table = rules === undefined ? RULES : parseRules('the rules', rules);
  const options = needsRules('the file', bytes) ? { rules: table } : {};
  return parseModel('the file', bytes, options, headers);
}

function checkTensors({ tensors, notes }: LoadedModel): void {
  const names = new Set<string>();
  for (const { name, shape } of tensors) {
    if (typeof name !== 'string' || !isWellFormed(name)) throw new Error('a name that is no text');
    if (names.has(name)) throw new Error(`two tensors ${JSON.stringify(name)}`);
    names.add(name);
    elementCount(shape);
  }
  const length = notes.join('').length;
  if (length > MOST_NOTES) throw new Error(`notes of ${length} characters`);
}

/** The header of the planned file must be read back as what was planned. */
function checkPlan({ header, tensors, byteLength }: ReturnType<typeof modelFile>): void {
  const again = parseHeader('the planned file', header.subarray(8), byteLength);
  const row = (one: { name: string; shape: readonly number[]; begin: number; end: number }): string =>
    JSON.stringify([one.name, one.shape, one.begin, one.end]);
  const [planned, found] = [tensors.map(row).join(), again.tensors.map(row).join()];
  if (planned !== found) throw new Error(`planned ${planned}, read back ${found}`);
}

/** The model's own JSON, which has no version, must be read back as the same weights under their unique paths. */
async function checkKeras(model: KerasModel): Promise<void> {
  const summary = await outcomeOf(() => model.summary({ printFn: () => {} }));
  if ('refused' in summary) throw new Error(`no summary: ${summary.refused}`);
  const again = await outcomeOf(() => kerasModel(model.toJson()));
  if ('refused' in again) return checkLine(again.refused);
  const row = ({ name, streamName = name, shape }: KerasWeight): string =>
    JSON.stringify([streamName, shape]);
  const [own, read] = [model.weights.map(row).join(), again.value.weights.map(row).join()];
  if (own !== read) throw new Error(`the weights ${own} came back as ${read}`);
}
