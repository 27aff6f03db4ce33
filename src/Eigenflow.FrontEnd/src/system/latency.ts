// From the event of a control to the painted curve, in milliseconds of the page's clock.

export interface Latency {
  /** From the event to the paint. */
  readonly total: number;
  /** What the server spent on solving and drawing. */
  readonly server: number;
  /** From the request to the read answer, less what the server spent. */
  readonly transport: number;
  /** From the read answer to the paint. */
  readonly paint: number;
}

declare global {
  interface Window {
    eigenflow?: { readonly latencies: Latency[] };
  }
}

const most = 500;
const name = 'eigenflow-curve';

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((first, second) => first - second);
  const middle = sorted.length >> 1;
  return sorted.length === 0 ? NaN : sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

export interface Stopwatch {
  /** When the control told its new value. */
  readonly input: number;
  sent: number;
  answered: number;
  server: number;
}

/** Calls when what was changed now is on the screen. */
export function afterPaint(call: (at: number) => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => call(performance.now());
    port2.postMessage(null);
  });
}

/** Keeps the time of a curve that was painted. */
export function recordPaint(watch: Stopwatch, painted: number): Latency {
  const latency = { total: painted - watch.input, server: watch.server, transport: watch.answered - watch.sent - watch.server, paint: painted - watch.answered };
  performance.measure(name, { start: watch.input, end: painted });
  performance.clearMeasures(name);
  const { latencies } = (window.eigenflow ??= { latencies: [] });
  latencies.push(latency);
  if (latencies.length > most) latencies.shift();
  return latency;
}

/** The last of the painted curves, in words. */
export function latencyWords(count = 20): string {
  const last = (window.eigenflow?.latencies ?? []).slice(-count);
  if (last.length === 0) return '';
  const of = (pick: (latency: Latency) => number): string => `${median(last.map(pick)).toFixed(0)} ms`;
  return `From a control to the painted curve: ${of(({ total }) => total)}, median of the last ${last.length}; solving ${of(({ server }) => server)}, transport ${of(({ transport }) => transport)}, painting ${of(({ paint }) => paint)}.`;
}
