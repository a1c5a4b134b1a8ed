import type { Rule } from 'eslint';

export const allowed: Record<string, { layers: string[]; packages: string[] }>;
export function refuse(file: string, name: string, root: string): string | undefined;
export const layers: Rule.RuleModule;
