import { expect, it } from 'vitest';
import { createEventParser } from './stream';

it('gives events whole, in whatever pieces they come', () => {
  const text = 'event: progress\ndata: {"fraction":0.5}\n\nevent: done\ndata: {"run":{"rows":3}}\n\n';
  for (const size of [1, 2, 7, 1000]) {
    const parse = createEventParser();
    const events = [];
    for (let at = 0; at < text.length; at += size) events.push(...parse(text.slice(at, at + size)));
    expect(events).toEqual([
      { name: 'progress', data: { fraction: 0.5 } },
      { name: 'done', data: { run: { rows: 3 } } },
    ]);
  }
});

it('leaves out comments and what carries nothing', () => {
  expect(createEventParser()(': beat\n\nevent: empty\n\ndata: 1\n\n')).toEqual([{ name: 'message', data: 1 }]);
});
