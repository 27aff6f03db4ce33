import './claims.css';
import '../runs/runs.css';
import { el, replace } from '../parts/dom';
import type { SystemPanel } from '../system/context';
import { mountPredictions } from './predictions';
import { mountTasks } from './tasks';

export const panel: SystemPanel = {
  id: 'claims',
  title: 'Predictions',
  mount(host, context) {
    const predictions = el('section', { class: 'stack', 'aria-label': 'Predictions' });
    const tasks = el('section', { class: 'stack', 'aria-label': 'Claims' });
    replace(host, el('div', { class: 'claims' }, predictions, tasks));
    const ends = [mountPredictions(predictions, context), mountTasks(tasks, context)];
    return () => {
      for (const end of ends) end();
    };
  },
};
