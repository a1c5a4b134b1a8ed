import type { Rule } from 'eslint';

export const allowed: Record<string, { layers: string[]; packages: string[] }>;
export const portable: readonly string[];
export const forbidden: readonly string[];
export function refuse(file: string, name: string, root: string, isErased?: boolean): string | undefined;
export const layers: Rule.RuleModule;
