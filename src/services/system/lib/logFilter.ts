import { z } from '../../../vendor/zod';
import type { LogRow } from '../wire/logs';

export const kind = z
	.enum(['system', 'connection'])
	.default('system')
	.meta({ title: 'Log', description: 'Which log', labels: { system: 'System', connection: 'Connections' } });

const LEVELS = { info: 'Information', warn: 'Warning', err: 'Error' };

export const levels = z
	.array(z.enum(['info', 'warn', 'err']))
	.default([])
	.meta({ title: 'Levels', description: 'Levels that count; all when empty', labels: LEVELS });

/** What the NAS was asked to filter, checked here: not every release heeds it (system.md 7.2). */
export const isIn = ({ level, descr = '' }: LogRow, given: { levels: readonly string[]; keyword: string }): boolean =>
	(given.levels.length === 0 || given.levels.includes(level ?? 'info')) &&
	descr.toLowerCase().includes(given.keyword.toLowerCase());
