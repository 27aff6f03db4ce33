import type uPlot from 'uplot';
import type { Frame } from '../layout/frame';
import { LabelPlacer } from '../layout/placer';
import type { SeriesPaths } from '../paint/series';
import { windowEnd } from './window';

/** What curves and dots cover, for labels and readouts that seek room; the frame is in units, of which each has so many device pixels. */
export function coveredBy(core: uPlot, frame: Frame, unit: number): LabelPlacer {
  const placer = new LabelPlacer(frame);
  for (const series of core.series.slice(1) as { drawn?: SeriesPaths | null }[]) {
    for (const piece of series.drawn?.pieces ?? []) placer.markCurve(piece, unit);
    const places = series.drawn?.places ?? [];
    for (let i = 0; i < places.length; i += 2) {
      const [x, y] = [places[i]! / unit, places[i + 1]! / unit];
      placer.markBox({ left: x - 3, top: y - 3, right: x + 3, bottom: y + 3 });
    }
  }
  return placer;
}

/** The ends of a window, which labels leave free. */
export function coverWindow(placer: LabelPlacer, frame: Frame, window: readonly [number, number] | null): LabelPlacer {
  for (const end of window ?? []) placer.markBox(windowEnd(frame, end));
  return placer;
}
