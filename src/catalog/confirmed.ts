/** Calls that were inferred, and that a check of a real NAS confirmed: by "API method version", where it is told. `npm run learn` writes it. */
export const CONFIRMED: Readonly<Record<string, string>> = {};
