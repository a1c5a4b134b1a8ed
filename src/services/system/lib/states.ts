/** States of drives, pools and volumes that are none to worry about; the full list of states is not known (system.md 2). */
const FINE = new Set(['normal', 'safe', 'background', 'not_use', 'initialized', 'n/a', '']);

export const isFine = (state: string): boolean => FINE.has(state);
