import { describe, expect, it } from 'vitest';
import { saidHere } from './fields';

describe('options of the command in words of the engine', () => {
  const fields = [{ name: 'warmup', label: 'Warm-up before the first logged rate' }, { name: 'labelIs', label: 'Labels are' }];
  it('have the names of their fields', () => {
    expect(saidHere('state it with --warmup STEPS (0 for none)', fields)).toBe('state it with “Warm-up before the first logged rate” (0 for none)');
    expect(saidHere('if these are classes, give --label-is classes', fields)).toBe('if these are classes, give “Labels are” classes');
    expect(saidHere('a row of eigenvalues is read with --is eigenvalues', fields)).toBe('a row of eigenvalues is read with “Use it as” eigenvalues');
    expect(saidHere('leave it out with --law', fields)).toBe('leave it out with --law');
  });
});
