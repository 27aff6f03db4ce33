import type { VerdictWord } from '../api/contracts';

/** The look of a verdict: its word always stands with it. */
export const verdictClass: Readonly<Record<VerdictWord, string>> = {
  holds: 'holds',
  fails: 'fails',
  'fails as printed': 'printed',
  'out of window': '',
  inconclusive: 'inconclusive',
  reduced: 'reduced',
};
