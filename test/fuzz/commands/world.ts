import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHeader } from '../../../src/formats/safetensors_header';
import { type Packed, SAMPLES } from '../files/samples';
import { textOf } from '../files/tree';

/** The inputs, below `in`. Most hold what their names say. */
export const INPUTS = [
  ['model.json', 'keras2.json', 'model.keras', 'model.safetensors', 'rules.json', 'index.json'],
  ['empty', 'zeros', 'cut.safetensors', 'folder', 'missing', 'link', 'loop', 'dangling', 'fifo'],
  ['dev-zero', 'dev-null', 'fifo-index.json', 'up-index.json', 'missing-index.json', 'empty-index.json'],
  ['huge.json', 'mutated', 'model.json/below', 'no\u001b[31m-red'],
].flat();

/** The outputs, below `out`, some of which are there before. */
export const OUTPUTS = [
  ['new.safetensors', 'new.bin', 'new.npy', 'deep/er/new.safetensors', 'new.txt', 'new', '.safetensors'],
  ['there.safetensors', 'folder.safetensors', 'dangling.safetensors', 'loop.safetensors'],
  ['fifo.safetensors', 'null.safetensors', 'there.safetensors/below.safetensors', 'line\nbreak.bin'],
].flat();

const THERE = new TextEncoder().encode('this was there before');

/** A folder with files of all kinds, and a folder for what a command writes. */
export class World {
  readonly folder = mkdtempSync(join(tmpdir(), 'tensorseed-fuzz-'));
  private readonly inputs: ReadonlyMap<string, string>;
  private outputs: ReadonlyMap<string, string> = new Map();

  constructor() {
    mkdirSync(join(this.folder, 'in'));
    for (const [name, sample] of [
      ['model.json', 'model.json'],
      ['keras2.json', 'the JSON of Keras 2'],
      ['model.keras', 'model.keras'],
      ['model.safetensors', 'model.safetensors'],
      ['index.json', 'model.safetensors.index.json'],
    ]) {
      const { documents, pack } = SAMPLES.find((one) => one.name === sample)!;
      const packed = pack(documents.map((tree) => new TextEncoder().encode(textOf(tree))));
      this.write(name, packed.file);
      for (const [beside, bytes] of packed.beside) this.write(beside, bytes);
    }
    this.write('rules.json', '[{"pattern":"**","initializer":"zeros"}]');
    this.write('huge.json', `{"tensors":[{"name":"w","shape":[${2 ** 45}],"initializer":"he_normal"}]}`);
    this.write('empty', '');
    this.write('zeros', new Uint8Array(100));
    this.write('cut.safetensors', readFileSync(this.path('in/model.safetensors')).subarray(0, 200));
    mkdirSync(this.path('in/folder'));
    symlinkSync('model.json', this.path('in/link'));
    symlinkSync('loop', this.path('in/loop'));
    symlinkSync('missing', this.path('in/dangling'));
    symlinkSync('/dev/zero', this.path('in/dev-zero'));
    symlinkSync('/dev/null', this.path('in/dev-null'));
    if (spawnSync('mkfifo', [this.path('in/fifo')]).status !== 0) this.write('fifo', '');
    linkSync(this.path('in/fifo'), this.path('in/fifo.safetensors'));
    this.index('fifo-index.json', 'fifo.safetensors');
    this.index('up-index.json', '../model.safetensors');
    this.index('missing-index.json', 'missing.safetensors');
    this.write('empty-index.json', '{"weight_map":{}}');
    this.inputs = this.states('in');
  }

  /** Makes the folder of outputs as it is before each command. */
  reset(mutated: Packed | undefined): void {
    rmSync(this.path('out'), { recursive: true, force: true });
    mkdirSync(this.path('out/folder.safetensors'), { recursive: true });
    writeFileSync(this.path('out/there.safetensors'), THERE);
    symlinkSync('missing', this.path('out/dangling.safetensors'));
    symlinkSync('loop.safetensors', this.path('out/loop.safetensors'));
    symlinkSync('/dev/null', this.path('out/null.safetensors'));
    linkSync(this.path('in/fifo'), this.path('out/fifo.safetensors'));
    // The mutated files lie in a folder of their own, because they may have any names.
    rmSync(this.path('mutated'), { recursive: true, force: true });
    mkdirSync(this.path('mutated'));
    if (mutated !== undefined) {
      writeFileSync(this.path('mutated/file'), mutated.file);
      for (const [name, bytes] of mutated.beside) writeFileSync(this.path(join('mutated', name)), bytes);
    }
    this.outputs = this.states('out');
  }

  /** A word of a command line, in which @ stands for the folder. */
  word(word: string): string {
    return word.replaceAll('@in/mutated', this.path('mutated/file')).replaceAll('@', `${this.folder}/`);
  }

  /**
   * Checks what a command has left behind.
   * @param failed whether it said that it did not do what it was asked for
   * @param mayReplace whether it was told to replace what is there
   */
  check(failed: boolean, mayReplace: boolean): void {
    const changedInput = changed(this.inputs, this.states('in'));
    if (changedInput.length > 0) throw new Error(`the input ${changedInput.join()} was changed`);
    const now = this.states('out');
    const touched = changed(this.outputs, now);
    if (touched.length > 0 && (failed || !mayReplace))
      throw new Error(`${touched.join()} was there before, and was changed`);
    for (const path of now.keys()) {
      if (path.includes('.tensorseed-')) throw new Error(`the temporary file ${path} was left`);
      if (this.outputs.has(path) && !touched.includes(path)) continue;
      if (failed && lstatSync(this.path(path)).isFile()) throw new Error(`failed, but wrote ${path}`);
      this.checkFile(path);
    }
  }

  /** Lets go whoever waits for the other end of the FIFO. */
  releaseFifo(): void {
    closeSync(openSync(this.path('in/fifo'), constants.O_RDWR | constants.O_NONBLOCK));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  private write(name: string, content: string | Uint8Array): void {
    writeFileSync(this.path(join('in', name)), content);
  }

  private index(name: string, shard: string): void {
    this.write(name, JSON.stringify({ weight_map: { 'fc.weight': shard } }));
  }

  /** What each file below a folder is; files that are replaced or written to are others afterwards. */
  private states(folder: string): Map<string, string> {
    const states = new Map<string, string>();
    for (const path of readdirSync(this.path(folder), { recursive: true }) as string[]) {
      const { ino, mode, size, mtimeMs } = lstatSync(this.path(join(folder, path)));
      // A folder changes where something in it does, and a FIFO is there as often as it is linked.
      const isFile = (mode & 0o170_000) === 0o100_000;
      states.set(join(folder, path), `${ino} ${mode}${isFile ? ` ${size} ${mtimeMs}` : ''}`);
    }
    return states;
  }

  private checkFile(path: string): void {
    const full = this.path(path);
    if (!lstatSync(full).isFile() || !existsSync(full)) return;
    const bytes = readFileSync(full);
    if (path.endsWith('.json')) JSON.parse(bytes.toString());
    else if (path.endsWith('.npy')) {
      if (!bytes.subarray(1).toString('latin1').startsWith('NUMPY')) throw new Error(`${path} is no .npy`);
    } else if (path.endsWith('.safetensors')) {
      const length = Number(bytes.readBigUInt64LE(0));
      parseHeader(path, new Uint8Array(bytes.subarray(8, 8 + length)), bytes.length);
    }
  }
}

function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...before].filter(([path, state]) => after.get(path) !== state).map(([path]) => path);
}
