import { SEND_AND_WAIT_OPERATION, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';

/** Entry of the list of operations. */
export const askOption: INodePropertyOptions = {
	name: 'Send and Wait for Response',
	value: SEND_AND_WAIT_OPERATION,
	description: 'Sends a message with links to answer by, and goes on when somebody has answered',
	action: 'Send a message and wait for a response',
};

type Show = Record<string, (string | boolean)[]>;

/** How the answer is given. */
export const askFields = (show: Show): INodeProperties[] => [
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		default: 'approval',
		options: [
			{ name: 'Approval', value: 'approval', description: 'A link to approve, and if wanted one to decline' },
			{ name: 'Free Text', value: 'freeText', description: 'A link to a page with a field for a text' },
		],
		description: 'What is asked for. Whoever can read the message can answer it.',
		displayOptions: { show },
	},
	{
		displayName: 'Type of Approval',
		name: 'approvalType',
		type: 'options',
		default: 'single',
		options: [
			{ name: 'Approve Only', value: 'single' },
			{ name: 'Approve and Decline', value: 'double' },
		],
		displayOptions: { show: { ...show, responseType: ['approval'] } },
	},
];

/** The words of the links, and how long the question stands. */
export const askOptions = (show: Show): INodeProperties => ({
	displayName: 'Response Options',
	name: 'waitOptions',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{ displayName: 'Approve Label', name: 'approveLabel', type: 'string', default: 'Approve' },
		{ displayName: 'Decline Label', name: 'declineLabel', type: 'string', default: 'Decline' },
		{
			displayName: 'Limit (Hours)',
			name: 'limitHours',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 24,
			description: 'How long to wait; after that the workflow goes on with the items as they came',
		},
		{ displayName: 'Respond Label', name: 'respondLabel', type: 'string', default: 'Respond' },
	],
	displayOptions: { show },
});

/** Where n8n takes the answers: it adds the execution to the address, and signs it. */
export const askWebhooks = (['GET', 'POST'] as const).map((httpMethod) => ({
	name: 'default' as const,
	httpMethod,
	responseMode: 'onReceived' as const,
	responseData: '' as const,
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
}));
