// What a system view shows, whole: it can be written into an address and read back. Immutable.

export type Setting = Readonly<Record<string, string>>;

/** A curve: a method with what differs from the defaults. */
export interface RunState {
  readonly method: string;
  readonly setting: Setting;
}

export interface PanelView {
  /** What was chosen in place of the scale that the figure has. */
  readonly xScale?: 'log' | 'linear';
  readonly yScale?: 'log' | 'linear';
  /** The part that is zoomed to, in data units. */
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
  /** The window of a fitted slope, in data units of x. */
  readonly window?: readonly [number, number];
}

/** A map over two parameters in place of the curves. */
export interface MapState {
  readonly x: string;
  readonly y: string;
  /** What is drawn: `event:escape`, `common:loss` (where the first curve ends), `last:loss` (where each ends), `number:…`, or `auto:loss`, which the server chooses. */
  readonly quantity: string;
}

export interface SystemState {
  readonly system: string;
  /** The theory methods whose curves follow the sliders, in the order of the system's table. */
  readonly methods: readonly string[];
  /** What was set, as it was typed; what is absent has its default. */
  readonly setting: Setting;
  readonly pins: readonly RunState[];
  /** By the index of the panel. */
  readonly panels: Readonly<Record<number, PanelView>>;
  /** Names of controls that are not shown, so that a teacher can send a reduced page. */
  readonly hidden: readonly string[];
  /** The room beside the figure that is open; absent for the first. */
  readonly room?: string;
  readonly map?: MapState;
  /** What rooms keep in the address, by names with a dot, such as `sim.method`. */
  readonly more: Readonly<Record<string, string>>;
}
