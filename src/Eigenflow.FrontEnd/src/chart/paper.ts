/** How charts are drawn for paper: as wide as a sheet has room for, and three times as fine as a screen; the style sheet brings them to their size. */
export const Paper = { width: 680, height: 800, unit: 3 } as const;

/** Tells when the page is about to be printed, and when that is over; gives what ends it. */
export function followPrinting(printing: (isOnPaper: boolean) => void): () => void {
  const begin = (): void => printing(true);
  const end = (): void => printing(false);
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
  return () => {
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
  };
}
