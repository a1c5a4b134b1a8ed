import { textId } from '../../catalog/fields';
import { isIpAddress } from '../../core/ipAddress';
import { z } from '../../vendor/zod';

const chosen = (of: 'user' | 'group', title: string, description: string) => ({
	title,
	description,
	widget: 'picker' as const,
	choices: { from: `identity.${of}.list`, value: 'name', label: 'name' },
	by: { id: of === 'user' ? 'e.g. bob' : 'e.g. users' },
});
const name = () => textId().pipe(z.string().trim().min(1));

export const user_name = name().meta(chosen('user', 'User', 'User of the NAS'));
export const group_name = name().meta(chosen('group', 'Group', 'Group of the NAS'));
export const user_names = z
	.array(name())
	.min(1)
	.meta(chosen('user', 'Users', 'Users of the NAS'));

/** Name of something that is to be. */
export const fresh = (title: string, description: string, example: string) =>
	z
		.string()
		.trim()
		.min(1)
		.meta({ title, description, placeholder: `e.g. ${example}` });

export const text = (title: string, description: string, example: string) =>
	z
		.string()
		.optional()
		.meta({ title, description, placeholder: `e.g. ${example}` });

export const flag = (title: string, description: string) => z.boolean().optional().meta({ title, description });

export const count = (title: string, description: string, least = 0) =>
	z.coerce.number<number | string>().int().min(least).optional().meta({ title, description });

export const password = z
	.string()
	.min(1)
	.meta({ title: 'Password', description: 'New password, as the policy of the NAS wants it', widget: 'secret' });

export const address = z
	.string()
	.trim()
	.refine(isIpAddress, 'is no IP address like 198.51.100.7')
	.meta({ title: 'Address', description: 'IP address', placeholder: 'e.g. 198.51.100.7' });

/** Only what was given: what is not given stays as it is. */
export const given = <T extends Record<string, unknown>>(values: T): Partial<T> =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Says that there is nothing to change. */
export const somethingToChange = (names: readonly string[]) =>
	[
		(values: Record<string, unknown>) => names.some((one) => values[one] !== undefined),
		{ message: 'There is nothing to change: set at least one field', path: [] as string[] },
	] as const;
