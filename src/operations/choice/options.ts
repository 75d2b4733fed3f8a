import { count as checkCount, trueOrFalse } from '../../core/check';
import type { Key } from '../../streams/key';
import { keyOf, type KeyOptions } from '../key';
import { type Population, populationOf } from './population';

/** A choice, checked. */
export interface Choice {
  readonly key: Key;
  readonly population: Population;
  readonly count: number;
  readonly replacement: boolean;
  readonly byteOffset: number;
}

/** The options of a choice as they are given. */
export interface Given extends KeyOptions {
  readonly replacement?: boolean;
  readonly buffer?: unknown;
  readonly byteOffset?: number;
}

/** @throws ArgumentError for the first argument that cannot be right */
export function checkChoice(population: unknown, count: unknown, given: Given): Choice {
  return {
    key: keyOf(given),
    population: populationOf(population),
    count: checkCount('count', count),
    replacement: given.replacement === undefined ? true : trueOrFalse('replacement', given.replacement),
    byteOffset: given.byteOffset === undefined ? 0 : checkCount('byteOffset', given.byteOffset),
  };
}
