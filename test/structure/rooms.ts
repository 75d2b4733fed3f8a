import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../docs/programs';

/** A room of docs/architecture.md's table. */
export interface Room {
  readonly name: string;
  /** The rooms that it imports from. */
  readonly imports: readonly string[];
}

const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');

/** The rooms of the table in docs/architecture.md, from top to bottom. */
export function documentedRooms(): Room[] {
  const [, table] = page.split(/^\| room .*\n\| -.*\n/m);
  return table
    .slice(0, table.search(/^(?!\|)/m))
    .trim()
    .split('\n')
    .map((row) => {
      const cells = row.split('|').map((cell) => cell.trim());
      const names = (cell: string): string[] => Array.from(cell.matchAll(/`([^`]*)`/g), ([, name]) => name);
      return { name: names(cells[1])[0], imports: names(cells[3]) };
    });
}

/** The floors of the picture in docs/architecture.md, from top to bottom. */
export function documentedFloors(): string[][] {
  const lines = Array.from(page.matchAll(/^ *\d+ {2}(.*)$/gm), ([, names]) => names);
  return lines.map((names) => names.split(/ +/));
}

/** The rooms that do not lie in src. */
export const BESIDE_SRC = ['examples', 'bench', 'shaders', 'tools', 'vite.config.ts'];

/** The room that a file of the checkout is in; undefined for one that is in none, such as package.json. */
export function roomOf(file: string, rooms: readonly Room[]): string | undefined {
  const parts = file.split('/');
  const name = parts[0] === 'src' ? parts[1] : parts[0];
  const isInPlace = BESIDE_SRC.includes(name) === (parts[0] !== 'src');
  return isInPlace && rooms.some((room) => room.name === name) ? name : undefined;
}
