import type { Use } from './api';

/** What a file can be used as, in words. */
export const uses: Readonly<Record<Use, { readonly title: string; readonly words: string }>> = {
  'loss-curve': { title: 'A loss curve', words: 'Fit laws of learning-rate schedules, and forecast a schedule that you draw.' },
  table: { title: 'A table of curves', words: 'Choose x and y; fit power laws, floors and breaks, with intervals.' },
  samples: { title: 'Rows of data', words: 'The eigenvalues of their covariance, and the learning curves that these imply.' },
  eigenvalues: { title: 'Eigenvalues', words: 'Their exponent, and the learning curves that they imply.' },
  covariance: { title: 'A covariance matrix', words: 'Its eigenvalues, and the learning curves that these imply.' },
};

export const sizeOf = (bytes: number): string => (bytes < 1024 ? `${bytes} bytes` : bytes < 2 ** 20 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 2 ** 20).toFixed(1)} MB`);
