import './claims.css';
import '../runs/runs.css';
import { el, replace } from '../parts/dom';
import { createSegmented } from '../parts/segmented';
import type { SystemPanel } from '../system/context';
import { showsClaims, withClaims } from './marks';
import { mountPredictions } from './predictions';
import { mountTasks } from './tasks';

export const panel: SystemPanel = {
  id: 'claims',
  title: 'Predictions',
  mount(host, context) {
    const predictions = el('section', { class: 'stack', 'aria-label': 'Predictions' });
    const tasks = el('section', { class: 'stack', 'aria-label': 'Claims' });
    const ends = [mountPredictions(predictions, context)];
    let areTasksThere = false;
    const choice = createSegmented('What is shown', ['no', 'yes'], (value) => context.state.set(withClaims(context.state.get(), value === 'yes')), ['Predictions now', 'Claims of the paper']);
    const follow = (): void => {
      const isClaims = showsClaims(context.state.get());
      choice.show(isClaims ? 'yes' : 'no');
      predictions.hidden = isClaims;
      tasks.hidden = !isClaims;
      if (!isClaims || areTasksThere) return;
      areTasksThere = true;
      ends.push(mountTasks(tasks, context));
    };
    ends.push(context.state.subscribe(follow));
    replace(host, el('div', { class: 'claims stack' }, choice.element, predictions, tasks));
    follow();
    return () => {
      for (const end of ends) end();
    };
  },
};
