import type { AnyOperation, AnyTrigger, Service } from '../catalog/operation';
import { fieldsOf, withoutApplication } from '../host/form';

/** Parameters of a service that hold secrets: kept as credentials of the node, out of the flow file. */
export function secretsOf(service: Service): string[] {
	const declarations: (AnyOperation | AnyTrigger)[] = [
		...Object.values(service.resources).flatMap(({ operations }) => Object.values(operations)),
		...Object.values(service.triggers),
	];
	const fields = declarations.flatMap(({ params }) => withoutApplication(fieldsOf(params)));
	return [...new Set(fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name))];
}

/** Name of the credential that holds a secret parameter. */
export const secretName = (field: string): string => `param_${field}`;
