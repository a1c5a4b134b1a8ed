import type { NodeKind } from '../services';

const SUFFIX: Record<NodeKind, string> = { action: '', trigger: '-trigger', push: '-bot-trigger' };

/** Type of a service's node in Node-RED: `synology-chat`, `synology-chat-trigger`, `synology-chat-bot-trigger`. */
export const typeOf = ({ id }: { id: string }, kind: NodeKind): string => `synology-${id}${SUFFIX[kind]}`;
