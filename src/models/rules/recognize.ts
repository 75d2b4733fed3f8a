import { ArgumentError, show } from '../../core/errors';
import { orKnown } from '../../core/nearest';
import type { Checkpoint } from './checkpoint';
import type { Table } from './table';
import { AUTO, RULE_TABLES, TABLES } from './tables';

/** The table of a family, and what shows it. */
export interface Recognized {
  readonly table: Table;
  /** The end of a sentence: `config.json says model_type "gemma"`. */
  readonly reason: string;
}

/** The table whose family a model is of, by its config.json or else by the names of its tensors. */
export function recognized(checkpoint: Checkpoint): Recognized | undefined {
  const { type } = checkpoint.config;
  const said = type && TABLES.find(({ types }) => types.includes(type.value));
  if (said !== undefined)
    return { table: said, reason: `config.json says ${type!.key} ${show(type!.value)}` };
  return byNames(checkpoint);
}

function byNames(checkpoint: Checkpoint): Recognized | undefined {
  const table = TABLES.find((one) => hasMarkers(one, checkpoint));
  return table && { table, reason: `there are names such as ${show(checkpoint.find(table.markers[0]))}` };
}

/** Whether names are those of a table's family. */
function hasMarkers({ markers, without = [] }: Table, checkpoint: Checkpoint): boolean {
  return (
    markers.length > 0 &&
    markers.every((marker) => checkpoint.has(marker)) &&
    !without.some((marker) => checkpoint.has(marker))
  );
}

/**
 * The table that a name stands for.
 * @param name that of a published table, or 'auto' for the one of the model's family
 * @param notes gets what was found
 * @throws ArgumentError where there is none, or it is for another family than the model's
 */
export function tableOf(name: string, checkpoint: Checkpoint, notes: string[]): Table {
  if (name === AUTO) return automatic(checkpoint, notes);
  const table = TABLES.find((one) => one.name === name);
  if (table === undefined)
    throw new ArgumentError(`unknown rules ${show(name)}${orKnown(name, [...RULE_TABLES, AUTO], 'known')}`);
  if (table.types.length === 0) return table;
  const { type } = checkpoint.config;
  if (type !== undefined && table.types.includes(type.value)) return table;
  const other = recognized(checkpoint);
  if (other !== undefined && other.table !== table && (type !== undefined || !hasMarkers(table, checkpoint)))
    throw new ArgumentError(
      `the rules ${name} are not for this model, since ${other.reason}: give the rules ${other.table.name}`,
    );
  if (type !== undefined)
    notes.push(
      `config.json says ${type.key} ${show(type.value)}, which no table knows; ${name} was asked for`,
    );
  return table;
}

function automatic(checkpoint: Checkpoint, notes: string[]): Table {
  const found = recognized(checkpoint);
  const { exists, type } = checkpoint.config;
  if (type !== undefined && (found === undefined || !found.table.types.includes(type.value))) {
    const alike =
      found === undefined
        ? ''
        : `${found.table.name}, whose names it has, if it is initialized as that is; or `;
    throw new ArgumentError(
      `no table of rules is for ${type.key} ${show(type.value)}: give the rules ${alike}${OTHERS}`,
    );
  }
  if (found === undefined)
    throw new ArgumentError(
      `no table of rules is for these names: give ${exists ? '' : 'the config.json of the model, '}${OTHERS}`,
    );
  notes.push(`rules ${found.table.name}, since ${found.reason}`);
  return found.table;
}

const OTHERS = `rules of your own, or one of ${RULE_TABLES.join(', ')}`;
