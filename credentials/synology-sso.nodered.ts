import { registerApplication } from '../src/nodered/application';

export = registerApplication;
