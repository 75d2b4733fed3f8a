import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { parseHeader } from '../../src/formats/safetensors_header';
import { Sampler } from '../../src/index';
import { type ModelFile, modelFile } from '../../src/models';
import { expectSameBytes } from '../support/bytes';
import { MIXED } from '../cli/models';
import { describeWhere } from '../harness/describe';
import { type Gallery, openGallery } from './page';
import { Panel } from './panel';

/** As Keras 3.16 writes a model.to_json(), but for keys that no weight depends on. */
const KERAS = JSON.stringify({
  module: 'keras',
  class_name: 'Sequential',
  registered_name: null,
  config: {
    name: 'sequential',
    layers: [
      {
        module: 'keras.layers',
        class_name: 'InputLayer',
        config: { batch_shape: [null, 300], dtype: 'float32', name: 'input_layer' },
        registered_name: null,
      },
      dense('dense', 64, 300, 'GlorotUniform'),
      dense('dense_1', 10, 64, 'HeNormal'),
    ],
  },
});
function dense(name: string, units: number, inputs: number, initializer: string): object {
  const initializerOf = (className: string): object => ({
    module: 'keras.initializers',
    class_name: className,
    config: className === 'Zeros' ? {} : { seed: null },
    registered_name: null,
  });
  const config = {
    name,
    units,
    use_bias: true,
    kernel_initializer: initializerOf(initializer),
    bias_initializer: initializerOf('Zeros'),
  };
  return {
    module: 'keras.layers',
    class_name: 'Dense',
    config,
    registered_name: null,
    build_config: { input_shape: [null, inputs] },
  };
}

/** Long enough for a download to be seen and gone. */
const A_WHILE_MS = 1500;

/** What the file must hold, by the reference on the CPU. */
async function reference(file: ModelFile): Promise<Uint8Array> {
  const sampler = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const parts: Uint8Array[] = [file.header];
  for await (const { bytes } of file.chunks(sampler)) parts.push(bytes.slice());
  return new Uint8Array(Buffer.concat(parts));
}

async function stopDownload(panel: Panel): Promise<void> {
  await panel.text('.model-summary', /^gpt2/);
  await panel.click('Download .safetensors');
  await panel.words(/ of /);
  await panel.click('Stop');
  await panel.words(/^Stopped\.$/);
}

