import 'uplot/dist/uPlot.min.css';
import './chart.css';

export type { Chart, ChartEvents, ChartOptions } from './chart';
export { createChart } from './create';
export { dataTable } from './table';
export type * from './figure';
export { displayNumber } from './text/number';
export { plainText, richNodes, setFlowing, setRich } from './text/rich';
