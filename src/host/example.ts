import type { AnyTrigger } from '../catalog/operation';
import { schemaOf, type Schema } from './form';

const MOMENT = '2026-01-15T09:30:00.000Z';

/** Stands in the item of an example, as `_example`. */
export const EXAMPLE_NOTE =
	'Made up: the NAS holds nothing now that this event could be about. Its fields have these names and types, not these values.';

/** An event with every declared field, for editors when the NAS has nothing to show: its values are made up. The same each time. */
export const exampleOf = ({ event }: AnyTrigger): unknown => valueOf('', schemaOf(event, 'output'));

function valueOf(name: string, { type, format, anyOf, items, properties, ...schema }: Schema): unknown {
	if (schema.const !== undefined) return schema.const;
	if (schema.enum) return schema.enum[0];
	if (anyOf) return valueOf(name, anyOf.find((one) => one.type !== 'null' && one.const !== '') ?? {});
	switch (Array.isArray(type) ? type.find((one) => one !== 'null') : type) {
		case 'object':
			return Object.fromEntries(Object.entries(properties ?? {}).map(([key, value]) => [key, valueOf(key, value)]));
		case 'array':
			return items ? [valueOf(name.replace(/s$/, ''), items)] : [];
		case 'integer':
		case 'number':
			return 1;
		case 'boolean':
			return false;
		case 'string':
			return format === 'date-time' ? MOMENT : /(^|_)id$/.test(name) ? '1' : `example ${name.replaceAll('_', ' ')}`;
		default:
			return null;
	}
}