describeWhere('the model panel', () => {
  let gallery: Gallery;
  let panel: Panel;
  let folder: string;
  let downloads: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tensorseed-models-'));
    downloads = mkdtempSync(join(tmpdir(), 'tensorseed-downloads-'));
    gallery = await openGallery('#seed=7', { downloads });
    panel = new Panel(gallery.page, '#model');
    await gallery.page.evaluate(
      () => void delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker,
    );
  });
  afterEach(() => {
    expect(gallery.errors).toEqual([]);
    for (const file of readdirSync(downloads)) rmSync(join(downloads, file));
  });
  afterAll(async () => {
    await gallery?.close();
    for (const one of [folder, downloads]) rmSync(one, { recursive: true, force: true });
  });

  function write(name: string, content: string | Uint8Array): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  async function downloaded(name: string): Promise<Uint8Array> {
    const path = join(downloads, name);
    for (let wait = 0; !existsSync(path) && wait < 200; wait++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return new Uint8Array(readFileSync(path));
  }

  it('reads a Keras model, initializes it on the GPU and draws every layer', async () => {
    await panel.upload(write('net.json', KERAS));
    expect(await panel.text('.model-summary', /^net\.json/)).toBe(
      'net.json has 4 tensors with 19,914 elements: a file of 80.0 kB.',
    );
    expect(await panel.texts('.scroll tbody tr')).toEqual([
      'dense/kernel300 × 6419,200float32GlorotUniform',
      'dense/bias6464float32Zeros',
      'dense_1/kernel64 × 10640float32HeNormal',
      'dense_1/bias1010float32Zeros',
    ]);
    await panel.click('Initialize');
    expect(await panel.words(/^(Initialized|Not|Stopped)/)).toMatch(
      /^Initialized: 79.7 kB on the GPU, every value counted/,
    );

    await gallery.page.$eval('#model .small-charts', (one) => one.scrollIntoView());
    await panel.appears('.layer:nth-child(3) svg');
    const file = modelFile(KERAS, { seed: 7 });
    const bytes = await reference(file);
    for (const [i, name] of ['dense/kernel', 'dense/bias', 'dense_1/kernel'].entries()) {
      const { begin, end } = file.tensors.find((tensor) => tensor.name === name)!;
      const values = new Float32Array(bytes.slice(begin, end).buffer);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const stddev = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      const shown = (await panel.texts(`.layer:nth-child(${i + 1}) .values td`)).map((text) =>
        Number(text.replaceAll('−', '-')),
      );
      expect(Math.abs(shown[0] - mean)).toBeLessThanOrEqual(0.005 * Math.abs(mean));
      expect(Math.abs(shown[1] - stddev)).toBeLessThanOrEqual(0.0005 * stddev);
    }
  });

  it('downloads the file that the reference gives, and says its SHA-256', async () => {
    await panel.upload(write('mixed.json', MIXED));
    await panel.text('.model-summary', /^mixed\.json/);
    await panel.click('Download .safetensors');
    expect(await panel.words(/^(Saved|Not|Stopped)/)).toMatch(/^Saved mixed\.safetensors/);
    const bytes = await downloaded('mixed.safetensors');
    const length = Number(Buffer.from(bytes).readBigUInt64LE());
    const { tensors } = parseHeader('mixed', bytes.subarray(8, 8 + length), bytes.length);
    expect(tensors.map(({ name }) => name)).toEqual([
      'dense/bias',
      'dense/kernel',
      'none',
      'q',
      'words',
      'half',
    ]);
    const expected = await reference(modelFile(MIXED, { seed: 7 }));
    // Orthogonals agree within a bound only; everything else bit for bit.
    const q = tensors.find(({ name }) => name === 'q')!;
    for (const one of [bytes, expected]) one.fill(0, q.begin, q.end);
    const shown = await panel.text('.digest', /[0-9a-f]{64}$/);
    expectSameBytes(bytes, expected);
    expect(shown).toBe(
      `SHA-256 ${createHash('sha256')
        .update(readFileSync(join(downloads, 'mixed.safetensors')))
        .digest('hex')}`,
    );
  });

  it('leaves nothing of a download that is stopped', async () => {
    await panel.select('model', 'gpt2');
    await stopDownload(panel);
    await new Promise((resolve) => setTimeout(resolve, A_WHILE_MS));
    expect(readdirSync(downloads)).toEqual([]);
  });

  it('reads of a large checkpoint the header alone, and chooses the rules that know its names', async () => {
    const { header, byteLength } = modelFile('gpt2', { seed: 0 });
    const path = write('big.safetensors', header);
    truncateSync(path, byteLength); // as long as the real one, and empty
    await panel.upload(path);
    expect(await panel.text('.model-summary', /^big/)).toMatch(
      /^big\.safetensors has 148 tensors with 124,439,808 elements/,
    );
    expect(await panel.texts('.field:not([hidden]) label')).toContain('rules');
    expect(await panel.texts('.pager-words')).toEqual(['1 to 24 of 148']);
    await panel.click('Next');
    expect(await panel.texts('.pager-words')).toEqual(['25 to 48 of 148']);
    await panel.select('find a tensor', 'c_fc.weight');
    expect((await panel.texts('.scroll tbody td:first-child')).slice(0, 2)).toEqual([
      'h.0.mlp.c_fc.weight',
      'h.1.mlp.c_fc.weight',
    ]);
    await panel.upload(write('head.safetensors', header));
    expect(await panel.text('.model-summary', /^head/)).toMatch(/148 tensors/);
  });

  it('takes an index with the files that it names, dropped together, and says which is missing', async () => {
    const shard = modelFile(
      { tensors: [{ name: 'layer.weight', shape: [4, 2], initializer: 'zeros' }] },
      { seed: 0 },
    ).header;
    const index = JSON.stringify({ weight_map: { 'layer.weight': 'a-00001-of-00001.safetensors' } });
    const drop = (names: string[]): Promise<void> =>
      gallery.page.evaluate(
        (names, index, shard) => {
          const data = new DataTransfer();
          for (const name of names)
            data.items.add(new File([name.endsWith('json') ? index : Uint8Array.from(shard)], name));
          document
            .querySelector('#model .drop')!
            .dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        },
        names,
        index,
        [...shard],
      );
    await drop(['model.safetensors.index.json']);
    expect(await panel.text('.fault:not([hidden])', /index/)).toContain(
      'Missing: a-00001-of-00001.safetensors',
    );
    await drop(['model.safetensors.index.json', 'a-00001-of-00001.safetensors']);
    expect(await panel.text('.model-summary', /index/)).toMatch(
      /^model\.safetensors\.index\.json has 1 tensor with 8 elements: /,
    );
  });

  it('says in one line what is wrong with a file or a seed, and keeps the model', async () => {
    await panel.upload(write('net.json', KERAS));
    await panel.text('.model-summary', /^net\.json/);
    await panel.upload(write('wrong.txt', 'hello'));
    expect(await panel.text('.fault:not([hidden])', /./)).toBe(
      'wrong.txt is no valid JSON: expected a value at character 0, found "hello"',
    );
    expect(await panel.texts('.model-summary')).toEqual([
      'net.json has 4 tensors with 19,914 elements: a file of 80.0 kB.',
    ]);
    await panel.select('seed', '18446744073709551616');
    expect(await panel.text('.field-error:not([hidden])', /./)).toContain('18446744073709551616');
    await panel.select('seed', '7');
  });

  it('says that the device was lost, and goes on with the next', async () => {
    await panel.select('model', 'gpt2');
    await panel.click('Initialize');
    await panel.words(/ of /);
    await gallery.page.evaluate(() => window.devices.at(-1)!.destroy());
    expect(await panel.words(/^(Initialized|Not|Stopped)/)).toBe('Not finished.');
    expect(await panel.text('.fault:not([hidden])', /./)).toMatch(/lost/);
    await gallery.page.waitForFunction(
      () => !document.querySelector<HTMLOptionElement>('#model option[value=gpu]')!.disabled,
    );
    await panel.upload(write('net.json', KERAS));
    await panel.text('.model-summary', /^net\.json/);
    await panel.click('Initialize');
    expect(await panel.words(/^(Initialized|Not|Stopped)/)).toMatch(/on the GPU/);
  });
});

