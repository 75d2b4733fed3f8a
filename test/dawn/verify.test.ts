import { expect, it } from 'vitest';
import { DeviceError, Sampler } from '../../src/index';
import { CHECKSUMMED } from '../../src/verify/checksums';
import { MACHINE_CASES, type MachineCase } from '../../src/verify/machine/cases';
import { type CaseResult, examine } from '../../src/verify/machine/examine';
import { examineMachine } from '../../src/verify/machine/examine_machine';
import type { Examined } from '../../src/verify/machine/fills';
import { readReport } from '../../src/verify/machine/read_report';
import { sha256 } from '../../src/verify/machine/sha256';
import { describeDawn } from '../harness/describe';
import { FaultyDevice } from '../support/faulty_device';
import { smallCases } from '../verify/machine/small_cases';

const HOST = {
  version: '0.0.0',
  runtime: { name: 'Node', version: process.versions.node },
  platform: { system: 'a system', architecture: '' },
};

async function all(sampler: Examined, given?: readonly MachineCase[]): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const cases = given ?? (await smallCases(2 ** 16));
  for await (const one of examine(sampler, { cases, hash: sha256 })) results.push(one);
  return results;
}

describeDawn('the examination of a machine', (runner) => {
  it('finds this driver right, with every check, and times it', async () => {
    const results = await all(Sampler.on(runner().device));
    expect(results.map(({ right, firstWrong }) => [right, firstWrong])).toEqual(
      results.map(() => [true, undefined]),
    );
    for (const { of, times } of results)
      if (of.draw.kind !== 'orthogonal') expect(times!.fill.wall).toBeGreaterThan(0);
  });

  it('opens a device with timestamp queries, and says what it is', async () => {
    const opened: string[] = [];
    const cases = await smallCases(2 ** 16);
    const report = await examineMachine({
      backend: 'gpu',
      host: HOST,
      cases,
      onOpen: (description) => opened.push(description),
    });
    expect(report).toMatchObject({ right: true, backend: 'gpu', adapter: { software: true } });
    expect(report.clock).toBe('timestamp queries');
    expect(report.results.filter(({ seconds }) => seconds! > 0)).toHaveLength(4);
    expect(opened).toEqual([report.description]);
    expect(readReport(JSON.parse(JSON.stringify(report)), cases)).toEqual(report);
  });

  it('agrees with the contract in one whole checksum of each dtype', async () => {
    const whole = MACHINE_CASES.filter(
      ({ draw, sha256 }) => sha256 !== undefined && (draw.kind === 'bits' || draw.kind === 'uniform'),
    ).slice(0, 4);
    expect(whole.map(({ sha256 }) => sha256)).toEqual(CHECKSUMMED.slice(0, 4).map(({ sha256 }) => sha256));
    const report = await examineMachine({ backend: 'gpu', host: HOST, cases: whole });
    expect(report.results.map(({ dtype, right }) => [dtype, right])).toEqual(
      ['uint32', 'float32', 'float16', 'bfloat16'].map((dtype) => [dtype, true]),
    );
  });

  it('finds a kernel out that draws from another seed', async () => {
    const sampler = Sampler.on(runner().device);
    const results = await all({
      backend: 'gpu',
      device: sampler.device,
      fill: (...args) => sampler.fill(...args),
      prepare: (initializer, shape, options) => sampler.prepare(initializer, shape, { ...options, seed: 43 }),
    });
    expect(results.map(({ of, right }) => [of.draw.kind, right])).toEqual([
      ['bits', false],
      ['normal', false],
      ['truncated_normal', false],
      ['eye', true], // It draws nothing.
      ['orthogonal', false],
    ]);
    expect(results[0].firstWrong?.element).toBe(0);
  });

  it('works without timestamp queries', async () => {
    const device = await (await runner().gpu.requestAdapter())!.requestDevice();
    const results = await all(Sampler.on(device));
    expect(results.every(({ right, times }) => right && times?.fill.gpu === undefined)).toBe(true);
    device.destroy();
  });

  it('ends with the loss of the device, and leaves no buffer', async () => {
    const adapter = (await runner().gpu.requestAdapter())!;
    const device = await adapter.requestDevice({ requiredFeatures: ['timestamp-query'] });
    const [bits, , , , orthogonal] = await smallCases(2 ** 8);
    for (let at = 1; at < 60; at += 2) {
      const faulty = new FaultyDevice(device, 'loses the device', at);
      const sampler = Sampler.on(faulty.device);
      await expect(all(sampler, [bits, orthogonal]), `at call ${at}`).rejects.toThrow(DeviceError);
      expect(faulty.alive.size, `after a loss at call ${at}`).toBe(0);
    }
    device.destroy();
  });
});
