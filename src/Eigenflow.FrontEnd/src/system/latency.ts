// From the event of a control to the painted curve, in milliseconds of the page's clock.

export interface Latency {
  /** From the event to the paint. */
  readonly total: number;
  /** What the server spent on solving and drawing. */
  readonly server: number;
  /** From the request on the wire to the last byte of its answer, less what the server spent. */
  readonly transport: number;
  /** The rest: what the page did itself before it asked and after the answer was there. */
  readonly page: number;
}

declare global {
  interface Window {
    eigenflow?: { readonly latencies: Latency[] };
  }
}

const most = 500;
const name = 'eigenflow-curve';

export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.filter((number) => !Number.isNaN(number)).sort((first, second) => first - second);
  const middle = sorted.length >> 1;
  return sorted.length === 0 ? NaN : sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

export interface Stopwatch {
  /** When the control told its new value. */
  readonly input: number;
  sent: number;
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

// The browser keeps 250 requests of its own accord and tells of none after them.
const kept = 200;

/** How long the first request to an address at or after a moment was on its way, as the browser's network counts it: not how long its answer then waited for the page. */
function wire(path: string, sent: number): number {
  const requests = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const request = requests.find(({ name, startTime }) => startTime >= sent && name.endsWith(path));
  if (requests.length > kept) performance.clearResourceTimings();
  return request ? request.responseEnd - request.requestStart : NaN;
}

/** Keeps the time of a curve that was painted, with the address that it was asked of. */
export function recordPaint(watch: Stopwatch, path: string, painted: number): Latency {
  const total = painted - watch.input;
  const transport = wire(path, watch.sent) - watch.server;
  const latency = { total, server: watch.server, transport, page: total - watch.server - transport };
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
  return `From a control to the painted curve: ${of(({ total }) => total)}, median of the last ${last.length}; solving ${of(({ server }) => server)}, transport ${of(({ transport }) => transport)}, the page itself ${of(({ page }) => page)}.`;
}
