import type { SystemState } from '../state/system-state';

const name = 'claims.marks';

/** Whether a state has what is predicted marked on its curves. */
export const hasMarks = (state: SystemState): boolean => state.more[name] === 'yes';

export function withMarks(state: SystemState, isMarked: boolean): SystemState {
  const { [name]: _, ...more } = state.more;
  return { ...state, more: isMarked ? { ...more, [name]: 'yes' } : more };
}
