import { drive } from '../../../src/services/drive';
import type { FileAnswer, FileSource } from '../../../src/core/call';
import { driveOf, type DriveState } from '../../../src/simulator/services/drive';
import { nodeAt } from '../../../src/simulator/services/drive/address';
import type { DriveNode } from '../../../src/simulator/services/drive/types';
import type { Scene } from '../../support/nas';

const { resources } = drive;
export const file = resources.file.operations;
export const folder = resources.folder.operations;
export const version = resources.version.operations;
export const trash = resources.trash.operations;
export const sharing = resources.sharing.operations;
export const link = resources.link.operations;
export const fileRequest = resources.fileRequest.operations;
export const label = resources.label.operations;
export const teamFolder = resources.teamFolder.operations;
export const user = resources.user.operations;
export const account = resources.account.operations;
export const notification = resources.notification.operations;
export const task = resources.task.operations;
export const log = resources.log.operations;
export const connection = resources.connection.operations;
export const webhook = resources.webhook.operations;
export const server = resources.server.operations;
export const shareSync = resources.shareSync.operations;

export const stage = ({ simulator }: Pick<Scene, 'simulator'>): DriveState => driveOf(simulator.nas);

/** What lies at an address, as alice sees it. */
export function at(scene: Pick<Scene, 'simulator'>, address: string, who = 'alice'): DriveNode | undefined {
	const drive = stage(scene);
	drive.settle();
	const node = nodeAt(drive, scene.simulator.nas.user(who), address);
	return node && !drive.trashRoot(node) ? node : undefined;
}

export const textAt = (scene: Pick<Scene, 'simulator'>, address: string): string | undefined =>
	at(scene, address)?.content.bytes?.toString();

export const source = (name: string, text: string): FileSource => ({
	name,
	size: Buffer.byteLength(text),
	open: async function* () {
		yield Buffer.from(text);
	},
});

export async function bytes({ stream }: FileAnswer): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

export const text = async (answer: FileAnswer): Promise<string> => (await bytes(answer)).toString();
