import { note } from '../../../src/services/note';
import { noteOf } from '../../../src/simulator/services/note';
import type { Scene } from '../../support/nas';

const operations = <R extends keyof typeof note.resources>(name: R): (typeof note.resources)[R]['operations'] =>
	note.resources[name].operations;

export const notes = operations('note');
export const notebooks = operations('notebook');
export const tags = operations('tag');
export const shortcuts = operations('shortcut');
export const smarts = operations('smart');
export const versions = operations('version');
export const attachments = operations('attachment');
export const encryption = operations('encryption');
export const shares = operations('share');
export const backups = operations('backup');
export const accounts = operations('account');
export const todos = operations('todo');

/** The Note Station of a scene. */
export const station = ({ simulator }: Pick<Scene, 'simulator'>) => noteOf(simulator.nas);
