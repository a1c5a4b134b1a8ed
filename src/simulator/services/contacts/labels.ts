import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, cardsOf, exporting, integer, integers, Refusal, text, type ContactsCall } from './call';
import type { Label } from './store';

const API = 'SYNO.Contacts.Label';

function labelOf(call: ContactsCall, id: number): Label {
	const label = call.contacts.labelsOf(call.me).find((one) => one.id === id);
	if (!label) throw new Refusal(117);
	return label;
}

/** Labels (contacts.md 5): `list` was captured, the parameters of the others are expected ones. */
export const labelBehaviours: BehaviourTable = {
	[`${API}.list`]: behaviour(({ contacts, me }) => {
		const label = contacts.labelsOf(me).map(({ id, name, color, type, member }) => ({
			id,
			name,
			color,
			type,
			member,
			member_count: member.length,
		}));
		return { label, total: label.length };
	}),
	[`${API}.create`]: behaviour((call) => {
		const { color } = call.params;
		const name = text(call, 'name');
		return { id: call.contacts.addLabel(call.me.name, name, typeof color === 'string' ? color : '#3366CC').id };
	}),
	[`${API}.set`]: behaviour((call) => {
		const label = labelOf(call, integer(call, 'id'));
		if (call.params['name'] !== undefined) label.name = text(call, 'name');
		if (call.params['color'] !== undefined) label.color = text(call, 'color');
	}),
	[`${API}.delete`]: behaviour((call) => {
		const labels = integers(call, 'ids').map((id) => labelOf(call, id));
		for (const { id } of labels) call.contacts.labels.delete(id);
	}),
	[`${API}.add_member`]: behaviour((call) => {
		const label = labelOf(call, integer(call, 'id'));
		const added = cardsOf(call, integers(call, 'contact_ids')).map(({ card }) => card.id);
		label.member = [...new Set([...label.member, ...added])];
	}),
	[`${API}.remove_member`]: behaviour((call) => {
		const label = labelOf(call, integer(call, 'id'));
		const gone = integers(call, 'contact_ids');
		label.member = label.member.filter((id) => !gone.includes(id));
	}),
	[`${API}.export`]: exporting((call) =>
		cardsOf(call, labelOf(call, integer(call, 'id')).member).map(({ card }) => card),
	),
};
