import type { Nodes } from '../api';

// What is done to a schedule by hand. The first node stands at step 0 and the last at the end of the run; steps are whole and grow.

export const mostNodes = 60;

const with_ = (nodes: Nodes, index: number, step: number, rate: number): Nodes => ({
  steps: nodes.steps.map((value, at) => (at === index ? step : value)),
  rates: nodes.rates.map((value, at) => (at === index ? rate : value)),
});

/** Five digits are more than a hand can draw. */
export const rounded = (rate: number): number => Number(Math.max(0, rate).toPrecision(5));

/** Moves a node between its neighbours. */
export function move(nodes: Nodes, index: number, step: number, rate: number): Nodes {
  const last = nodes.steps.length - 1;
  if (index < 0 || index > last) return nodes;
  const least = index === 0 ? 0 : nodes.steps[index - 1]! + 1;
  const most = index === last ? nodes.steps[last]! : nodes.steps[index + 1]! - 1;
  const at = index === 0 ? 0 : index === last ? nodes.steps[last]! : Math.min(most, Math.max(least, Math.round(step)));
  return with_(nodes, index, at, rounded(rate));
}

/** Adds a node; gives the nodes and the place of the new one, or null where none fits. */
export function add(nodes: Nodes, step: number, rate: number): { readonly nodes: Nodes; readonly index: number } | null {
  const at = Math.round(step);
  if (nodes.steps.length >= mostNodes || !(at > 0 && at < nodes.steps.at(-1)!) || nodes.steps.includes(at)) return null;
  const index = nodes.steps.findIndex((value) => value > at);
  return {
    nodes: { steps: [...nodes.steps.slice(0, index), at, ...nodes.steps.slice(index)], rates: [...nodes.rates.slice(0, index), rounded(rate), ...nodes.rates.slice(index)] },
    index,
  };
}

/** Takes a node away; both ends stay. */
export const remove = (nodes: Nodes, index: number): Nodes =>
  index <= 0 || index >= nodes.steps.length - 1 ? nodes : { steps: nodes.steps.filter((_, at) => at !== index), rates: nodes.rates.filter((_, at) => at !== index) };

/** The same schedule over another number of steps; nodes that would fall on one another are left out. */
export function stretch(nodes: Nodes, steps: number): Nodes {
  const factor = steps / nodes.steps.at(-1)!;
  const kept: { step: number; rate: number }[] = [];
  nodes.steps.forEach((value, index) => {
    const step = index === nodes.steps.length - 1 ? steps : Math.round(value * factor);
    const rate = nodes.rates[index]!;
    if (kept.length === 0 || step > kept.at(-1)!.step) kept.push({ step, rate });
    else if (index === nodes.steps.length - 1) kept[kept.length - 1] = { step, rate };
  });
  return { steps: kept.map(({ step }) => step), rates: kept.map(({ rate }) => rate) };
}

/** The learning rate at a step. */
export function rateAt(nodes: Nodes, step: number): number {
  const { steps, rates } = nodes;
  const next = steps.findIndex((value) => value >= step);
  const index = next < 0 ? steps.length - 1 : Math.max(1, next);
  const start = steps[index - 1]!;
  const end = steps[index]!;
  return rates[index - 1]! + ((rates[index]! - rates[index - 1]!) * (Math.min(end, Math.max(start, step)) - start)) / (end - start);
}

/** A place for a new node: the middle of the longest part. */
export function widest(nodes: Nodes): number {
  let best = 1;
  for (let index = 1; index < nodes.steps.length; index++) if (nodes.steps[index]! - nodes.steps[index - 1]! > nodes.steps[best]! - nodes.steps[best - 1]!) best = index;
  return Math.round((nodes.steps[best]! + nodes.steps[best - 1]!) / 2);
}

/** A schedule as an address holds it, such as `0:0.001,900:0.001,1000:0`. */
export const nodesText = ({ steps, rates }: Nodes): string => steps.map((step, index) => `${step}:${rates[index]}`).join(',');

/** The schedule of such a text; null where it is none. */
export function nodesOf(text: string): Nodes | null {
  const pairs = text.split(',').map((part) => part.split(':'));
  const steps = pairs.map(([step]) => Number(step));
  const rates = pairs.map(([, rate]) => (rate === undefined || rate === '' ? NaN : Number(rate)));
  const isSchedule = steps.length >= 2 && steps.length <= mostNodes && steps[0] === 0 && steps.every((step, index) => Number.isInteger(step) && (index === 0 || step > steps[index - 1]!)) && rates.every((rate) => Number.isFinite(rate) && rate >= 0);
  return isSchedule ? { steps, rates } : null;
}
