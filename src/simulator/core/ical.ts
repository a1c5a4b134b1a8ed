import type Module from 'ical.js' with { 'resolution-mode': 'import' };

/** The package can be required, but its types are those of the module that can only be imported. */
export const ICAL = require('ical.js') as typeof Module;
