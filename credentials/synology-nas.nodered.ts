import { registerConnection } from '../src/nodered/connection';

export = registerConnection;
