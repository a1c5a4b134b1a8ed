import type { BehaviourTable } from '../../core/behaviour';
import { admin } from './call';
import type { DriveState } from './state';

/** Space in use (drive.md 11.1): the numbers are those of the last count, which is made on request. */
export const usageBehaviours: BehaviourTable = {
	'SYNO.SynologyDrive.DBUsage.get': admin(({ drive }) => {
		settle(drive);
		return { data: drive.usage };
	}),
	// Its shape was not captured.
	'SYNO.SynologyDrive.DBUsage.status': admin(() => ({ data: {} })),
	'SYNO.SynologyDrive.DBUsage.start': admin(({ drive }) => {
		settle(drive);
		drive.usageDueAt = drive.nas.clock.now() + drive.switches.taskMs;
		return {};
	}),
	'SYNO.SynologyDrive.DBUsage.stop': admin(({ drive }) => {
		settle(drive);
		drive.usageDueAt = undefined;
		return {};
	}),
};

/** Ends a count that is due. The first one was made when Drive was set up. */
function settle(drive: DriveState): void {
	drive.usage ??= counted(drive, drive.nas.clock.now());
	if (drive.usageDueAt === undefined || drive.usageDueAt > drive.nas.clock.now()) return;
	drive.usage = counted(drive, drive.usageDueAt);
	drive.usageDueAt = undefined;
}

function counted(drive: DriveState, at: number): Record<string, number> {
	const nodes = drive.views.flatMap(({ root }) => [...drive.walk(root)]);
	const sizes = nodes.flatMap(({ versions }) => versions.map(({ content }) => content.size));
	return {
		database_size: nodes.length * 4096,
		office_size: 0,
		repo_size: sizes.reduce((sum, size) => sum + size, 0),
		update_time: Math.floor(at / 1000),
	};
}
