// What the room of predictions keeps in the address.
import type { SystemState } from '../state/system-state';

const marks = 'claims.marks';
const claims = 'claims.paper';

const isSet = (state: SystemState, name: string): boolean => state.more[name] === 'yes';

function withSet(state: SystemState, name: string, isOn: boolean): SystemState {
  const { [name]: _, ...more } = state.more;
  return { ...state, more: isOn ? { ...more, [name]: 'yes' } : more };
}

/** Whether a state has what is predicted marked on its curves. */
export const hasMarks = (state: SystemState): boolean => isSet(state, marks);

export const withMarks = (state: SystemState, isMarked: boolean): SystemState => withSet(state, marks, isMarked);

/** Whether the claims of the paper are shown in place of the predictions of the setting. */
export const showsClaims = (state: SystemState): boolean => isSet(state, claims);

export const withClaims = (state: SystemState, isShown: boolean): SystemState => withSet(state, claims, isShown);
