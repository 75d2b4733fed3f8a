interface Destroyable {
  destroy(): void;
}

/** GPU objects that are made together and destroyed together, also where only some of them could be made. */
export class Owned {
  private readonly made: Destroyable[] = [];

  add<T extends Destroyable>(made: T): T {
    this.made.push(made);
    return made;
  }

  destroy(): void {
    for (const each of this.made.splice(0)) each.destroy();
  }
}
