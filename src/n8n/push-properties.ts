import { NodeConnectionTypes, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import type { AnyPush, Service } from '../catalog/operation';
import { byName, notice, optionsForm, parameterForm, shown, unverified } from './properties';
import { sentence, titleCase } from './words';

/** The part of a push trigger's description that follows from the catalogue. */
export function describePush(
	service: Service,
): Pick<
	INodeTypeDescription,
	'version' | 'group' | 'description' | 'defaults' | 'inputs' | 'outputs' | 'properties' | 'webhooks'
> {
	const mode = '={{$parameter["responseMode"]}}';
	return {
		version: 1,
		group: ['trigger'],
		description: `Starts the workflow at once when Synology ${service.title} calls`,
		defaults: { name: `Synology ${service.title} Bot Trigger` },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: mode, path: 'chat' },
			{ name: 'setup', httpMethod: 'GET', responseMode: mode, path: 'chat' },
		],
		properties: pushProperties(service),
	};
}

function pushProperties({ pushes = {} }: Service): INodeProperties[] {
	const names = Object.entries(pushes);
	const options = names.map(([value, { title, summary }]) => ({
		name: titleCase(title),
		value,
		description: sentence(summary),
	}));
	const event: INodeProperties = {
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: byName(options),
		default: names[0]?.[0] ?? '',
	};
	return [
		event,
		...unverified(pushes, 'event'),
		registration,
		...names.flatMap(([name, push]) => pushForm(name, push)),
		responseMode,
		responseText,
	];
}

function pushForm(name: string, push: AnyPush): INodeProperties[] {
	const show = { event: [name] };
	const where = `Enter the production URL of this node in ${push.place.replaceAll('>', '&gt;')}, and the token that Chat shows there in the credential.`;
	const byHand = shown(notice(`${name}Notice`, where), { ...show, registration: ['manual'] });
	return [byHand, ...parameterForm(push, show), ...optionsForm(push, show)];
}

const registration: INodeProperties = {
	displayName: 'Registration',
	name: 'registration',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description: 'Publishing the workflow registers this node in Chat; unpublishing removes it again',
		},
		{ name: 'By Hand', value: 'manual', description: 'The address is entered in Chat by a person' },
	],
	default: 'automatic',
	description: 'How Chat learns the address of this node, which the NAS must be able to reach',
};

/** n8n's "Respond to Webhook" node works below n8n's own triggers only. */
const responseMode: INodeProperties = {
	displayName: 'Respond',
	name: 'responseMode',
	type: 'options',
	options: [
		{ name: 'Immediately', value: 'onReceived', description: 'As soon as this node executes' },
		{
			name: 'When Last Node Finishes',
			value: 'lastNode',
			description: 'With the fields of the last node: text, and if wanted file_url and attachments',
		},
	],
	default: 'onReceived',
	description: 'When and how Chat is answered; Chat shows a busy sign to the person until then',
};

const responseText: INodeProperties = shown(
	{
		displayName: 'Response Text',
		name: 'responseText',
		type: 'string',
		default: '',
		placeholder: 'e.g. Started',
		description: 'Text that Chat posts as answer; empty posts nothing',
	},
	{ responseMode: ['onReceived'] },
);
