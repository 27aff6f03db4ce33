import type { RunAnswer, SystemTables } from '../api/contracts';
import type { Figure } from '../chart/figure';
import type { Store } from '../state/store';
import type { SystemState } from '../state/system-state';

/** What the last drawing showed. */
export interface Shown {
  readonly figure: Figure;
  /** The curves that follow the sliders first, then those that are pinned, then simulations. */
  readonly runs: readonly RunAnswer[];
  /** Whether newer curves are on their way. */
  readonly isStale: boolean;
  /** Where the setting of the controls is refused: what is shown is that of this one, in words; empty where it has no short name. */
  readonly staying?: string;
}

/** What the rooms of a system view share. */
export interface SystemContext {
  readonly system: SystemTables;
  /** What is shown; setting it changes the page, the address and the figure. */
  readonly state: Store<SystemState>;
  readonly shown: Store<Shown | null>;
  /** The map that stands in place of the curves, as far as it has come; null where there is none. */
  readonly map: Store<Figure | null>;
  /** Runs of simulations that are drawn with the theory, as the room of simulations has them; setting them draws anew, also where they only have more points. */
  readonly simulations: Store<readonly SimulationCurve[]>;
  /** Says a sentence to readers of the screen, politely; the last of several wins. */
  announce(sentence: string): void;
  /** The address of what is shown, from the hash on. */
  address(): string;
}

/** A simulation that is drawn: the server keeps its points under its run until they are replaced. */
export interface SimulationCurve {
  readonly method: string;
  readonly setting: Readonly<Record<string, string>>;
  readonly isRunning: boolean;
}

/** A room of the system view beside the figure: predictions, claims, simulation, share. */
export interface SystemPanel {
  readonly id: string;
  readonly title: string;
  /** Fills a host; gives what ends it. */
  mount(host: HTMLElement, context: SystemContext): () => void;
}
