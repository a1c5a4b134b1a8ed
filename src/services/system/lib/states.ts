/** States of drives, pools and volumes that are none to worry about; the full list of states is not known (system.md 2). */
const FINE = new Set(['normal', 'safe', 'background', 'not_use', 'initialized', 'n/a', '']);

/** Rule of the health that says that nothing is wrong; absent, null or empty says the same (system.md 1). */
export const HEALTHY = 'system_is_normal';
export const ruleOf = ({ rule_id }: { rule_id?: string | undefined }): string => rule_id || HEALTHY;

export const isFine = (state: string): boolean => FINE.has(state);