describeWhere('where the browser lets a page write a file', () => {
  let gallery: Gallery;
  let panel: Panel;

  beforeAll(async () => {
    gallery = await openGallery('#seed=7', { from: 'server' });
    panel = new Panel(gallery.page, '#model');
    // Without its dialogue: any name, in the page's own storage. Firefox, which has no such dialogue, lacks `remove`.
    await gallery.page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      Object.assign(window, {
        async showSaveFilePicker({ suggestedName }: { suggestedName: string }) {
          const handle = await root.getFileHandle(suggestedName, { create: true });
          if (!('remove' in handle)) Object.assign(handle, { remove: () => root.removeEntry(suggestedName) });
          return handle;
        },
      });
    });
  });
  afterAll(() => gallery?.close());

  it('streams into the place that the visitor picks', async () => {
    await gallery.page.evaluate(
      (name, text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], name));
        document
          .querySelector('#model .drop')!
          .dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      'net.json',
      KERAS,
    );
    await panel.text('.model-summary', /^net\.json/);
    await panel.click('Download .safetensors');
    await panel.words(/^Saved net\.safetensors/);
    const bytes = await gallery.page.evaluate(async () => {
      const file = await (
        await (await navigator.storage.getDirectory()).getFileHandle('net.safetensors')
      ).getFile();
      return [...new Uint8Array(await file.arrayBuffer())];
    });
    expectSameBytes(Uint8Array.from(bytes), await reference(modelFile(KERAS, { seed: 7 })));
  });

  it('leaves nothing there of a download that is stopped', async () => {
    await panel.select('model', 'gpt2');
    await stopDownload(panel);
    const names = await gallery.page.evaluate(async () => {
      const names: string[] = [];
      for await (const name of (
        (await navigator.storage.getDirectory()) as unknown as { keys(): AsyncIterable<string> }
      ).keys())
        names.push(name);
      return names;
    });
    expect(names).toEqual(['net.safetensors']);
    expect(gallery.errors).toEqual([]);
  });
});
