export { Agent, buildConnector, EnvHttpProxyAgent, request, type Dispatcher } from 'undici';
