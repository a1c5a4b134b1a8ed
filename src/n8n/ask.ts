import {
	SEND_AND_WAIT_OPERATION,
	WAIT_INDEFINITELY,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import type { Resource } from '../catalog/service';
import type { AnyOperation, Service } from '../catalog/operation';
import { answerPage, donePage } from './askPage';

/** What asks a question: the operation that sends, and its parameter that holds the text. */
export interface Asking {
	operation: AnyOperation;
	text: string;
}

/** How a resource asks, where the chosen operation is to wait for an answer. */
export function askingOf(resource: Resource | undefined, name: string): Asking | undefined {
	const operation = resource?.asks && resource.operations[resource.asks.by];
	return name === SEND_AND_WAIT_OPERATION && operation ? { operation, text: resource.asks!.text } : undefined;
}

/** Whether some operation of the service can ask. */
export const canAsk = ({ resources }: Service): boolean => Object.values(resources).some(({ asks }) => asks);

const HOUR = 3_600_000;

type Asker = IExecuteFunctions | IWebhookFunctions;

const options = (context: Asker): Record<string, string | number | undefined> =>
	('getInputData' in context
		? context.getNodeParameter('waitOptions', 0, {})
		: context.getNodeParameter('waitOptions', {})) as Record<string, string | number | undefined>;

const parameter = (context: Asker, name: string, otherwise: string): string =>
	('getInputData' in context
		? context.getNodeParameter(name, 0, otherwise)
		: context.getNodeParameter(name, otherwise)) as string;

const label = (context: Asker, name: string, otherwise: string): string => String(options(context)[name] || otherwise);

/** Ways to answer, each with the words of its link. */
function answersOf(context: Asker): { label: string; approved?: boolean }[] {
	if (parameter(context, 'responseType', 'approval') === 'freeText')
		return [{ label: label(context, 'respondLabel', 'Respond') }];
	const approve = { label: label(context, 'approveLabel', 'Approve'), approved: true };
	if (parameter(context, 'approvalType', 'single') === 'single') return [approve];
	return [approve, { label: label(context, 'declineLabel', 'Decline'), approved: false }];
}

/** The text with a link for each answer below it; n8n signs the addresses, so that nobody makes one up. */
export function question(context: IExecuteFunctions, text: string): string {
	const links = answersOf(context).map(({ label: words, approved }) => {
		const url = context.getSignedResumeUrl(approved === undefined ? {} : { approved: String(approved) });
		return `<${url}|${words.replace(/[<>|]/g, ' ')}>`;
	});
	return `${text}\n\n${links.join('   ')}`;
}

/** Puts the execution to sleep until somebody answers, or the time is over: then the items go on as they came. */
export async function wait(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const hours = Number(options(context)['limitHours'] ?? 0);
	await context.putExecutionToWait(hours > 0 ? new Date(Date.now() + hours * HOUR) : WAIT_INDEFINITELY);
	return [context.getInputData()];
}

/**
 * `webhook` of a node that asks. Opening a link shows a page and answers nothing: Chat fetches addresses for previews. Its button does.
 */
export async function answer(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { approved } = this.getQueryData() as { approved?: string };
	const chosen = answersOf(this).find((one) => approved === undefined || String(one.approved) === approved);
	const isText = approved === undefined;
	if (this.getRequestObject().method === 'GET') {
		const response = this.getResponseObject();
		response.setHeader('Content-Security-Policy', "sandbox allow-forms; default-src 'none'; style-src 'unsafe-inline'");
		response.type('html').send(answerPage({ label: chosen?.label ?? 'Respond', isText }));
		return await Promise.resolve({ noWebhookResponse: true });
	}
	// A form without a field is sent without a body, of which n8n makes nothing at all.
	const { text = '' } = (this.getBodyData() as { text?: string } | undefined) ?? {};
	const data = isText ? { text: String(text) } : { approved: approved === 'true' };
	return { webhookResponse: donePage, workflowData: [[{ json: { data } }]] };
}
