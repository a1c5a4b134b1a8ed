import type { AnyOperation, AnyPush, AnyTrigger } from '../catalog/operation';
import type { Service } from '../catalog/service';
import { rightIn } from '../core/right';

/** What an account must be at least; `__privilege__` stands for the application as DSM shows it. */
const TEXTS = {
	administrator: 'Least right: an administrator, or an account to which the task was delegated.',
	account: 'Least right: any account.',
	privilege: 'Least right: the privilege “__privilege__”.',
	token: 'Least right: the token of a bot or webhook, without an account.',
};

const untranslated = (text: string): string => text;

/** The least right that an operation or event needs, as one sentence; undefined for what the NAS tells by itself. */
export function leastRight(
	declaration: AnyOperation | AnyTrigger | AnyPush,
	service: Service,
	translate = untranslated,
): string | undefined {
	if (declaration.kind === 'push') return undefined;
	if ('token' in declaration && declaration.token) return translate(TEXTS.token);
	const text = TEXTS[rightIn(declaration, service)];
	return translate(text).replace('__privilege__', service.privilege ?? '');
}
