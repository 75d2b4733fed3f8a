import { describe, expect, it } from 'vitest';
import { importsOf, sourceFiles } from './imports';
import { documentedFloors, documentedRooms, BESIDE_SRC, roomOf } from './rooms';

const files = sourceFiles();
const imports = importsOf(files);
const rooms = documentedRooms();
const names = rooms.map(({ name }) => name);
const MOST_ARROWS = 87;

/** Files that lie in no room, and the rooms that may import them. */
const IN_NO_ROOM = [
  'cli -> package.json',
  'vite.config.ts -> package.json',
  'vite.config.ts -> test/harness/projects.ts',
];

/** The imports that leave their room. */
const leaving = imports
  .map((one) => ({ ...one, fromRoom: roomOf(one.from, rooms), toRoom: roomOf(one.to, rooms) }))
  .filter(({ fromRoom, toRoom }) => fromRoom !== toRoom);

const inWords = ({ from, specifier }: { from: string; specifier: string }): string =>
  `${from} imports '${specifier}'`;

describe('the rooms of docs/architecture.md', () => {
  it('are the folders and files of src, and those beside it that import from it', () => {
    const inSources = new Set(
      files.filter((file) => file.startsWith('src/')).map((file) => file.split('/')[1]),
    );
    expect([...inSources, ...BESIDE_SRC].sort()).toEqual([...names].sort());
    expect(files.filter((file) => roomOf(file, rooms) === undefined)).toEqual([]);
  });

  it('import from lower rooms only', () => {
    const upward = leaving.filter(
      ({ fromRoom, toRoom }) => toRoom !== undefined && names.indexOf(toRoom) < names.indexOf(fromRoom!),
    );
    expect(upward.map(inWords)).toEqual([]);
  });

  it('import what the table says, and all of it', () => {
    const documented = new Set(
      rooms.flatMap((room) => room.imports.map((other) => `${room.name} -> ${other}`)),
    );
    const arrow = ({ fromRoom, toRoom }: (typeof leaving)[number]): string => `${fromRoom} -> ${toRoom}`;
    const between = leaving.filter(({ toRoom }) => toRoom !== undefined);
    const unknown = between.filter((one) => !documented.has(arrow(one)));
    expect(unknown.map((one) => `${inWords(one)}, but the table has no ${arrow(one)}`)).toEqual([]);
    const found = new Set(between.map(arrow));
    expect([...documented].filter((one) => !found.has(one))).toEqual([]);
    expect(found.size).toBeLessThanOrEqual(MOST_ARROWS);
  });

  it('import nothing from outside of the rooms but what is named here', () => {
    const outside = leaving.filter(
      ({ fromRoom, toRoom, to }) => toRoom === undefined && !IN_NO_ROOM.includes(`${fromRoom} -> ${to}`),
    );
    expect(outside.map(inWords)).toEqual([]);
  });

  it('stand on the floors of the picture, each above all that it imports', () => {
    const floors = documentedFloors();
    expect(floors.flat().sort()).toEqual([...names].sort());
    const floorOf = (name: string): number => floors.findIndex((floor) => floor.includes(name));
    const wrong = rooms.flatMap(({ name, imports }) =>
      imports.filter((other) => floorOf(other) <= floorOf(name)).map((other) => `${name} -> ${other}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('imports between files', () => {
  it('form no circle', () => {
    const importedBy = new Map<string, string[]>();
    for (const { from, to } of imports) importedBy.set(from, [...(importedBy.get(from) ?? []), to]);
    const done = new Set<string>();
    const circles: string[] = [];
    const path: string[] = [];
    function visit(file: string): void {
      const at = path.indexOf(file);
      if (at >= 0) circles.push([...path.slice(at), file].join(' imports '));
      if (at >= 0 || done.has(file)) return;
      path.push(file);
      for (const to of importedBy.get(file) ?? []) visit(to);
      path.pop();
      done.add(file);
    }
    for (const file of importedBy.keys()) visit(file);
    expect(circles).toEqual([]);
  });
});
