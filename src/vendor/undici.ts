export { Agent, buildConnector, EnvHttpProxyAgent, request, WebSocket, type Dispatcher } from 'undici';
