import { expect, test } from 'vitest';
import { createAddress, type AddressHost } from './address';

function fake(): AddressHost & { log: string[]; pass(milliseconds: number): void } {
  let now = 0;
  let timers: { at: number; call: () => void }[] = [];
  const log: string[] = [];
  return {
    log,
    push: (address) => log.push(`push ${address}`),
    replace: (address) => log.push(`replace ${address}`),
    later(call, milliseconds) {
      const timer = { at: now + milliseconds, call };
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    },
    pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        now = next.at;
        next.call();
      }
      now = end;
    },
  };
}

test('a drag is one step of the history and ends with its last value', () => {
  const host = fake();
  const address = createAddress('#0', host);
  for (let i = 1; i <= 100; i++) {
    address.follow(`#${i}`);
    host.pass(16);
  }
  host.pass(2000);
  expect(host.log.filter((line) => line.startsWith('push'))).toEqual(['push #1']);
  expect(host.log.at(-1)).toBe('replace #100');
  expect(host.log.length).toBeLessThan(10);
});

test('what is held is one step, however long it rests', () => {
  const host = fake();
  const address = createAddress('#0', host);
  address.hold(true);
  address.follow('#1');
  host.pass(3000);
  address.follow('#2');
  host.pass(3000);
  expect(host.log).toEqual(['push #1', 'replace #2']);
  address.hold(false);
  host.pass(3000);
  address.follow('#3');
  expect(host.log.at(-1)).toBe('push #3');
});

test('changes apart are steps of their own', () => {
  const host = fake();
  const address = createAddress('#0', host);
  address.follow('#1');
  host.pass(1000);
  address.follow('#2');
  host.pass(1000);
  expect(host.log).toEqual(['push #1', 'push #2']);
});

test('what the back button brings is not written again', () => {
  const host = fake();
  const address = createAddress('#0', host);
  address.follow('#1');
  address.follow('#2');
  address.take('#0');
  address.follow('#0');
  host.pass(2000);
  expect(host.log).toEqual(['push #1']);
});

test('what waits is written when the page goes', () => {
  const host = fake();
  const address = createAddress('#0', host);
  address.follow('#1');
  address.follow('#2');
  address.flush();
  expect(host.log).toEqual(['push #1', 'replace #2']);
});
