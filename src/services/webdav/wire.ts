import { field, row } from '../../catalog/row';
import { call } from '../../catalog/wire';

const dsm = row({ model: field.text(), version_string: field.text(), uptime: field.number() });

/** Works for every account. */
export const getDsm = call('SYNO.DSM.Info', 'getinfo', 2, {
	answer: dsm,
	readOnly: true,
	basis: 'capture',
	source: 'core.md 13.1',
});
