import { Container } from '@n8n/di';
import { OutboundHttp } from '@n8n/backend-network';
import { useHost } from '../../src/platform';

// What n8n lends to nodes for HTTP, for suites that call the client without a node in between.
const requests = () => Container.get(OutboundHttp).requests();
useHost({ httpRequest: async (options: never): Promise<unknown> => await requests().request(options) });
