/** What an address asks for: `#/systems/phase-retrieval?exponent=2` is the path `systems/phase-retrieval` with the query `exponent=2`. */
export interface Route {
  readonly path: string;
  /** Behind the question mark, as it stands there; empty where there is none. */
  readonly query: string;
}
