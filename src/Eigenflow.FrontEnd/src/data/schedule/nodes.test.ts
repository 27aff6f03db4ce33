import { describe, expect, it } from 'vitest';
import { add, move, nodesOf, nodesText, rateAt, remove, stretch, widest } from './nodes';

const nodes = { steps: [0, 100, 800, 1000], rates: [0, 1, 1, 0] };

describe('nodes of a schedule', () => {
  it('move between their neighbours, with the ends in place', () => {
    expect(move(nodes, 1, 950, 0.5)).toEqual({ steps: [0, 799, 800, 1000], rates: [0, 0.5, 1, 0] });
    expect(move(nodes, 0, 50, 0.25).steps).toEqual(nodes.steps);
    expect(move(nodes, 3, 5000, -1)).toEqual({ steps: nodes.steps, rates: [0, 1, 1, 0] });
  });
  it('go through an address and back', () => {
    expect(nodesOf(nodesText(nodes))).toEqual(nodes);
    for (const text of ['', '0:1', 'cosine', '1:1,2:1', '0:1,5:-1', '0:1,5', '0:1,5:', '0:1,5:1,5:2', '0:1,2.5:1', '0:1,9:1e999']) expect(nodesOf(text), text).toBeNull();
  });
  it('are added where none is', () => {
    expect(add(nodes, 400.4, 2)).toEqual({ nodes: { steps: [0, 100, 400, 800, 1000], rates: [0, 1, 2, 1, 0] }, index: 2 });
    expect(add(nodes, 100, 2)).toBeNull();
    expect(add(nodes, 0, 2)).toBeNull();
    expect(add(nodes, 1000, 2)).toBeNull();
  });
  it('are taken away, but for both ends', () => {
    expect(remove(nodes, 1).steps).toEqual([0, 800, 1000]);
    expect(remove(nodes, 0)).toBe(nodes);
    expect(remove(nodes, 3)).toBe(nodes);
  });
  it('stretch with the run', () => {
    expect(stretch(nodes, 2000).steps).toEqual([0, 200, 1600, 2000]);
    expect(stretch(nodes, 3)).toEqual({ steps: [0, 2, 3], rates: [0, 1, 0] });
  });
  it('have straight lines between them', () => {
    expect(rateAt(nodes, 50)).toBe(0.5);
    expect(rateAt(nodes, 900)).toBe(0.5);
    expect(rateAt(nodes, 0)).toBe(0);
    expect(rateAt(nodes, 5000)).toBe(0);
    expect(widest(nodes)).toBe(450);
  });
});
