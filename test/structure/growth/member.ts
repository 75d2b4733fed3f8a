/** A new member of one of the lists in CONTRIBUTING.md, as somebody would add it. */
export interface Member {
  /** The heading of its list. */
  readonly heading: string;
  /** What stands for the list's `<name>`, `<group>` and so on. */
  readonly names: Readonly<Record<string, string>>;
  /** New files, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines that are put behind the first line that contains a text, by path. */
  readonly lines: Readonly<Record<string, readonly (readonly [after: string, lines: string])[]>>;
  /** Items of the list that this member has no use for, and why. */
  readonly unused?: Readonly<Record<string, string>>;
}
