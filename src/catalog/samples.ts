/**
 * Sample values of a service that exist in the simulator's seed data: under `*` by parameter for all operations, else by operation
 * (`file.download`), where the general values would show a refusal instead of an answer.
 */
export type Samples = Record<string, Record<string, unknown>>;
