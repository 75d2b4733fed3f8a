/** Under what conditions the results arose. */
export interface Setting {
  readonly date: string;
  readonly commit: string;
  readonly node: string;
  readonly backend: string;
  readonly description: string;
  readonly seed: string;
  /** The shape of every tensor. */
  readonly rows: number;
  readonly columns: number;
  readonly seconds: number;
}
